"""Where a district stands on its office's desk: one of seven words, told by facts alone."""

from shakyo_desktop.domain.codes import LabelledCode, ReportState


class DeskState(LabelledCode):
    """The ward's view of a district's year; ``ReportState`` is the life of one revision."""

    MISSING = "missing", "未着"
    HELD = "held", "登録待ち"
    RECEIVED = "received", "受取済"
    CHECKING = "checking", "確認中"
    REQUESTED = "requested", "確認お願い中"
    RESUBMITTED = "resubmitted", "再提出"
    ACCEPTED = "accepted", "確定"


def desk_state(state: ReportState | None, *, held: bool, begun: bool, asked_before: bool) -> DeskState:
    """Where a district stands.

    Args:
        state: of the revision that counts; None while none does.
        held: whether a file of this district waits for a person.
        begun: whether somebody has begun to read it: looked at an item, wrote a request, took the first step.
        asked_before: whether an earlier revision was sent back with requests.
    """
    if state is None:
        return DeskState.HELD if held else DeskState.MISSING
    if state is ReportState.ACCEPTED:
        return DeskState.ACCEPTED
    if state is ReportState.REQUESTED:
        return DeskState.REQUESTED
    if begun:
        return DeskState.CHECKING
    return DeskState.RESUBMITTED if asked_before else DeskState.RECEIVED
