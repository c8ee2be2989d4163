"""The list beside the editor: every part of a plan's draft in the order of the catalogue."""

from collections.abc import Collection, Iterator

from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.plan_edits import Place
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList

_COLUMNS = (Column("番号", 64, "right"), Column("計画の内容"), Column("", 44))
_HEAD: Place = ("plan", 0)


class PlanOutline(RowList):
    """Rows are places; an entry with something to put right is marked ⚠."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, "計画の内容")

    def show_plan(self, plan: Plan, wrong: Collection[Place]) -> None:
        """Show a draft; ``wrong`` are the places with something to put right."""
        rows = [_row(place, number, words, place in wrong) for place, number, words in _places(plan)]
        if [row.key for row in rows] != [row.key for row in self.rows()]:
            self.set_rows(rows)
            return
        for row in rows:  # what the keyboard is at stays where it is
            self.update_row(row)


def place_name(plan: Plan, place: Place) -> str:
    """How a place is called in a sentence."""
    return next(f"{number} {words.strip('　')}".strip() for at, number, words in _places(plan) if at == place)


def _row(place: Place, number: str, words: str, wrong: bool) -> Row:
    spoken = f"直すところがあります {number}" if wrong else ""
    return Row(place, (number, words, "⚠" if wrong else ""), "problem" if wrong else "plain", spoken=spoken)


def _places(plan: Plan) -> Iterator[tuple[Place, str, str]]:
    """Goals with their directions with their items; what belongs nowhere comes last."""
    yield _HEAD, "", plan.name or "計画の名前と年度"
    shown: set[Place] = set()
    for place, words in _catalogue(plan):
        if place not in shown:
            shown.add(place)
            entry = getattr(plan, place[0])[place[1]]
            yield place, str(entry.number or "？"), words
    for at, level in enumerate(plan.rating_scale):
        yield ("rating_scale", at), "", f"評価の段階　{level.symbol} {level.words}"


def _catalogue(plan: Plan) -> Iterator[tuple[Place, str]]:
    for goal_at, goal in enumerate(plan.goals):
        yield ("goals", goal_at), f"目標　{goal.name}"
        for at, direction in enumerate(plan.directions):
            if direction.goal == goal.number:
                yield ("directions", at), f"　方向性　{direction.name}"
                yield from _items(plan, direction.number)
    for at, direction in enumerate(plan.directions):
        yield ("directions", at), f"　方向性　{direction.name}"
        yield from _items(plan, direction.number)
    for at, item in enumerate(plan.items):
        yield ("items", at), f"　　{item.name}"


def _items(plan: Plan, direction: int) -> Iterator[tuple[Place, str]]:
    for at, item in enumerate(plan.items):
        if item.direction == direction:
            yield ("items", at), f"　　{item.name}"
