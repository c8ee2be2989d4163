"""Two computers wrote in one district's year: joined field by field, nothing lost.

A field that only one side changed since both were the same takes that side's value. Where both changed it,
what stands here stays until a person decides, and the other value is handed back. Records are matched
by id, item statuses also by plan and item; a record that only one side ever had is kept.

A record that one side threw away is gone when the other side left it as it was. When the other side wrote
in it, it stays: taking it away again is a person's decision.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from shakyo_desktop.domain.field_values import field_names, get_field, table_of, with_field
from shakyo_desktop.domain.records import ItemStatus, Photo, Record, YearRecords, blank_like

R = TypeVar("R", bound=Record)

THROWN_AWAY = "deleted_at"
"""The field of a conflict about a whole record: one side threw away what the other one wrote in."""

# Where a record belongs and how it came is not something two people disagree about.
_NOT_JOINED = frozenset(
    {"id", "org", "fiscal_year", "plan_id", "item_number", "activity_id", "source", "keyed_by"}
    | {THROWN_AWAY, "counted_totals", "unread", "carried_over", "size", "width", "height"}
)


class Side(StrEnum):
    """Whose value: what stands here, or what comes from the other computer."""

    HERE = "here"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record that stands here, and what the other side says in it.

    ``unread`` is the other side's text that no program could read; ``theirs`` its whole record.
    """

    record: Record
    field: str
    value: Any
    unread: str = ""
    theirs: Record | None = None

    @property
    def key(self) -> str:
        """A name for this field of this record that stays the same as long as both are here."""
        return key_of(self.record, self.field)


@dataclass(frozen=True, slots=True)
class Contested:
    """A record that ``gone`` threw away and the other side wrote in; ``record`` as that side has it."""

    record: Record
    gone: Side

    @property
    def key(self) -> str:
        """As of a ``FieldChange``."""
        return key_of(self.record, THROWN_AWAY)


