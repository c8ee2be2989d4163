"""The texts that the ward's words about a node can draw from."""

from collections.abc import Iterator

from shakyo_desktop.domain.compilation import FindingScope, ItemRollUp, WardCompilation
from shakyo_desktop.domain.labels import item_name
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.ward.compilation.node_rows import Node
from shakyo_desktop.gui.ward.compilation.texts_list import Said

DISTRICTS_FIELD = {"outcome": "outcome", "challenge": "challenge", "approach": "next_plan"}
"""Which of a district's texts stands beside which of the ward's."""

_OFFICE = "区事務所"


def drawn_texts(compilation: WardCompilation, plan: Plan, node: Node, field: str) -> tuple[Said, ...]:
    """What there is for one of the ward's texts.

    For an item its districts' words; for a direction and the whole first what the ward wrote about their
    parts, then the districts' words about every item in them.
    """
    scope, number = FindingScope(node[0]), node[1]
    if scope is FindingScope.ITEM:
        items = [one for one in compilation.items if one.item_number == number]
        return tuple(_districts_words(compilation, items, field, plan, named=False))
    numbers = {item.number for item in plan.items if scope is FindingScope.WHOLE or item.direction == number}
    items = [one for one in compilation.items if one.item_number in numbers]
    own = _wards_words(compilation, plan, items, field, whole=scope is FindingScope.WHOLE)
    return (*own, *_districts_words(compilation, items, field, plan, named=True))


def _wards_words(
    compilation: WardCompilation, plan: Plan, items: list[ItemRollUp], field: str, *, whole: bool
) -> Iterator[Said]:
    for direction in plan.directions if whole else ():
        text = getattr(compilation.finding(FindingScope.DIRECTION, direction.number), field)
        if text:
            yield Said(f"施策{direction.number} {direction.name}", text)
    for item in items:
        text = getattr(compilation.finding(FindingScope.ITEM, item.item_number), field)
        if text:
            yield Said(item_name(item.item_number, plan), text)


def _districts_words(
    compilation: WardCompilation, items: list[ItemRollUp], field: str, plan: Plan, *, named: bool
) -> Iterator[Said]:
    names = {one.org: one.name for one in compilation.sources}
    for item in items:
        about = f"（{item_name(item.item_number, plan)}）" if named else ""
        own = getattr(item.ward_status, DISTRICTS_FIELD[field], "")
        if own:
            yield Said(f"{_OFFICE}{about}", own)
        for line in item.districts:
            text = getattr(line, DISTRICTS_FIELD[field])
            if text:
                yield Said(f"{names.get(line.org, line.org)}{about}", text)
