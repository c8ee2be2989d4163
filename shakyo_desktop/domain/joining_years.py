"""Two computers wrote in one district's year: joined field by field, nothing lost.

A field that only one side changed since both were the same takes that side's value. Where both changed it,
what stands here stays, and the other value is handed back to be kept in the history. Records are matched
by id, item statuses also by plan and item; a record that only one side has is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from shakyo_desktop.domain.field_values import field_names, get_field
from shakyo_desktop.domain.records import ItemStatus, Record, YearRecords, blank_like

R = TypeVar("R", bound=Record)

# Where a record belongs and how it came is not something two people disagree about.
_NOT_JOINED = frozenset(
    {"id", "org", "fiscal_year", "plan_id", "item_number", "activity_id", "source", "keyed_by"}
    | {"deleted_at", "counted_totals", "unread", "carried_over", "sha256", "size", "width", "height"}
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record that stands here, and the value of the other side."""

    record: Record
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Joining:
    """What joining asks for: ``new`` records to add, ``taken`` values, and ``unused`` ones to remember.

    ``replaced`` are blank item statuses in whose place a new one with the other side's id comes.
    """

    new: tuple[Record, ...] = ()
    replaced: tuple[ItemStatus, ...] = ()
    taken: tuple[FieldChange, ...] = ()
    unused: tuple[FieldChange, ...] = ()


def join_years(
    here: YearRecords, other: YearRecords, base: YearRecords | None, gone: YearRecords | None = None
) -> Joining:
    """Say how ``other`` is joined into what stands ``here``.

    Args:
        base: what both sides were made from, None when nothing is known of it.
        gone: records in the ごみ箱 here; they stay there.
    """
    common = base or YearRecords(here.org, here.fiscal_year)
    joining = _Joiner()
    joining.statuses(here.item_statuses, other.item_statuses, common.item_statuses)
    thrown = gone or YearRecords(here.org, here.fiscal_year)
    joining.records(here.activities, other.activities, common.activities, thrown.activities)
    joining.records(here.photos, other.photos, common.photos, thrown.photos)
    joining.records(here.good_practices, other.good_practices, common.good_practices, thrown.good_practices)
    return joining.result()


def is_blank(status: ItemStatus) -> bool:
    """Whether nobody wrote anything about an item; what only came from last year counts as written."""
    return status == blank_like(status)


class _Joiner:
    def __init__(self) -> None:
        self._new: list[Record] = []
        self._replaced: list[ItemStatus] = []
        self._taken: list[FieldChange] = []
        self._unused: list[FieldChange] = []

    def result(self) -> Joining:
        return Joining(tuple(self._new), tuple(self._replaced), tuple(self._taken), tuple(self._unused))

    def statuses(
        self, here: Sequence[ItemStatus], other: Sequence[ItemStatus], base: Sequence[ItemStatus]
    ) -> None:
        mine, common = _by_item(here), _by_item(base)
        for theirs in other:
            key = (theirs.plan_id, theirs.item_number)
            ours = mine.get(key)
            if ours is None or (is_blank(ours) and ours.id != theirs.id):
                self._new.append(theirs)
                self._replaced += [ours] if ours is not None else []
            else:
                self._fields(ours, theirs, common.get(key) or blank_like(ours))

    def records(self, here: Sequence[R], other: Sequence[R], base: Sequence[R], gone: Sequence[R]) -> None:
        mine, common = {one.id: one for one in here}, {one.id: one for one in base}
        thrown = {one.id for one in gone}
        for theirs in other:
            ours = mine.get(theirs.id)
            if ours is not None:
                self._fields(ours, theirs, common.get(theirs.id) or ours)
            elif theirs.id not in thrown:
                self._new.append(theirs)

    def _fields(self, ours: Record, theirs: Record, base: Record) -> None:
        for name in field_names((ours, theirs), _NOT_JOINED):
            mine, value, before = (get_field(one, name) for one in (ours, theirs, base))
            if mine == value or value == before:
                continue
            unconfirmed = name in getattr(ours, "carried_over", ())
            free = mine == before or unconfirmed
            (self._taken if free else self._unused).append(FieldChange(ours, name, value))


def _by_item(statuses: Sequence[ItemStatus]) -> dict[tuple[str, int], ItemStatus]:
    return {(one.plan_id, one.item_number): one for one in statuses}
