"""One year of one organisation as the screens show it, in a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ItemStatus, Record, YearRecords
from shakyo_desktop.services.desk import Desk
from shakyo_desktop.services.new_records import Beginning, blank_status


@dataclass(frozen=True, slots=True)
class YearView:
    """``deleted`` lies in the ごみ箱; ``locked`` years can be read and not changed."""

    records: YearRecords
    plans: tuple[Plan, ...]
    last_year: YearRecords
    deleted: tuple[Record, ...]
    locked: bool


def status_of(statuses: Iterable[ItemStatus], plan_id: str, item_number: int) -> ItemStatus | None:
    """Return the status of one item, None when it has none."""
    wanted = (plan_id, item_number)
    return next((one for one in statuses if (one.plan_id, one.item_number) == wanted), None)


def plans_of(desk: Desk, fiscal_year: int) -> tuple[Plan, ...]:
    """Return the plans that cover a fiscal year."""
    return desk.stores.plans.for_year(fiscal_year)


def view_year(desk: Desk, fiscal_year: int) -> YearView:
    """Return a year as it is stored; nothing is written."""
    records = desk.stores.records
    bin_ = records.deleted(desk.org, fiscal_year)
    return YearView(
        records=records.year(desk.org, fiscal_year),
        plans=plans_of(desk, fiscal_year),
        last_year=records.year(desk.org, fiscal_year - 1),
        deleted=(*bin_.activities, *bin_.photos, *bin_.good_practices),
        locked=desk.locking(fiscal_year) is not None,
    )


def lacks_statuses(view: YearView) -> bool:
    """Return whether an item of the year's plans has no status yet."""
    return bool(_without_status(view))


def missing_statuses(view: YearView, begin: Beginning) -> tuple[ItemStatus, ...]:
    """Return a blank status for every item of the year's plans that has none."""
    return tuple(blank_status(begin, plan, item) for plan, item in _without_status(view))


def _without_status(view: YearView) -> list[tuple[Plan, Item]]:
    there = {(status.plan_id, status.item_number) for status in view.records.item_statuses}
    return [(plan, item) for plan in view.plans for item in plan.items if (plan.id, item.number) not in there]


def with_statuses(view: YearView, added: tuple[ItemStatus, ...]) -> YearView:
    """Return the view with further item statuses, in the order of plan and item."""
    statuses = sorted((*view.records.item_statuses, *added), key=lambda one: (one.plan_id, one.item_number))
    return replace(view, records=replace(view.records, item_statuses=tuple(statuses)))