@dataclass(frozen=True, slots=True)
class Joining:
    """What joining asks for: ``new`` records to add, ``taken`` values, and ``unused`` ones to remember.

    ``replaced`` are blank item statuses in whose place a new one with the other side's id comes.
    ``removed`` are records here that the other side threw away while nobody here wrote in them.
    ``contested`` records stand in the joined year until a person says otherwise.
    """

    new: tuple[Record, ...] = ()
    replaced: tuple[ItemStatus, ...] = ()
    taken: tuple[FieldChange, ...] = ()
    unused: tuple[FieldChange, ...] = ()
    removed: tuple[Record, ...] = ()
    contested: tuple[Contested, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything a person has to decide about."""
        return (*(one.key for one in self.unused), *(one.key for one in self.contested))


def join_years(
    here: YearRecords,
    other: YearRecords,
    base: YearRecords | None,
    gone: YearRecords | None = None,
    *,
    untouched: bool = False,
) -> Joining:
    """Say how ``other`` is joined into what stands ``here``.

    Args:
        base: what both sides were made from, None when nothing is known of it.
        gone: records in the ごみ箱 here.
        untouched: without ``base`` nobody changed what stands here, so that the other side is newer.
    """
    common = base or YearRecords(here.org, here.fiscal_year)
    thrown = gone or YearRecords(here.org, here.fiscal_year)
    joining = _Joiner(untouched, _with_new_pictures(here, common), _with_new_pictures(other, common))
    joining.statuses(here.item_statuses, other.item_statuses, common.item_statuses)
    joining.records(here.activities, other.activities, common.activities, thrown.activities)
    joining.records(here.photos, other.photos, common.photos, thrown.photos)
    joining.records(here.good_practices, other.good_practices, common.good_practices, thrown.good_practices)
    return joining.result()


def is_blank(status: ItemStatus) -> bool:
    """Whether nobody wrote anything about an item; what only came from last year counts as written."""
    return status == blank_like(status)


def key_of(record: Record, field: str) -> str:
    """A stable name for one field of one record."""
    return f"{table_of(record)}/{record.id}/{field}"


def state_in(record: Record, name: str) -> tuple[Any, str]:
    """A field's value and the text in it that could not be read."""
    unread = {} if isinstance(record, Photo) else record.unread
    return get_field(record, name), unread.get(name, "")


def fields_that_differ(ours: Record, theirs: Record) -> list[str]:
    """The names of the fields that two people may disagree about, in the order of the form."""
    unread = [name for one in (ours, theirs) for name in getattr(one, "unread", {})]
    names = dict.fromkeys((*field_names((ours, theirs), _NOT_JOINED), *unread))
    return [name for name in names if state_in(ours, name) != state_in(theirs, name)]


class _Joiner:
    def __init__(self, untouched: bool, pictured: Collection[str], pictured_there: Collection[str]) -> None:
        self._untouched = untouched
        self._pictured = {Side.HERE: pictured, Side.OTHER: pictured_there}
        self._new: list[Record] = []
        self._replaced: list[ItemStatus] = []
        self._taken: list[FieldChange] = []
        self._unused: list[FieldChange] = []
        self._removed: list[Record] = []
        self._contested: list[Contested] = []

    def result(self) -> Joining:
        return Joining(
            tuple(self._new),
            tuple(self._replaced),
            tuple(self._taken),
            tuple(self._unused),
            tuple(self._removed),
            tuple(self._contested),
        )

    def statuses(
        self, here: Sequence[ItemStatus], other: Sequence[ItemStatus], base: Sequence[ItemStatus]
    ) -> None:
        mine, there, common = _by_item(here), _by_item(other), _by_item(base)
        for key in dict.fromkeys((*there, *common)):
            ours, theirs, before = mine.get(key), there.get(key), common.get(key)
            if before is not None:
                self._emptied_or_written(ours, theirs, before)
            elif ours is None or (is_blank(ours) and ours.id != there[key].id):
                self._new.append(there[key])
                self._replaced += [ours] if ours is not None else []
            else:
                self._fields(ours, there[key], blank_like(ours))

    def _emptied_or_written(
        self, ours: ItemStatus | None, theirs: ItemStatus | None, before: ItemStatus
    ) -> None:
        """An item that a report says nothing about any more was emptied on that side."""
        if ours is None and theirs is None:
            return
        here = ours or blank_like(before)
        found = len(self._taken) + len(self._unused)
        self._fields(here, theirs or blank_like(here), before)
        if ours is None and len(self._taken) + len(self._unused) > found:
            self._new.append(here)

    def records(self, here: Sequence[R], other: Sequence[R], base: Sequence[R], gone: Sequence[R]) -> None:
        mine, common = _by_id(here), _by_id(base)
        thrown, there = _by_id(gone), _by_id(other)
        for theirs in other:
            ours = mine.get(theirs.id)
            if ours is not None:
                self._fields(ours, theirs, common.get(theirs.id) or (ours if self._untouched else None))
            elif self._follows(theirs) or (theirs.id not in common and theirs.id not in thrown):
                self._new.append(theirs)
            elif self._wrote_in(theirs, common.get(theirs.id) or thrown[theirs.id], Side.OTHER):
                self._new.append(theirs)
                self._contested.append(Contested(theirs, Side.HERE))
        for ours in here:
            if ours.id in there or ours.id not in common or self._follows(ours):
                continue
            if self._wrote_in(ours, common[ours.id], Side.HERE):
                self._contested.append(Contested(ours, Side.OTHER))
            else:
                self._removed.append(ours)

    def _follows(self, record: Record) -> bool:
        """Pictures come and go with an activity that waits for a decision."""
        waiting = (one.record.id for one in self._contested)
        return isinstance(record, Photo) and record.activity_id in waiting

    def _wrote_in(self, record: Record, before: Record, side: Side) -> bool:
        return record.id in self._pictured[side] or bool(fields_that_differ(record, before))

    def _fields(self, ours: Record, theirs: Record, base: Record | None) -> None:
        for name in fields_that_differ(ours, theirs):
            before = state_in(base, name) if base else (get_field(with_field(ours, name, None), name), "")
            mine, (value, unread) = state_in(ours, name), state_in(theirs, name)
            if (value, unread) == before:
                continue
            unconfirmed = name in getattr(ours, "carried_over", ())
            free = mine == before or unconfirmed
            change = FieldChange(ours, name, value, unread, theirs)
            (self._taken if free else self._unused).append(change)


def _by_item(statuses: Sequence[ItemStatus]) -> dict[tuple[str, int], ItemStatus]:
    return {(one.plan_id, one.item_number): one for one in statuses}


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {one.id: one for one in records}


def _with_new_pictures(year: YearRecords, base: YearRecords) -> frozenset[str]:
    """Activities whose pictures one side added to or changed: it wrote in them.

    Pictures that a good practice of this side shows were written in too.
    """
    before = _by_id(base.photos)
    changed = (one for one in year.photos if before.get(one.id) != one)
    shown = (photo for one in year.good_practices for photo in one.photo_ids)
    activities = {one.id: one.activity_id for one in year.photos}
    wanted = frozenset(photo for photo in shown if photo in activities)
    return frozenset(one.activity_id for one in changed) | wanted | {activities[one] for one in wanted}
