"""Which state of a report may follow which.

draft → confirmed by the 部会長 → exported → received → requested (確認のお願い) or accepted. Accepted means
locked: going on from there, as from any handed-in state, is a new draft and later a new revision.
"""

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.errors import NotReady

_NEXT: dict[ReportState, frozenset[ReportState]] = {
    ReportState.DRAFT: frozenset({ReportState.CONFIRMED}),
    ReportState.CONFIRMED: frozenset({ReportState.DRAFT, ReportState.EXPORTED}),
    # An answer tells a district at once that its report was received and what became of it.
    ReportState.EXPORTED: frozenset(
        {ReportState.DRAFT, ReportState.RECEIVED, ReportState.REQUESTED, ReportState.ACCEPTED}
    ),
    ReportState.RECEIVED: frozenset(
        {ReportState.DRAFT, ReportState.REQUESTED, ReportState.ACCEPTED, ReportState.WITHDRAWN}
    ),
    ReportState.REQUESTED: frozenset({ReportState.DRAFT, ReportState.ACCEPTED, ReportState.WITHDRAWN}),
    ReportState.ACCEPTED: frozenset({ReportState.DRAFT}),
    # The same file, handed in again, re-applies what was withdrawn.
    ReportState.WITHDRAWN: frozenset({ReportState.RECEIVED}),
}

_MISSING_STEP: dict[ReportState, str] = {
    ReportState.CONFIRMED: "部会長の確認は、作成中の報告に対して行います。",
    ReportState.EXPORTED: "提出ファイルを作る前に、部会長の確認をしてください。",
    ReportState.RECEIVED: "受け取れるのは、提出ファイルを作った報告だけです。",
    ReportState.REQUESTED: "確認のお願いは、受け取った報告に対して作ります。",
    ReportState.ACCEPTED: "確定できるのは、受け取った報告だけです。",
    ReportState.WITHDRAWN: "取り下げられるのは、受け取ってまだ確定していない報告だけです。",
    ReportState.DRAFT: "この報告は取り下げられています。直して出すには、地区で新しい版を作ってください。",
}


def is_locked(state: ReportState) -> bool:
    """Whether a handed-in report must not change any more; only a new revision goes on from it."""
    return state is ReportState.ACCEPTED


def move(state: ReportState, wanted: ReportState) -> ReportState:
    """The wanted state when it may follow; the same state again is no step and allowed.

    Raises:
        NotReady: a step is missing before it (``life_cycle.accepted`` and so on), with what to do first.
    """
    if wanted is state or wanted in _NEXT[state]:
        return wanted
    if is_locked(state):
        message = (
            "この報告は確定しています。\n内容はそのまま残っています。\n直すときは、新しい版を作ってください。"
        )
        raise NotReady(message, code="life_cycle.locked")
    message = f"{_MISSING_STEP[wanted]}（今は「{state.label}」です。内容は変わっていません。）"
    raise NotReady(message, code=f"life_cycle.{wanted}")
