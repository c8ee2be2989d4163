"""What items of other plans add to an item's totals: each reported figure for one item of each plan.

A district's report carries an item's totals, counted from its diary or typed by a person. Through the
crosswalk they also count for one item of every other plan (``crosswalk.counted_in``). Only what is a sum of
activities is added: places and persons of two items may be the same ones, a last or largest figure is none
that grows.
"""

from collections.abc import Iterable, Mapping, Sequence

from shakyo_desktop.domain.compilation import MappedTotals
from shakyo_desktop.domain.crosswalk import ItemKey, counted_in
from shakyo_desktop.domain.numbers import show_number
from shakyo_desktop.domain.plan import Crosswalk, Item, Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.domain.totals import effective_totals, total_specs

Statuses = Mapping[ItemKey, Mapping[str, ItemStatus]]
"""Item statuses by item and organisation."""

MAPPED_NOTE = "合計には、つながりのあるほかの計画の項目の分が入っています。"
_NOT_ADDED = frozenset({"places"})


def sources_of(plan: Plan, pairs: Iterable[Crosswalk]) -> dict[int, tuple[ItemKey, ...]]:
    """By item of the plan: the items of other plans that count for it, in the order of plan and number."""
    found: dict[int, list[ItemKey]] = {}
    for key, counted in sorted(counted_in(plan, pairs).items()):
        found.setdefault(counted.item_number, []).append(key)
    return {number: tuple(keys) for number, keys in found.items()}


def district_totals(item: Item, sources: Sequence[ItemKey], org: str, statuses: Statuses) -> dict[str, int]:
    """What one district's other items add to this one, by code; absent where none states it."""
    total: dict[str, int] = {}
    for key in sources:
        status = statuses.get(key, {}).get(org)
        if status is not None:
            total = added(total, _addable(item, status))
    return total


def mapped_sources(
    item: Item, sources: Sequence[ItemKey], orgs: Sequence[str], statuses: Statuses, plans: Mapping[str, Plan]
) -> tuple[MappedTotals, ...]:
    """What each source adds over these districts; a source that adds nothing is left out."""
    found = []
    for plan_id, number in sources:
        by_org = statuses.get((plan_id, number), {})
        stated = [_addable(item, by_org[org]) for org in orgs if org in by_org]
        stated = [one for one in stated if one]
        if not stated:
            continue
        total: dict[str, int] = {}
        for one in stated:
            total = added(total, one)
        plan = plans.get(plan_id)
        source = plan.item(number) if plan else None
        plan_name, item_name = plan.name if plan else plan_id, source.name if source else ""
        found.append(MappedTotals(plan_id, plan_name, number, item_name, total, len(stated)))
    return tuple(found)


def mapped_words(item: Item, source: MappedTotals) -> str:
    """「第7次地域福祉活動計画」6 見守り から 開催回数 12回・延べ参加 340人（2地区部会）."""
    figures = "・".join(
        f"{spec.label} {show_number(source.totals[spec.code])}{spec.unit}"
        for spec in total_specs(item)
        if spec.code in source.totals
    )
    name = f"{source.item_number} {source.item_name}".strip()
    return f"「{source.plan_name}」{name} から {figures}（{source.districts}地区部会）"


def added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """Two totals together; a figure that only one states stays as it is."""
    return {
        code: one.get(code, 0) + other.get(code, 0) for code in [*one, *(c for c in other if c not in one)]
    }


def _addable(item: Item, status: ItemStatus) -> dict[str, int]:
    codes = {spec.code for spec in total_specs(item) if spec.total == "sum"} - _NOT_ADDED
    totals = effective_totals(status, status.counted_totals)
    return {code: figure for code, figure in totals.items() if code in codes}
