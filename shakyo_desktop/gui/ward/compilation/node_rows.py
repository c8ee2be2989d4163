"""The tree of a compilation as rows: the whole, every direction with its items, council, versions, city."""

from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.compilation import FindingScope, ItemRollUp, WardCompilation
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.gui.shared.row_list import Column, Row
from shakyo_desktop.gui.ward.compilation.shown import Shown

Node = tuple[str, int]
"""A kind and a number: the scopes of findings, ``COUNCIL``, ``VERSIONS`` and ``CITY``."""

WHOLE: Node = (FindingScope.WHOLE.value, 0)
COUNCIL: Node = ("council", 0)
VERSIONS: Node = ("versions", 0)
CITY: Node = ("city", 0)
ROW_HEIGHT = 64
COLUMNS = (Column("", 44), Column("項目"), Column("報告", 96, "right"))
_WRITTEN = Mark("✓", "", "#115a36", "#e6f5ec")
_WARDS = Mark("区", "", "#1a1a1a", "#ffffff")


def item_node(number: int) -> Node:
    """The node of an item."""
    return FindingScope.ITEM.value, number


def node_rows(shown: Shown) -> list[Row]:
    """Every node in the order of the plan."""
    compilation, plan = shown.compilation, shown.plan
    rows = [_row(WHOLE, "全体", compilation, _coverage(compilation), strong=True)]
    for direction in plan.directions:
        node = (FindingScope.DIRECTION.value, direction.number)
        rows.append(_row(node, f"施策{direction.number} {direction.name}", compilation, "", strong=True))
        rows += [_item_row(item, compilation) for item in plan.items if item.direction == direction.number]
    verified = compilation is not None and compilation.council.approved
    rows.append(Row(COUNCIL, ("", "協議会の検証", "検証済" if verified else ""), tone="strong"))
    versions = f"{len(shown.versions)}" if shown.versions else ""
    rows.append(Row(VERSIONS, ("", "版の一覧", versions), tone="strong"))
    rows.append(Row(CITY, ("", "市へ送る", ""), tone="strong"))
    return rows


def node_title(node: Node, plan: Plan) -> str:
    """What a node is called at the top of its page."""
    kind, number = node
    if kind == FindingScope.ITEM.value:
        item = plan.item(number)
        return f"{number}　{item.name}" if item else str(number)
    if kind == FindingScope.DIRECTION.value:
        found = next((one for one in plan.directions if one.number == number), None)
        return f"施策{number}　{found.name}" if found else f"施策{number}"
    return {"council": "協議会の検証", "versions": "版の一覧", "city": "市へ送る"}.get(kind, "全体")


def rolled_item(compilation: WardCompilation | None, number: int) -> ItemRollUp | None:
    """The figures of an item, None when the version has none."""
    found = (one for one in compilation.items if one.item_number == number) if compilation else iter(())
    return next(found, None)


def _item_row(item: Item, compilation: WardCompilation | None) -> Row:
    rolled = rolled_item(compilation, item.number)
    coverage = ""
    if rolled is not None and compilation is not None and item.reporter is Reporter.DISTRICT:
        coverage = f"{sum(rolled.states.values())}/{len(compilation.sources)}"
    wards = item.reporter is Reporter.WARD_OFFICE
    return _row(item_node(item.number), f"{item.number} {item.name}", compilation, coverage, wards=wards)


def _row(
    node: Node,
    name: str,
    compilation: WardCompilation | None,
    coverage: str,
    *,
    strong: bool = False,
    wards: bool = False,
) -> Row:
    finding = compilation.finding(FindingScope(node[0]), node[1]) if compilation else None
    written = finding is not None and bool(finding.outcome or finding.challenge or finding.approach)
    mark: Mark | str = _WRITTEN if written else _WARDS if wards else ""
    words = [name, "区の文あり" if written else "", "区事務所の取組" if wards else ""]
    words.append(f"報告 {coverage}" if coverage else "")
    spoken = " ".join(word for word in words if word)
    return Row(node, (mark, name, coverage), tone="strong" if strong else "plain", spoken=spoken)


def _coverage(compilation: WardCompilation | None) -> str:
    return "{}/{}".format(*compilation.coverage()) if compilation else ""
