"""The records of one year by reference and by item, deleted ones too."""

from collections.abc import Iterable, Iterator, Sequence

from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import (
    ACTIVITIES,
    Activity,
    GoodPractice,
    ItemStatus,
    Photo,
    Record,
    RecordRef,
    YearRecords,
)
from shakyo_desktop.domain.totals import sort_day

ItemKey = tuple[str, int]
"""A plan's id and the number of one of its items."""


class YearIndex:
    """Finds records without walking the year."""

    def __init__(self, records: YearRecords, plans: Sequence[Plan], deleted: Iterable[Record]) -> None:
        self.org = records.org
        self.fiscal_year = records.fiscal_year
        self.plans = tuple(plans)
        self._records: dict[RecordRef, Record] = {}
        self._activities: dict[ItemKey, dict[str, Activity]] = {}
        self._photos: dict[str, dict[str, Photo]] = {}
        self._statuses: dict[ItemKey, dict[str, ItemStatus]] = {}
        self._practices: dict[ItemKey, dict[str, GoodPractice]] = {}
        everything: tuple[Iterable[Record], ...] = (
            records.item_statuses,
            records.activities,
            records.photos,
            records.good_practices,
            deleted,
        )
        for record in (one for each in everything for one in each):
            self._index(record)

    def record(self, ref: RecordRef) -> Record | None:
        """Return a record, None when the year has none of this reference."""
        return self._records.get(ref)

    def plan(self, plan_id: str) -> Plan | None:
        """Return a plan of the year."""
        return next((plan for plan in self.plans if plan.id == plan_id), None)

    def item(self, key: ItemKey) -> Item | None:
        """Return an item of a plan of the year."""
        plan = self.plan(key[0])
        return plan.item(key[1]) if plan else None

    def status(self, key: ItemKey) -> ItemStatus | None:
        """Return the status of an item."""
        return next(iter(self._statuses.get(key, {}).values()), None)

    def activities(self, key: ItemKey | None = None) -> list[Activity]:
        """Return the activities of an item, or of the year, newest first and without deleted ones."""
        keys = [key] if key else list(self._activities)
        found = [one for at in keys for one in self._activities.get(at, {}).values()]
        return sorted((one for one in found if one.deleted_at is None), key=sort_day, reverse=True)

    def raw_activities(self, key: ItemKey) -> list[Activity]:
        """Return an item's activities in no order, deleted ones left out."""
        return [one for one in self._activities.get(key, {}).values() if one.deleted_at is None]

    def photos(self, activity_id: str) -> list[Photo]:
        """Return the photos of an activity in their order."""
        there = (one for one in self._photos.get(activity_id, {}).values() if one.deleted_at is None)
        return sorted(there, key=lambda one: (one.position, one.id))

    def photos_of_item(self, key: ItemKey) -> list[Photo]:
        """Return the photos of an item's activities, newest activity first."""
        return [photo for activity in self.activities(key) for photo in self.photos(activity.id)]

    def practices(self, key: ItemKey) -> list[GoodPractice]:
        """Return the good practices of an item, oldest first."""
        found = self._practices.get(key, {}).values()
        return sorted((one for one in found if one.deleted_at is None), key=lambda one: one.id)

    def deleted(self) -> list[Record]:
        """Return what lies in the ごみ箱, the newest first."""
        gone = [
            (one.deleted_at, one)
            for one in self._records.values()
            if not isinstance(one, ItemStatus) and one.deleted_at is not None
        ]
        return [one for _, one in sorted(gone, key=lambda pair: pair[0], reverse=True)]

    def item_key(self, record: Record) -> ItemKey | None:
        """Return the item a record belongs to; a photo belongs to its activity's."""
        if isinstance(record, Photo):
            activity = self._records.get(RecordRef(ACTIVITIES, record.activity_id))
            return self.item_key(activity) if activity is not None else None
        return (record.plan_id, record.item_number)

    def refs_of(self, key: ItemKey) -> Iterator[RecordRef]:
        """Yield the references of everything that belongs to an item, deleted records left out."""
        yield from (ref_of(status) for status in self._statuses.get(key, {}).values())
        for activity in self._activities.get(key, {}).values():
            if activity.deleted_at is None:
                yield ref_of(activity)
                yield from (ref_of(photo) for photo in self.photos(activity.id))
        yield from (ref_of(practice) for practice in self.practices(key))

    def records_of(self, key: ItemKey) -> YearRecords:
        """Return what belongs to one item, as a year that can be checked alone."""
        activities = self.raw_activities(key)
        return YearRecords(
            self.org,
            self.fiscal_year,
            tuple(self._statuses.get(key, {}).values()),
            tuple(activities),
            tuple(photo for activity in activities for photo in self.photos(activity.id)),
            tuple(self.practices(key)),
        )

    def _index(self, record: Record) -> None:
        ref = ref_of(record)
        before = self._records.get(ref)
        self._records[ref] = record
        if isinstance(record, Activity):
            if isinstance(before, Activity):
                self._activities.get((before.plan_id, before.item_number), {}).pop(record.id, None)
            self._activities.setdefault((record.plan_id, record.item_number), {})[record.id] = record
        elif isinstance(record, Photo):
            self._photos.setdefault(record.activity_id, {})[record.id] = record
        elif isinstance(record, GoodPractice):
            self._practices.setdefault((record.plan_id, record.item_number), {})[record.id] = record
        else:
            self._statuses.setdefault((record.plan_id, record.item_number), {})[record.id] = record
