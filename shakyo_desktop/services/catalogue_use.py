"""Saving a plan as a new version: what uses an item keeps it in the catalogue."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.storage.stores import Stores

RECORDS = "地区部会の記録"
PAIRS = "計画の対応"


def free_plan_id(plans: Iterable[Plan]) -> str:
    """A mark for a new plan of the ward that no plan has yet."""
    taken = {plan.id for plan in plans}
    return next(mark for number in range(1, len(taken) + 2) if (mark := f"ku-plan-{number}") not in taken)


def save_version(stores: Stores, plan: Plan, at: datetime) -> int:
    """Save a plan as its next version and return the version's number.

    Raises:
        NotReady: something uses an item the plan no longer has.
    """
    old = next((known for known in stores.plans.all() if known.id == plan.id), None)
    removed = [item.number for item in old.items if plan.item(item.number) is None] if old else []
    if old is not None and removed:
        _refuse_losing_items(stores, old, removed)
    return stores.plans.save(plan, at, str(stores.settings.get("person_name", "")))


def items_in_use(stores: Stores, plan: Plan) -> Mapping[int, tuple[str, ...]]:
    """By item number: what uses it; two statements for any number of records."""
    years = range(plan.first_fiscal_year - 1, plan.last_fiscal_year + 2)
    recorded = stores.figures.items_with_records(years, plan.id)
    paired: set[int] = set()
    for pair in stores.plans.crosswalk():
        paired |= {pair.item_number} if pair.plan_id == plan.id else set()
        paired |= {pair.other_item_number} if pair.other_plan_id == plan.id else set()
    return {
        number: tuple(word for word, used in ((RECORDS, recorded), (PAIRS, paired)) if number in used)
        for number in recorded | paired
    }


def _refuse_losing_items(stores: Stores, plan: Plan, removed: Iterable[int]) -> None:
    """Records and pairs name their item by number, so that an item in use cannot leave the catalogue."""
    used = items_in_use(stores, plan)
    lines = [f"取組項目{number}（{'、'.join(used[number])}）" for number in removed if number in used]
    if lines:
        raise NotReady(
            f"使われている項目は、計画から消すことができません：{'、'.join(lines)}。\n"
            "まだ何も登録していません。番号をもとに戻すか、「計画の対応」でつながりを外してから、"
            "もう一度行ってください。"
        )
