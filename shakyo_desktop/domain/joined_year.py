"""The year that two joined ones make, with what a person decided about each conflict."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from shakyo_desktop.domain.field_values import ref_of, with_field
from shakyo_desktop.domain.joining_years import Contested, FieldChange, Joining, Side
from shakyo_desktop.domain.records import (
    Activity,
    GoodPractice,
    ItemStatus,
    Photo,
    Record,
    RecordRef,
    YearRecords,
)

R = TypeVar("R", bound=Record)


def joined_year(here: YearRecords, joining: Joining, choices: Mapping[str, Side]) -> YearRecords:
    """The joined records, by id; the two years that were joined stay as they are.

    Args:
        joining: as ``join_years`` gave it for ``here``.
        choices: by the key of a conflict. Without one a field keeps what stands here, and a record that
            one side threw away stays.
    """
    every: tuple[Record, ...] = (*here.item_statuses, *here.activities, *here.photos, *here.good_practices)
    records: dict[RecordRef, Record] = {ref_of(one): one for one in every}
    for record in (*joining.replaced, *joining.removed):
        records.pop(ref_of(record), None)
    records.update((ref_of(one), one) for one in joining.new)
    chosen = (one for one in joining.unused if choices.get(one.key) is Side.OTHER)
    for change in (*joining.taken, *chosen):
        records[ref_of(change.record)] = with_change(records[ref_of(change.record)], change)
    for contested in joining.contested:
        if is_thrown_away(contested, choices):
            records.pop(ref_of(contested.record), None)
    return _year(here, records.values())


def is_thrown_away(contested: Contested, choices: Mapping[str, Side]) -> bool:
    """Whether a person agreed that the record goes."""
    return choices.get(contested.key) is contested.gone


def with_change(record: R, change: FieldChange) -> R:
    """A record with the other side's value in one field, marked 前年度から as it is there."""
    changed = with_field(record, change.field, change.value, unread=change.unread)
    if isinstance(changed, Photo) and isinstance(change.theirs, Photo) and change.field == "sha256":
        new = change.theirs
        return replace(changed, size=new.size, width=new.width, height=new.height)
    if not isinstance(changed, ItemStatus):
        return changed
    theirs = change.theirs.carried_over if isinstance(change.theirs, ItemStatus) else ()
    others = {name for name in changed.carried_over if name != change.field}
    carried = others | ({change.field} if change.field in theirs else set())
    return replace(changed, carried_over=tuple(sorted(carried)))


def _year(here: YearRecords, records: Iterable[Record]) -> YearRecords:
    """Pictures stand with their activity; one that went takes them along."""
    kept = sorted(records, key=lambda one: one.id)
    activities = tuple(one for one in kept if isinstance(one, Activity))
    there = {one.id for one in activities}
    return YearRecords(
        here.org,
        here.fiscal_year,
        item_statuses=tuple(one for one in kept if isinstance(one, ItemStatus)),
        activities=activities,
        photos=tuple(one for one in kept if isinstance(one, Photo) and one.activity_id in there),
        good_practices=tuple(one for one in kept if isinstance(one, GoodPractice)),
    )
