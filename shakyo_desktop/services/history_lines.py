"""The history of a record in words: who wrote what, when, and where it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.domain.field_values import from_json
from shakyo_desktop.domain.labels import field_label, show_value
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import PHOTOS, Activity, Change, Photo, Record
from shakyo_desktop.services.field_states import CREATED, PICTURE, unread_in, value_in

_MADE = "記録を作成"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change for a person to read. ``undone`` was taken back later; a blank field has a blank text."""

    id: int
    at: datetime
    who: str
    field: str
    label: str
    old_text: str
    new_text: str
    source: str
    undone: bool


def history_lines(
    record: Record, changes: Iterable[Change], plan: Plan | None = None
) -> tuple[HistoryLine, ...]:
    """Return the changes in words, newest first."""
    rows = list(changes)
    undone = {row.undoes for row in rows}
    return tuple(_line(record, row, plan, row.id in undone) for row in reversed(rows))


def _line(record: Record, row: Change, plan: Plan | None, undone: bool) -> HistoryLine:
    kind = record.kind if isinstance(record, Activity) else None
    number = None if isinstance(record, Photo) else record.item_number
    label = field_label(row.ref.table, row.field, kind, plan, number) if row.field else _MADE
    old, new = (_text(record, row, state, plan) for state in (row.old, row.new))
    return HistoryLine(row.id, row.at, row.who, row.field, label, old, new, row.source.label, undone)


def _text(record: Record, row: Change, state: object, plan: Plan | None) -> str:
    """Return a state in words; what could not be read stands as it was typed."""
    if row.field == CREATED or (row.ref.table, row.field) == (PHOTOS, PICTURE):
        return ""
    if unread := unread_in(state):
        return f"「{unread}」（要確認）"
    value = from_json(row.ref.table, row.field, value_in(state))
    kind = record.kind if isinstance(record, Activity) else None
    number = None if isinstance(record, Photo) else record.item_number
    return show_value(row.ref.table, row.field, value, plan, kind, number)
