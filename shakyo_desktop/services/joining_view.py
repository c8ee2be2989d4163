"""A joining of two reports in words, and its decisions as rows of the history."""

from collections.abc import Mapping

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.field_values import ref_of, to_json
from shakyo_desktop.domain.joining_years import THROWN_AWAY, Joining, Side
from shakyo_desktop.domain.records import Activity, Record
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.field_states import state_of
from shakyo_desktop.services.join_lines import (
    JoinSide,
    JoinView,
    Pair,
    Recorder,
    conflict_lines,
    item_numbers,
)
from shakyo_desktop.services.journal import Journal
from shakyo_desktop.storage.stores import Stores


def joining_view(
    stores: Stores, counting: Submission, other: Submission, pair: Pair, choices: Mapping[str, Side]
) -> JoinView:
    """Two versions of a report side by side."""
    plans = stores.plans.for_year(counting.fiscal_year)
    org = stores.organisations.get(counting.org)
    by = {Side.HERE: _recorder(counting), Side.OTHER: _recorder(other)}
    return JoinView(
        title=org.name,
        fiscal_year=counting.fiscal_year,
        here=JoinSide("先に受け取った版", _facts(counting)),
        other=JoinSide("あとから届いた版", _facts(other)),
        lines=conflict_lines(pair.joining, plans, choices, by, item_numbers(pair.here, pair.other)),
        brought=pair.brought(plans),
        kept=pair.kept(plans),
    )


def _facts(submission: Submission) -> str:
    stage = submission.stage.label
    received = f"　{era_timestamp(submission.received_at)} に届いた" if submission.received_at else ""
    return f"第{submission.revision}版（{stage}）　{_made(submission)}\n{submission.file_name}{received}"


def _made(submission: Submission) -> str:
    return f"{era_timestamp(submission.frozen_at)} に作成"


def _recorder(submission: Submission) -> Recorder:
    """A report says when it was made, and of activities who wrote them."""
    made = _made(submission)

    def recorder(record: Record, _field: str) -> str:
        keyed_by = record.keyed_by if isinstance(record, Activity) else ""
        return f"{made}　入力 {keyed_by}" if keyed_by else made

    return recorder


def note_choices(journal: Journal, joining: Joining, choices: Mapping[str, Side]) -> None:
    """One row of history for each decision: the losing value as the old one, the chosen as the new one."""
    for change in joining.unused:
        theirs = change.theirs or change.record
        here, there = (state_of(one, change.field) for one in (change.record, theirs))
        states = {Side.HERE: here, Side.OTHER: there}
        if change.key in choices:
            chosen = choices[change.key]
            lost = Side.OTHER if chosen is Side.HERE else Side.HERE
            journal.note_choice(ref_of(change.record), change.field, states[lost], states[chosen])
    for one in joining.contested:
        if one.key in choices:
            at = to_json(journal.now)
            old, new = (None, at) if choices[one.key] is one.gone else (at, None)
            journal.note_choice(ref_of(one.record), THROWN_AWAY, old, new)
