"""計画の対応: items of two plans that stand for the same work, connected side by side."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.domain.plan import Crosswalk, Plan
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import EmptyState
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.fields import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.pair_list import CONNECTED, SUGGESTED, PairList
from shakyo_desktop.gui.ward.settings.pair_words import counting_of, figures_of
from shakyo_desktop.gui.ward.settings.saving import save_table
from shakyo_desktop.services.plan_pairs import PairsView

_FEW = (
    "対応をつけるには、計画が2つ要ります。\n"
    "「計画」で区の計画を取り込むか作ると、ここで項目どうしをつなげられます。"
)


class PairsPage(Page):
    """Every connection is kept when it is made; the last ones can be undone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("計画の対応", scrolling=False)
        self._desk = desk
        self._plans: tuple[Plan, ...] = ()
        self._view: PairsView | None = None
        self._undo: list[Callable[[], None]] = []
        self.left_plan = QuietComboBox("左の計画")
        self.right_plan = QuietComboBox("右の計画")
        for combo in (self.left_plan, self.right_plan):
            combo.activated.connect(self._plan_chosen)
        self.left = PairList("左の計画の取組項目", marks=False, forward=Qt.Key.Key_Right)
        self.right = PairList("右の計画の取組項目", marks=True, forward=Qt.Key.Key_Left)
        self.left.row_selected.connect(lambda _key: self._show_right())
        self.left.row_activated.connect(lambda _key: self._go_right())
        self.left.side_requested.connect(self._go_right)
        self.right.row_selected.connect(lambda _key: self._show_words())
        self.right.row_activated.connect(lambda _key: self._turn())
        self.right.side_requested.connect(self.left.setFocus)
        self.document = DocumentPanel("計画の対応表", desk.worker, desk.printer, self.messages)
        self.empty = EmptyState("list-checks", _FEW)
        self._stack = QStackedWidget()
        for widget in (self._make_lists(), self.document, self.empty):
            self._stack.addWidget(widget)
        self.add(self._stack, 1)
        self._make_buttons()

    def enter(self) -> None:
        """Read the plans and their pairs."""
        self._stack.setCurrentIndex(0)
        self._run(self._desk.services.plans.plans, self._show_plans)

    def _make_lists(self) -> QWidget:
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        for combo, rows in ((self.left_plan, self.left), (self.right_plan, self.right)):
            side = QVBoxLayout()
            side.setSpacing(12)
            side.addWidget(combo)
            side.addWidget(rows, 1)
            sides.addLayout(side, 1)
        column.addLayout(sides, 1)
        self.words = plain_label("", "small")
        column.addWidget(self.words)
        return lists

    def _make_buttons(self) -> None:
        self.print_button = SecondaryButton("印刷する", "J", "printer")
        self.print_button.clicked.connect(self._show_document)
        self.table_button = SecondaryButton("Excelの表", "X", "download")
        self.table_button.clicked.connect(self._save_table)
        self.undo_button = SecondaryButton("元に戻す", "U", "undo-2")
        self.undo_button.clicked.connect(self._undo_last)
        self.next_button = SecondaryButton("次の候補へ", "N", "chevron-right")
        self.next_button.clicked.connect(self._next_suggestion)
        self.turn_button = PrimaryButton("つなげる", "C")
        self.turn_button.clicked.connect(self._turn)
        self.back_button = SecondaryButton("一覧に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self.enter)
        self.bar.add_left(self.back_button)
        self.header_row.addWidget(self.print_button)
        self.header_row.addWidget(self.table_button)
        self.bar.add_right(self.undo_button)
        self.bar.add_right(self.next_button)
        self.bar.add_right(self.turn_button)

    def _show_buttons(self) -> None:
        shown = self._stack.currentIndex()
        for button in (
            self.print_button,
            self.table_button,
            self.undo_button,
            self.next_button,
            self.turn_button,
        ):
            button.setVisible(shown == 0)
        self.back_button.setVisible(shown == 1)

    def _show_plans(self, plans: tuple[Plan, ...]) -> None:
        if len(plans) < 2:
            self._stack.setCurrentWidget(self.empty)
            self._show_buttons()
            return
        chosen = (self.left_plan.currentData(), self.right_plan.currentData())
        self._plans = plans
        for combo, before, first in ((self.left_plan, chosen[0], 0), (self.right_plan, chosen[1], 1)):
            combo.clear()
            for plan in plans:
                combo.addItem(plan.name, plan.id)
            at = combo.findData(before)
            combo.setCurrentIndex(at if at >= 0 else first)
        self._show_buttons()
        self.reload()

    def reload(self) -> None:
        """Show the pairs of the two plans that are chosen."""
        left, right = self.left_plan.currentData(), self.right_plan.currentData()
        pairs, year = self._desk.services.plan_pairs, self._desk.fiscal_year()
        self._run(lambda: pairs.view(left, right, year), self._show)

    def _plan_chosen(self) -> None:
        """Two different plans are compared: the other side gives way."""
        if self.left_plan.currentData() == self.right_plan.currentData():
            other = self.left_plan if self.sender() is self.right_plan else self.right_plan
            other.setCurrentIndex(0 if other.currentIndex() else 1)
        self._undo = []
        self.messages.clear()
        self.reload()

    def _show(self, view: PairsView) -> None:
        self._view = view
        partners: dict[int, list[int]] = {}
        for pair in view.pairs:
            partners.setdefault(pair.item_number, []).append(pair.other_item_number)
        self.set_title_note(f"つながり {len(view.pairs)}組　候補 {len(view.suggested)}組")
        self.left.show_left(view.plan, partners)
        if self.left.selected_key() is None and view.plan.items:
            self.left.select_key(view.plan.items[0].number, silent=True)
        self._show_right()

    def _show_right(self) -> None:
        view, number = self._view, self.left.selected_key()
        if view is None:
            return
        marks = {one.other_item_number: SUGGESTED for one in view.suggested if one.item_number == number}
        marks |= {pair.other_item_number: CONNECTED for pair in view.pairs if pair.item_number == number}
        self.right.show_right(view.other, marks)
        if self.right.selected_key() is None and view.other.items:
            self.right.select_key(view.other.items[0].number, silent=True)
        self._show_words()

    def _go_right(self) -> None:
        """To the other side, where the item's partner or a likely one is."""
        marked = next((row.key for row in self.right.rows() if row.cells[2]), None)
        if marked is not None:
            self.right.select_key(marked)
        self.right.setFocus()

    def _show_words(self) -> None:
        view, pair = self._view, self._pair()
        connected = view is not None and pair in view.pairs
        self.turn_button.set_words("つながりを外す" if connected else "つなげる")
        if view is None or pair is None:
            self.words.setText("")
            return
        names = {plan.id: plan.name for plan in self._plans}
        lines = (counting_of(view, pair.item_number), figures_of(view, pair.other_item_number, names))
        self.words.setText("\n".join(line for line in lines if line))

    def _pair(self) -> Crosswalk | None:
        number, other = self.left.selected_key(), self.right.selected_key()
        if self._view is None or not isinstance(number, int) or not isinstance(other, int):
            return None
        return Crosswalk(self._view.plan.id, number, self._view.other.id, other)

    def _turn(self) -> None:
        """Connect the two items that are chosen, or part them."""
        view, pair = self._view, self._pair()
        if view is None or pair is None:
            self.messages.show_message("info", "左と右から、項目を1つずつ選んでください。")
            return
        pairs = self._desk.services.plan_pairs
        if pair in view.pairs:
            self._change(lambda: pairs.disconnect(pair), lambda: pairs.connect(pair))
        else:
            self._change(lambda: pairs.connect(pair), lambda: pairs.disconnect(pair))

    def _change(self, work: Callable[[], None], back: Callable[[], None]) -> None:
        def done(_none: None) -> None:
            self._undo.append(back)
            self.messages.clear()
            self.reload()

        self._run(work, done)

    def _undo_last(self) -> None:
        if not self._undo:
            self.messages.show_message("info", "元に戻すものがありません。")
            return
        self._run(self._undo.pop(), lambda _none: self.reload())

    def _next_suggestion(self) -> None:
        """Choose the next two items whose names are alike; connecting them is the person's decision."""
        view, pair = self._view, self._pair()
        if view is None or not view.suggested:
            self.messages.show_message("info", "似た名前の候補は、もうありません。")
            return
        order = [item.number for item in view.plan.items]
        places = [(order.index(one.item_number), one.other_item_number) for one in view.suggested]
        here = (order.index(pair.item_number), pair.other_item_number) if pair else (-1, 0)
        at, other = next((place for place in places if place > here), places[0])
        self.left.select_key(order[at])
        self.right.select_key(other)
        self.right.setFocus()

    def _show_document(self) -> None:
        view, pairs, year = self._view, self._desk.services.plan_pairs, self._desk.fiscal_year()
        if view is not None:
            self._stack.setCurrentWidget(self.document)
            self._show_buttons()
            self.document.show_document(lambda: pairs.pdf(view.plan.id, view.other.id, year))

    def _save_table(self) -> None:
        view, pairs, year = self._view, self._desk.services.plan_pairs, self._desk.fiscal_year()
        if view is not None:
            make = pairs.table
            then = "表はExcelで開けます。"
            save_table(
                self, self._desk, lambda: make(view.plan.id, view.other.id, year), "計画の対応.xlsx", then
            )

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._desk.worker.run(work, done, lambda error: present(error, self.messages), self)
