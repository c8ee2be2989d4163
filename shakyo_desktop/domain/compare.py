"""What differs between two states of a district's year, field by field, in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shakyo_desktop.domain.dates import era_date, month_name
from shakyo_desktop.domain.field_values import field_names, get_field, ref_of, table_of
from shakyo_desktop.domain.labels import field_label, item_name, show_value
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import (
    Activity,
    GoodPractice,
    ItemStatus,
    Photo,
    Record,
    RecordRef,
    YearRecords,
    blank_like,
)

__all__ = ["FieldDifference", "differences", "field_label", "record_title", "show_value", "value_text"]

# What tells where a record came from, not what it says; totals counted follow from the diary.
_NOT_COMPARED = frozenset(
    {"id", "org", "fiscal_year", "source", "keyed_by", "deleted_at", "counted_totals", "unread"}
    | {"size", "width", "height"}
)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that differs. ``field`` is empty when the whole record is on one side only."""

    ref: RecordRef
    item_number: int | None
    field: str
    label: str
    old_text: str
    new_text: str


def differences(
    old: YearRecords | None, new: YearRecords, plans: Iterable[Plan] = ()
) -> list[FieldDifference]:
    """Every difference, item statuses first, in the order of the new records and then of those that are gone.

    Records are matched by id. Item statuses of two computers that know nothing of each other have
    different ids and are matched by plan and item. ``plans`` give the names of items.
    """
    before = old if old is not None else YearRecords(new.org, new.fiscal_year)
    by_id = {plan.id: plan for plan in plans}
    numbers = {one.id: one.item_number for one in (*before.activities, *new.activities)}
    found: list[FieldDifference] = []
    for was, now in _status_pairs(before.item_statuses, new.item_statuses):
        found += _compare(was, now, by_id, numbers)
    pairs: Sequence[tuple[Sequence[Record], Sequence[Record]]] = (
        (before.activities, new.activities),
        (before.photos, new.photos),
        (before.good_practices, new.good_practices),
    )
    for olds, news in pairs:
        for was_record, now_record in _pairs_by_id(olds, news):
            found += _compare(was_record, now_record, by_id, numbers)
    return found


def record_title(record: Record, plan: Plan | None = None) -> str:
    """One line that tells a person which record this is."""
    match record:
        case Activity():
            when = era_date(record.held_on) if record.held_on else ""
            when = when or (month_name(record.month) if record.month else "日付なし")
            parts = (when, item_name(record.item_number, plan), record.venue)
        case GoodPractice():
            parts = (item_name(record.item_number, plan), record.title, "")
        case ItemStatus():
            parts = (item_name(record.item_number, plan), "", "")
        case Photo():
            parts = (f"写真{record.position + 1}枚目", record.caption, "")
    return "　".join(part for part in parts if part)


def _status_pairs(
    olds: Sequence[ItemStatus], news: Sequence[ItemStatus]
) -> Iterator[tuple[ItemStatus, ItemStatus]]:
    """Both sides of every item; a side that has no record of an item is an empty one."""
    by_id = {one.id: one for one in olds}
    by_item = {(one.plan_id, one.item_number): one for one in olds}
    matched: set[str] = set()
    for now in news:
        was = by_id.get(now.id) or by_item.get((now.plan_id, now.item_number))
        if was is not None:
            matched.add(was.id)
        yield was or blank_like(now), now
    for was in olds:
        if was.id not in matched:
            yield was, blank_like(was)


def _pairs_by_id(
    olds: Sequence[Record], news: Sequence[Record]
) -> Iterator[tuple[Record | None, Record | None]]:
    old_by_id = {one.id: one for one in olds}
    for now in news:
        yield old_by_id.pop(now.id, None), now
    for was in old_by_id.values():
        yield was, None


def _compare(
    was: Record | None, now: Record | None, plans: Mapping[str, Plan], numbers: Mapping[str, int]
) -> Iterator[FieldDifference]:
    record = now if now is not None else was
    if record is None:
        return
    plan = None if isinstance(record, Photo) else plans.get(record.plan_id)
    number = numbers.get(record.activity_id) if isinstance(record, Photo) else record.item_number
    ref, table = ref_of(record), table_of(record)
    if was is None or now is None:
        titles = [record_title(side, plan) if side else "" for side in (was, now)]
        yield FieldDifference(ref, number, "", field_label(table, ""), titles[0], titles[1])
        return
    kind = record.kind if isinstance(record, Activity) else None
    for name in _names(was, now):
        if _state(was, name) != _state(now, name):
            label = field_label(table, name, kind, plan, number)
            texts = (value_text(was, name, plan), value_text(now, name, plan))
            yield FieldDifference(ref, number, name, label, *texts)


def _names(was: Record, now: Record) -> list[str]:
    """What may differ, with the fields of which only the text as typed is kept."""
    known = field_names((was, now), _NOT_COMPARED)
    return list(dict.fromkeys((*known, *_unread(was), *_unread(now))))


def _unread(record: Record) -> Mapping[str, str]:
    return {} if isinstance(record, Photo) else record.unread


def _state(record: Record, name: str) -> tuple[Any, str | None]:
    return get_field(record, name), _unread(record).get(name)


def value_text(record: Record, name: str, plan: Plan | None = None) -> str:
    """The value in words; what could not be read stands as it was typed."""
    typed = _unread(record).get(name)
    if typed is not None:
        return f"「{typed}」（要確認）"
    kind = record.kind if isinstance(record, Activity) else None
    number = None if isinstance(record, Photo) else record.item_number
    return show_value(table_of(record), name, get_field(record, name), plan, kind, number)
