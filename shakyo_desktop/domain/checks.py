"""All rules over a district's year: what blocks handing in and what asks for a reason."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from shakyo_desktop.domain.activity_checks import MAX_PHOTOS, check_activity
from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.completeness import Progress, check_missing, is_entered, missing_items, progress
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.kind_checks import carried_requests, same_count_runs
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.practice_checks import check_photo, check_practice
from shakyo_desktop.domain.problems import Findings, Level, Problem, reason_key
from shakyo_desktop.domain.records import (
    Activity,
    ItemStatus,
    Photo,
    Record,
    YearRecords,
)
from shakyo_desktop.domain.status_checks import check_status
from shakyo_desktop.domain.totals import by_item, count_totals, effective_totals

__all__ = [
    "MAX_PHOTOS",
    "Level",
    "Problem",
    "Progress",
    "check_activity",
    "check_photo",
    "check_practice",
    "check_status",
    "check_year",
    "is_entered",
    "missing_items",
    "progress",
    "reason_key",
    "to_settle",
]


def to_settle(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that keep the year from being handed in: hard ones, and soft ones without a reason."""
    return [problem for problem in problems if problem.blocks]


def check_year(
    records: YearRecords,
    plans: Sequence[Plan],
    stage: Stage,
    last_year: YearRecords | None,
    today: date,
) -> list[Problem]:
    """Every problem of a district's year, in the order of plans and items, records inside an item in theirs.

    Args:
        records: what would be handed in; deleted records are left out by the caller and ignored here.
        plans: the catalogues of this fiscal year.
        last_year: the district's records of the year before, None when there are none.
    """
    by_id = {plan.id: plan for plan in plans}
    problems = [
        *_doubles(records),
        *_check_statuses(records, by_id, stage, last_year),
        *_check_activities(records, by_id, today),
        *_check_practices(records, by_id),
        *_check_photos(records),
    ]
    if stage is Stage.FINAL:
        problems += [problem for plan in plans for problem in check_missing(records, plan)]
    order = {plan.id: index for index, plan in enumerate(plans)}
    return sorted(problems, key=lambda one: (order.get(one.plan_id or "", len(order)), one.item_number or 0))


def _item(plans: dict[str, Plan], plan_id: str, number: int) -> Item | None:
    plan = plans.get(plan_id)
    return plan.item(number) if plan else None


def _live(records: YearRecords) -> list[Activity]:
    return [one for one in records.activities if one.deleted_at is None]


def _check_statuses(
    records: YearRecords, plans: dict[str, Plan], stage: Stage, last_year: YearRecords | None
) -> Iterator[Problem]:
    activities = by_item(_live(records))
    last_activities = by_item(_live(last_year)) if last_year else {}
    for status in records.item_statuses:
        item = _item(plans, status.plan_id, status.item_number)
        key = (status.plan_id, status.item_number)
        counted = count_totals(item, activities.get(key, ())) if item else {}
        before = (
            _totals_of(last_year, status, item, last_activities.get(key, ())) if last_year and item else None
        )
        yield from check_status(status, item, counted, before, stage)


def _totals_of(
    last_year: YearRecords, status: ItemStatus, item: Item, activities: Sequence[Activity]
) -> dict[str, int] | None:
    """Last year's totals of the same item; what was frozen in its report counts before a new count."""
    key = (status.plan_id, status.item_number)
    before = next((one for one in last_year.item_statuses if (one.plan_id, one.item_number) == key), None)
    if before is None and not activities:
        return None
    frozen = dict(before.counted_totals) if before else {}
    return effective_totals(before, frozen or count_totals(item, activities))


def _check_activities(records: YearRecords, plans: dict[str, Plan], today: date) -> Iterator[Problem]:
    live = _live(records)
    carried = carried_requests(live)
    photos: dict[str, list[Photo]] = {}
    for photo in records.photos:
        photos.setdefault(photo.activity_id, []).append(photo)
    repeated = {one.id for one in same_count_runs(live)}
    for one in live:
        plan = plans.get(one.plan_id)
        yield from check_activity(
            one,
            plan.item(one.item_number) if plan else None,
            records.fiscal_year,
            today,
            photos.get(one.id, ()),
            carried=carried.get(one.id, 0),
            plan=plan,
        )
        if one.id in repeated:
            findings = Findings(one, one.item_number, one.plan_id)
            message = f"延べ参加者が3回続けて{one.participants}人です。数えた人数か確かめてください。"
            findings.soft("participants", "activity.gathering.same_count", message)
            yield from findings.problems


def _check_practices(records: YearRecords, plans: dict[str, Plan]) -> Iterator[Problem]:
    for one in records.good_practices:
        if one.deleted_at is None:
            yield from check_practice(one, _item(plans, one.plan_id, one.item_number))


def _check_photos(records: YearRecords) -> Iterator[Problem]:
    activities = {one.id: one for one in records.activities}
    for photo in records.photos:
        if photo.deleted_at is None:
            yield from check_photo(photo, activities.get(photo.activity_id))


def _doubles(records: YearRecords) -> Iterator[Problem]:
    """Hard: an id used twice, or two statuses of one item (two computers' work not yet joined)."""
    everything: list[Record] = [*records.item_statuses, *records.activities]
    everything += [*records.photos, *records.good_practices]
    ids = Counter(one.id for one in everything)
    for one in everything:
        if ids[one.id] > 1:
            message = "同じ記録が2つ入っています。1つを消してください。"
            number, plan_id = (None, None) if isinstance(one, Photo) else (one.item_number, one.plan_id)
            yield Problem(ref_of(one), "", "record.id.duplicate", Level.HARD, message, number, plan_id)
    items = Counter((one.plan_id, one.item_number) for one in records.item_statuses)
    for status in records.item_statuses:
        if items[status.plan_id, status.item_number] > 1:
            message = "同じ取組項目の取組状況が2つあります。1つにまとめてください。"
            yield Problem(
                ref_of(status),
                "",
                "item_status.duplicate",
                Level.HARD,
                message,
                status.item_number,
                status.plan_id,
            )
