"""How far a district has filled in a plan. 未報告 is the system's word for an item without an 実施状況."""

from collections.abc import Iterator
from typing import NamedTuple

from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.problems import Level, Problem, reason_key
from shakyo_desktop.domain.records import ItemStatus, YearRecords


class Progress(NamedTuple):
    """How far a plan is filled in: items with a state, items the district reports, items of the plan."""

    entered: int
    expected: int
    total: int


def is_entered(status: ItemStatus) -> bool:
    """Whether the item counts as filled in: its 実施状況 is chosen."""
    return status.state is not None


def progress(records: YearRecords, plan: Plan) -> Progress:
    """Count one plan. A district may record any item; items of the ward office are not expected of it."""
    known = {item.number for item in plan.items}
    entered = {one.item_number for one in records.item_statuses if one.plan_id == plan.id and is_entered(one)}
    expected = sum(1 for item in plan.items if item.reporter is Reporter.DISTRICT)
    return Progress(len(entered & known), expected, len(plan.items))


def missing_items(records: YearRecords, plan: Plan) -> tuple[Item, ...]:
    """The items that are 未報告: the district reports them and chose no 実施状況 yet."""
    entered = {one.item_number for one in records.item_statuses if one.plan_id == plan.id and is_entered(one)}
    return tuple(
        item for item in plan.items if item.reporter is Reporter.DISTRICT and item.number not in entered
    )


def check_missing(records: YearRecords, plan: Plan) -> Iterator[Problem]:
    """Soft: 未報告 items at the year's end; a district may hand in without them when it says why."""
    code, field = "item_status.state.missing", "state"
    statuses = {one.item_number: one for one in records.item_statuses if one.plan_id == plan.id}
    for item in missing_items(records, plan):
        status = statuses.get(item.number)
        yield Problem(
            ref_of(status) if status else None,
            field,
            code,
            Level.SOFT,
            "まだ入力していません。実施状況を選ぶか、入力しない理由を書いてください。",
            item.number,
            plan.id,
            status.reasons.get(reason_key(field, code), "") if status else "",
        )
