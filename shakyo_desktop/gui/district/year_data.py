"""One year in memory: its records, and what follows from them for the record that changed.

No Qt and no services here. A change touches the record, the totals of its item and the problems of the
records that depend on it, never the whole year.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shakyo_desktop.domain.checks import Problem, is_entered
from shakyo_desktop.domain.codes import ImplementationState, Reporter
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Crosswalk, Item, Plan
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
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.domain.totals import count_totals, effective_totals, sort_day
from shakyo_desktop.services.last_year import same_item

ItemKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ItemState:
    """What the tree shows of an item."""

    state: ImplementationState | None
    problems: int
    requests: int
    expected: bool

    @property
    def missing(self) -> bool:
        """Whether the district still has to write it."""
        return self.state is None and self.expected


class YearData:
    """The records of a year by reference, deleted ones too."""

    def __init__(
        self,
        records: YearRecords,
        plans: Sequence[Plan],
        last_year: YearRecords,
        *,
        deleted: Iterable[Record] = (),
        requests: Iterable[CorrectionRequest] = (),
        crosswalk: Sequence[Crosswalk] = (),
        problems: Iterable[Problem] = (),
        locked: bool = False,
    ) -> None:
        """``deleted`` lies in the ごみ箱; ``problems`` are those of the whole year."""
        self.org = records.org
        self.fiscal_year = records.fiscal_year
        self.plans = tuple(plans)
        self.locked = locked
        self.requests = tuple(requests)
        self.last_year = last_year
        self._crosswalk = tuple(crosswalk)
        self._records: dict[RecordRef, Record] = {}
        self._activities: dict[ItemKey, dict[str, Activity]] = {}
        self._photos: dict[str, dict[str, Photo]] = {}
        self._counted: dict[ItemKey, dict[str, int]] = {}
        self._counted_before: dict[ItemKey, dict[str, int]] = {}
        self._statuses: dict[ItemKey, dict[str, ItemStatus]] = {}
        self._problems: dict[RecordRef, tuple[Problem, ...]] = {}
        everything: tuple[Iterable[Record], ...] = (
            records.item_statuses,
            records.activities,
            records.photos,
            records.good_practices,
            deleted,
        )
        for record in (one for each in everything for one in each):
            self._index(record)
        self._add_problems(problems)

    # Records.

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

    def photos(self, activity_id: str) -> list[Photo]:
        """Return the photos of an activity in their order."""
        there = (one for one in self._photos.get(activity_id, {}).values() if one.deleted_at is None)
        return sorted(there, key=lambda one: (one.position, one.id))

    def photos_of_item(self, key: ItemKey) -> list[Photo]:
        """Return the photos of an item's activities, newest activity first."""
        return [photo for activity in self.activities(key) for photo in self.photos(activity.id)]

    def practices(self, key: ItemKey) -> list[GoodPractice]:
        """Return the good practices of an item, oldest first."""
        found = [one for one in self._records.values() if isinstance(one, GoodPractice)]
        return sorted(
            (one for one in found if (one.plan_id, one.item_number) == key and one.deleted_at is None),
            key=lambda one: one.id,
        )

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

    def put(self, record: Record) -> set[ItemKey]:
        """Take a new or changed record in and return the items whose figures or problems it touches."""
        before = self._records.get(ref_of(record))
        touched = {key for one in (before, record) if one and (key := self.item_key(one))}
        self._index(record)
        for key in touched:
            self._counted.pop(key, None)
        return touched

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

    def set_problems(self, key: ItemKey, problems: Iterable[Problem]) -> None:
        """Replace the problems of everything that belongs to an item."""
        for ref in self.refs_of(key):
            self._problems.pop(ref, None)
        self._add_problems(one for one in problems if (one.plan_id, one.item_number) == key)

    # What follows from them.

    def counted(self, key: ItemKey) -> dict[str, int]:
        """Return an item's totals as the diary gives them."""
        item = self.item(key)
        if key not in self._counted and item is not None:
            self._counted[key] = count_totals(item, self._activities.get(key, {}).values())
        return self._counted.get(key, {})

    def status_before(self, key: ItemKey) -> ItemStatus | None:
        """Return last year's status of the same item."""
        status = self.status(key)
        return same_item(status, self.last_year.item_statuses, self._crosswalk) if status else None

    def totals_before(self, key: ItemKey) -> dict[str, int]:
        """Return last year's totals of the same item: as reported, else counted from its diary."""
        if key not in self._counted_before:
            self._counted_before[key] = dict(self._totals_before(key))
        return self._counted_before[key]

    def item_state(self, key: ItemKey) -> ItemState:
        """Return what the tree shows of an item."""
        status, item = self.status(key), self.item(key)
        refs = set(self.refs_of(key))
        return ItemState(
            status.state if status else None,
            sum(1 for ref in refs for problem in self.problems(ref) if problem.blocks),
            sum(1 for request in self.requests if request.ref in refs),
            bool(item and item.reporter is Reporter.DISTRICT),
        )

    def refs_of(self, key: ItemKey) -> Iterator[RecordRef]:
        """Yield the references of everything that belongs to an item, deleted records left out."""
        yield from (ref_of(status) for status in self._statuses.get(key, {}).values())
        for activity in self._activities.get(key, {}).values():
            if activity.deleted_at is None:
                yield ref_of(activity)
                yield from (ref_of(photo) for photo in self.photos(activity.id))
        yield from (ref_of(practice) for practice in self.practices(key))

    def entered(self, plan: Plan) -> int:
        """Return how many of the items a district reports, or any it wrote about, are filled in."""
        statuses = (self.status((plan.id, item.number)) for item in plan.items)
        return sum(1 for status in statuses if status is not None and is_entered(status))

    def problems(self, ref: RecordRef) -> tuple[Problem, ...]:
        """Return the problems of one record, answered ones too."""
        return self._problems.get(ref, ())

    def requests_of(self, ref: RecordRef) -> list[CorrectionRequest]:
        """Return what the office still asks about one record."""
        return [request for request in self.requests if request.ref == ref]

    def set_requests(self, requests: Iterable[CorrectionRequest], *, open_: bool) -> None:
        """Add questions to those that are open, or take them away."""
        ids = {request.id for request in requests}
        rest = tuple(request for request in self.requests if request.id not in ids)
        self.requests = (*rest, *requests) if open_ else rest

    def raw_activities(self, key: ItemKey) -> list[Activity]:
        """Return an item's activities in no order, deleted ones left out."""
        return [one for one in self._activities.get(key, {}).values() if one.deleted_at is None]

    def _totals_before(self, key: ItemKey) -> dict[str, int]:
        before, item = self.status_before(key), self.item(key)
        if item is None:
            return {}
        there = before or self.status(key)
        plan_id, number = (there.plan_id, there.item_number) if there else key
        diary = [
            one
            for one in self.last_year.activities
            if (one.plan_id, one.item_number) == (plan_id, number) and one.deleted_at is None
        ]
        frozen = dict(before.counted_totals) if before else {}
        return effective_totals(before, frozen or count_totals(item, diary))

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
        elif isinstance(record, ItemStatus):
            self._statuses.setdefault((record.plan_id, record.item_number), {})[record.id] = record

    def _add_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if problem.ref is not None:
                self._problems[problem.ref] = (*self._problems.get(problem.ref, ()), problem)
