"""A report cut into what a reviewer reads: one page per item, one line per field. No widgets here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shakyo_desktop.domain.checks import Problem
from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.compare import FieldDifference
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus, Photo, YearRecords
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.domain.totals import sort_day
from shakyo_desktop.services.review import ReportView

ItemKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything about one item of one plan; ``before`` and ``last_year`` are None where there is none."""

    plan: Plan
    item: Item
    status: ItemStatus | None
    before: ItemStatus | None
    last_year: ItemStatus | None
    activities: tuple[Activity, ...]
    practices: tuple[GoodPractice, ...]
    problems: tuple[Problem, ...]
    differences: tuple[FieldDifference, ...]
    comments: tuple[CorrectionRequest, ...]

    @property
    def key(self) -> ItemKey:
        """Plan and number."""
        return self.plan.id, self.item.number

    @property
    def is_wards(self) -> bool:
        """Whether the ward office reports this item: the district's is never 未報告 then."""
        return self.item.reporter is Reporter.WARD_OFFICE and self.status is None


def item_pages(view: ReportView) -> list[ItemPage]:
    """One page per item, in the order of the plans; an item nobody wrote about has one too."""
    return [_page(view, plan, item) for plan in view.plans for item in plan.items]


def open_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Those that nobody answered yet come first, then the answered ones."""
    return sorted(problems, key=lambda one: (one.answered, one.item_number or 0))


def photos_of(view: ReportView, activity_id: str) -> list[Photo]:
    """The photos of one activity, in their order."""
    found = [photo for photo in view.records.photos if photo.activity_id == activity_id]
    return sorted(found, key=lambda photo: photo.position)


def activity_of(records: YearRecords | None, activity_id: str) -> Activity | None:
    """The same activity in another revision."""
    every = records.activities if records else ()
    return next((one for one in every if one.id == activity_id), None)


def practice_of(records: YearRecords | None, practice_id: str) -> GoodPractice | None:
    """The same good practice in another revision."""
    every = records.good_practices if records else ()
    return next((one for one in every if one.id == practice_id), None)


def _page(view: ReportView, plan: Plan, item: Item) -> ItemPage:
    activities = [
        one for one in view.records.activities if one.plan_id == plan.id and one.item_number == item.number
    ]
    practices = [
        one
        for one in view.records.good_practices
        if one.plan_id == plan.id and one.item_number == item.number
    ]
    status = _status(view.records, plan, item)
    ids = {one.id for one in activities} | {one.id for one in practices}
    ids |= {status.id} if status else set()
    photos = {photo.id for photo in view.records.photos if photo.activity_id in ids}
    differences = _differences(view.differences, item, ids | photos)
    return ItemPage(
        plan,
        item,
        status,
        _status(view.previous, plan, item),
        _status(view.last_year, plan, item),
        tuple(sorted(activities, key=sort_day)),
        tuple(practices),
        tuple(
            one for one in view.problems if one.item_number == item.number and one.plan_id in (plan.id, None)
        ),
        differences,
        tuple(one for one in view.comments if one.record_id in ids | photos),
    )


def _status(records: YearRecords | None, plan: Plan, item: Item) -> ItemStatus | None:
    every = records.item_statuses if records else ()
    return next((one for one in every if (one.plan_id, one.item_number) == (plan.id, item.number)), None)


def _differences(found: Sequence[FieldDifference], item: Item, ids: set[str]) -> tuple[FieldDifference, ...]:
    """Those of the item's records, and records that are gone (known by the item's number alone)."""
    return tuple(
        one
        for one in found
        if one.ref.id in ids or (not one.field and not one.new_text and one.item_number == item.number)
    )


def comments_at(
    comments: Iterable[CorrectionRequest],
) -> Mapping[tuple[str, str, str], list[CorrectionRequest]]:
    """Requests by table, record and field."""
    found: dict[tuple[str, str, str], list[CorrectionRequest]] = {}
    for one in comments:
        found.setdefault((one.table, one.record_id, one.field), []).append(one)
    return found
