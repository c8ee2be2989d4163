"""The catalogue of a plan: goals, directions and items in their order."""

from collections.abc import Iterator

from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList

_COLUMNS = (
    Column("番号", 68, "right"),
    Column("取組項目"),
    Column("しるし", 120),
    Column("活動の種類", 150),
    Column("書く人", 112),
)


class PlanTree(RowList):
    """Goals and directions are headings over their items."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, "計画の取組項目")

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's catalogue."""
        self.set_rows(list(_rows(plan)))
        self.scrollToTop()


def _rows(plan: Plan) -> Iterator[Row]:
    for goal in plan.goals:
        yield Row(("goal", goal.number), (f"基本目標{goal.number}　{goal.name}",), section=True)
        for direction in plan.directions:
            if direction.goal != goal.number:
                continue
            key = ("direction", direction.number)
            yield Row(key, (f"　施策の方向性{direction.number}　{direction.name}",), section=True)
            for item in plan.items:
                if item.direction == direction.number:
                    yield _item(item)


def _item(item: Item) -> Row:
    marks = " ".join(words for words, on in (("重点", item.priority), ("新規", item.new)) if on)
    reporter = "区事務所" if item.reporter is Reporter.WARD_OFFICE else "地区部会"
    return Row(item.number, (str(item.number), item.name, marks, item.kind.label, reporter))
