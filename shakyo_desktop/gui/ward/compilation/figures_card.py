"""The figures of a node: how many districts in which state, sums with their coverage, last year."""

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from shakyo_desktop.domain.codes import ImplementationState, SelfRating
from shakyo_desktop.domain.compilation import CoveredSum, ItemRollUp
from shakyo_desktop.domain.labels import rating_words
from shakyo_desktop.domain.mapped_totals import MAPPED_NOTE, mapped_words
from shakyo_desktop.domain.numbers import show_number
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import StateMark, plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.shared.theme import size

_COLUMNS = (
    Column("数"),
    Column("今年度（地区部会）", 232, "right"),
    Column("前年度（地区部会）", 232, "right"),
)
_BEFORE, _NEEDED = 2, 664


class FiguresCard(Card):
    """Shows one item, or several items together."""

    def __init__(self) -> None:
        super().__init__("地区部会の報告")
        self.states = _States()
        self.ratings = plain_label()
        self.before = plain_label("", "small")
        self.sums = RowList(_COLUMNS, "合計")
        self.sums.show_all_rows()
        self.lines = plain_label()
        self.lines.hide()
        self.mapped = plain_label("", "small")
        for widget in (self.states, self.ratings, self.before, self.sums, self.lines, self.mapped):
            self.add(widget)

    def show_figures(self, rolled: ItemRollUp, plan: Plan, *, unit: str) -> None:
        """Show figures; ``unit`` is what the distributions count (地区部会, or 項目 for several items)."""
        self.states.show_counts(rolled.states, rolled.unreported)
        self.ratings.setText(f"自己評価　{ratings_words(rolled.ratings, plan) or '－'}　（{unit}の数）")
        before = rolled.last_year
        self.before.setText(f"前年度　{_before_words(before, plan)}{_table_words(before)}" if before else "")
        self.before.setVisible(before is not None)
        earlier = {one.code: one for one in before.sums} if before else {}
        self.sums.set_rows([_sum_row(one, earlier.get(one.code)) for one in rolled.sums])
        self.lines.setText("\n".join(_sum_line(one, earlier.get(one.code)) for one in rolled.sums))
        self._show_mapped(rolled, plan)
        self.sums.setColumnHidden(_BEFORE, not rolled.item_number)  # of several items nothing is known

    def _show_mapped(self, rolled: ItemRollUp, plan: Plan) -> None:
        item = plan.item(rolled.item_number)
        found = [mapped_words(item, one) for one in rolled.mapped] if item else []
        self.mapped.setText("\n".join([MAPPED_NOTE, *found]))
        self.mapped.setVisible(bool(found))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the sums in lines where the table has no room."""
        super().resizeEvent(event)
        narrow = event.size().width() < size(_NEEDED)
        if narrow != self.sums.isHidden():
            self.sums.setVisible(not narrow)
            self.lines.setVisible(narrow)


class _States(FlowBox):
    """The states with their numbers; those that nobody is in are left out."""

    def __init__(self) -> None:
        super().__init__(gap=16, row_gap=8)
        self._parts: dict[str, tuple[QWidget, QLabel]] = {}
        for state in (*ImplementationState, None):
            holder, number = QWidget(), plain_label("", "strong", wrap=False)
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(StateMark(state))
            row.addWidget(number)
            self._parts[state.value if state else ""] = (holder, number)
            self.add(holder)

    def show_counts(self, states: Mapping[str, int], unreported: int) -> None:
        """Show how many are in each state."""
        for code, (holder, number) in self._parts.items():
            count = states.get(code, 0) if code else unreported
            number.setText(str(count))
            holder.setVisible(bool(count))


def ratings_words(ratings: Mapping[str, int], plan: Plan) -> str:
    """◎ 大きく進んだ 3　○ おおむね予定どおり 4."""
    found = ((rating_words(code.value, plan), ratings.get(code.value, 0)) for code in SelfRating)
    return "　".join(f"{words} {count}" for words, count in found if count)


def sum_words(one: CoveredSum | None) -> str:
    """1,340回（12/14）; what nobody states is －, and persons are not added."""
    if one is None:
        return "－"
    covered = f"（{one.stated}/{one.expected}）"
    if one.total is None:
        return f"足しません{covered}" if one.stated else f"－{covered}"
    return f"{show_number(one.total)}{one.unit}{covered}"


def _sum_row(now: CoveredSum, before: CoveredSum | None) -> Row:
    spoken = f"{now.label} 今年度 {sum_words(now)} 前年度 {sum_words(before)}"
    return Row(now.code, (now.label, sum_words(now), sum_words(before)), spoken=spoken)


def _sum_line(now: CoveredSum, before: CoveredSum | None) -> str:
    return f"{now.label}　{sum_words(now)}" + (f"　前年度 {sum_words(before)}" if before else "")


def _table_words(before: ItemRollUp) -> str:
    """Say what of last year no signed report stands behind."""
    return f"　（うち{before.from_tables}地区部会は表から）" if before.from_tables else ""


def _before_words(before: ItemRollUp, plan: Plan) -> str:
    states = [
        f"{state.label} {before.states[state.value]}"
        for state in ImplementationState
        if before.states.get(state.value)
    ]
    states += [f"未報告 {before.unreported}"] if before.unreported else []
    return "　".join([*states, ratings_words(before.ratings, plan)]).strip("　")
