"""One year in memory: its records, and what follows from them for the record that changed.

No Qt and no services here. A change touches the record, the totals of its item and the problems of the
records that depend on it, never the whole year.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shakyo_desktop.domain.checks import Problem, is_entered
from shakyo_desktop.domain.codes import ImplementationState, Reporter
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Crosswalk, Plan
from shakyo_desktop.domain.records import ItemStatus, Record, RecordRef, YearRecords
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.domain.totals import count_totals, effective_totals
from shakyo_desktop.gui.district.year_index import ItemKey, YearIndex
from shakyo_desktop.services.last_year import same_item

__all__ = ["ItemKey", "ItemState", "YearData"]


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


class YearData(YearIndex):
    """The records of a year with totals, problems and the office's questions."""

    def __init__(
        self,
        records: YearRecords,
        plans: Sequence[Plan],
        last_year: YearRecords,
        *,
        deleted: Iterable[Record] = (),
        requests: Iterable[CorrectionRequest] = (),
        before: Sequence[Crosswalk] = (),
        problems: Iterable[Problem] = (),
        locked: bool = False,
    ) -> None:
        """Lay a year out in memory.

        Args:
            deleted: what lies in the ごみ箱.
            before: pairs of items with those of an earlier plan.
            problems: those of the whole year.
        """
        super().__init__(records, plans, deleted)
        self.locked = locked
        self.requests = tuple(requests)
        self.last_year = last_year
        self._before = tuple(before)
        self._counted: dict[ItemKey, dict[str, int]] = {}
        self._counted_before: dict[ItemKey, dict[str, int]] = {}
        self._problems: dict[RecordRef, tuple[Problem, ...]] = {}
        self._item_states: dict[ItemKey, ItemState] = {}
        self._add_problems(problems)

    def put(self, record: Record) -> set[ItemKey]:
        """Take a new or changed record in and return the items whose figures or problems it touches."""
        before = self._records.get(ref_of(record))
        touched = {key for one in (before, record) if one and (key := self.item_key(one))}
        self._index(record)
        for key in touched:
            self._counted.pop(key, None)
            self._item_states.pop(key, None)
        return touched

    def set_problems(self, key: ItemKey, problems: Iterable[Problem]) -> None:
        """Replace the problems of everything that belongs to an item."""
        self._item_states.pop(key, None)
        for ref in self.refs_of(key):
            self._problems.pop(ref, None)
        self._add_problems(one for one in problems if (one.plan_id, one.item_number) == key)

    def counted(self, key: ItemKey) -> dict[str, int]:
        """Return an item's totals as the diary gives them."""
        item = self.item(key)
        if key not in self._counted and item is not None:
            self._counted[key] = count_totals(item, self._activities.get(key, {}).values())
        return self._counted.get(key, {})

    def status_before(self, key: ItemKey) -> ItemStatus | None:
        """Return last year's status of the same item."""
        status = self.status(key)
        return same_item(status, self.last_year.item_statuses, self._before) if status else None

    def totals_before(self, key: ItemKey) -> dict[str, int]:
        """Return last year's totals of the same item: as reported, else counted from its diary."""
        if key not in self._counted_before:
            self._counted_before[key] = dict(self._totals_before(key))
        return self._counted_before[key]

    def item_state(self, key: ItemKey) -> ItemState:
        """Return what the tree shows of an item."""
        if key not in self._item_states:
            self._item_states[key] = self._item_state(key)
        return self._item_states[key]

    def _item_state(self, key: ItemKey) -> ItemState:
        status, item = self.status(key), self.item(key)
        refs = set(self.refs_of(key))
        return ItemState(
            status.state if status else None,
            sum(1 for ref in refs for problem in self.problems(ref) if problem.blocks),
            sum(1 for request in self.requests if request.ref in refs),
            bool(item and item.reporter is Reporter.DISTRICT),
        )

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
        self._item_states = {}

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

    def _add_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if problem.ref is not None:
                self._problems[problem.ref] = (*self._problems.get(problem.ref, ()), problem)
