"""From boxes to records: what was keyed of one activity, month or item goes into its record, with history."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from shakyo_desktop.domain.codes import Granularity, OutcomeState, Source
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.field_values import with_field
from shakyo_desktop.domain.forms.keyed import read_box
from shakyo_desktop.domain.forms.layout import ActivityRow, Box, MonthTally, StatusOf, Target
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, Activity, Record, RecordRef
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services.desk import Desk
from shakyo_desktop.services.field_states import DELETED, with_carried_over
from shakyo_desktop.services.new_records import blank_activity
from shakyo_desktop.services.typed_text import editable_spec, repaired

_CALLED_OFF = frozenset({OutcomeState.CANCELLED.value, OutcomeState.POSTPONED.value})
_COUNTS = ("sessions", "participants", "helpers")


def apply_boxes(
    desk: Desk,
    plan: Plan,
    fiscal_year: int,
    target: Target,
    keyed: Mapping[Box, str],
    record_id: str = "",
) -> str:
    """Write what was keyed of one record into it; return the record's id, "" while there is none.

    An activity comes into being when its item is keyed, a month's tally when one of its figures is. What
    cannot be read stays in the record as it was keyed.

    Raises:
        NotReady: the year is locked.
    """
    desk.expect_open(fiscal_year)
    match target:
        case ActivityRow():
            record = _activity(desk, plan, fiscal_year, keyed, record_id)
        case MonthTally():
            record = _tally(desk, plan, fiscal_year, target, keyed, record_id)
        case StatusOf(plan_id, number):
            record = _status(desk, fiscal_year, plan_id, number)
        case _:
            return ""
    if record is None:
        return ""
    for field, (value, unread) in _fields(plan, keyed, fiscal_year).items():
        record = _change(desk, record, field, value, unread)
    if isinstance(record, Activity) and isinstance(target, MonthTally) and _says_nothing(record):
        record = _change(desk, record, DELETED, desk.journal.now, "")
    return record.id


def throw_away(desk: Desk, record_id: str) -> None:
    """A row with a double line through it: its activity goes to the ごみ箱."""
    activity = desk.activity(record_id)
    desk.expect_open(activity.fiscal_year)
    if activity.deleted_at is None:
        _change(desk, activity, DELETED, desk.journal.now, "")


def take_back(desk: Desk, record_id: str) -> None:
    """A row that counts after all: its activity comes out of the ごみ箱."""
    desk.expect_open(desk.activity(record_id).fiscal_year)
    desk.journal.restore(desk.activity(record_id))


def _fields(plan: Plan, keyed: Mapping[Box, str], fiscal_year: int) -> dict[str, tuple[Any, str]]:
    """What each field of the record becomes. The words beside a called-off activity are its reason."""
    found: dict[str, tuple[Any, str]] = {}
    for box, text in keyed.items():
        found[box.field] = read_box(box, text, fiscal_year)
    number, _ = found.get("item_number", (None, ""))
    if number is not None and plan.item(number) is None:
        found["item_number"] = (None, str(number))
    by_row = "content" in found and "outcome_reason" not in found
    if by_row and found.get("outcome_state", (None, ""))[0] in _CALLED_OFF:
        words, _ = found.pop("content")
        found["outcome_reason"] = (repair_text(words or "", multiline=False), "")
        found["content"] = (None, "")
    elif by_row and "outcome_state" in found:
        found["outcome_reason"] = (None, "")
    return found


def _change(desk: Desk, record: Record, field: str, value: Any, unread: str) -> Record:
    if field != DELETED:
        value = repaired(editable_spec(_table(record), field), value)
    after = with_carried_over(with_field(record, field, value, unread=unread), field, False)
    if field == "item_number" and isinstance(record, Activity) and isinstance(after, Activity):
        after = _with_kind_of_item(desk, record, after)
    changed: Record = desk.journal.change(record, after, field, Source.PAPER)
    return changed


def _with_kind_of_item(desk: Desk, before: Activity, after: Activity) -> Activity:
    """Another item brings its kind along, unless a person chose another kind than the item's own."""
    if before.item_number == after.item_number:
        return after
    old, new = (desk.item(one.plan_id, one.item_number) for one in (before, after))
    return replace(after, kind=new.kind) if before.kind is old.kind else after


def _activity(
    desk: Desk, plan: Plan, fiscal_year: int, keyed: Mapping[Box, str], record_id: str
) -> Record | None:
    known = _in_use(desk, record_id)
    if known is not None:
        return known
    item = _item_of(plan, keyed, fiscal_year)
    if item is None:
        return None
    blank = blank_activity(desk.begin(fiscal_year, Source.PAPER), plan.id, item, None)
    made = replace(blank, granularity=Granularity.EVENT, month=None)
    desk.journal.create(made, Source.PAPER)
    return made


def _item_of(plan: Plan, keyed: Mapping[Box, str], fiscal_year: int) -> Item | None:
    for box, text in keyed.items():
        if box.field == "item_number":
            number, _ = read_box(box, text, fiscal_year)
            return plan.item(number) if number is not None else None
    return None


def _tally(
    desk: Desk, plan: Plan, fiscal_year: int, target: MonthTally, keyed: Mapping[Box, str], record_id: str
) -> Record | None:
    known = _in_use(desk, record_id)
    if known is not None:
        return known
    known = desk.stores.records.tally(desk.org, fiscal_year, target.plan_id, target.item_number, target.month)
    if known is not None or not any(text.strip() for text in keyed.values()):
        return known
    item = desk.item(target.plan_id, target.item_number)
    blank = blank_activity(desk.begin(fiscal_year, Source.PAPER), plan.id, item, None)
    made = replace(blank, granularity=Granularity.MONTHLY_TOTAL, held_on=None, month=target.month)
    desk.journal.create(made, Source.PAPER)
    return made


def _in_use(desk: Desk, record_id: str) -> Record | None:
    """The record of a row that is keyed again; what lay in the ごみ箱 comes back.

    None when there is none, or it went with a report that came and was taken back: it is made anew then.
    """
    if not record_id:
        return None
    try:
        record = desk.record(RecordRef(ACTIVITIES, record_id))
    except NotFound:
        return None
    return desk.journal.restore(record)


def _status(desk: Desk, fiscal_year: int, plan_id: str, number: int) -> Record | None:
    statuses = desk.stores.records.item_statuses(desk.org, fiscal_year)
    return next((one for one in statuses if (one.plan_id, one.item_number) == (plan_id, number)), None)


def _says_nothing(activity: Activity) -> bool:
    figures: Iterable[object] = (getattr(activity, name) for name in _COUNTS)
    return not (activity.measures or activity.unread or any(figure is not None for figure in figures))


def _table(record: Record) -> str:
    return ACTIVITIES if isinstance(record, Activity) else ITEM_STATUSES
