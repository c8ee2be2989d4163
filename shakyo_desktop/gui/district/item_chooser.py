"""The left side of 取組項目: which plan, which items, and the tree of them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.district.item_tree import ItemTree
from shakyo_desktop.gui.district.year_data import ItemKey, ItemState, YearData
from shakyo_desktop.gui.shared.fields import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import size

WIDTH, NARROW_WIDTH, TIGHT_WIDTH = 332, 272, 232
_ROOMY, _NARROW = 1040, 880
_FILTERS: tuple[tuple[str, Callable[[ItemState], bool]], ...] = (
    ("すべて", lambda _: True),
    ("未入力", lambda state: state.missing),
    ("要確認", lambda state: state.problems > 0),
    ("確認のお願い", lambda state: state.requests > 0),
)
ALL = 0
_NONE = ("", "未入力の項目はありません。", "要確認の項目はありません。", "確認のお願いはありません。")


class ItemChooser(QWidget):
    """Says which item is chosen; shows the newest marks."""

    item_chosen = Signal(object)
    entered = Signal()
    plan_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: YearData | None = None
        self._plan: Plan | None = None
        self.plans = QuietComboBox("計画")
        self.plans.activated.connect(self._plan_picked)
        self.filter = QuietComboBox("表示する項目")
        self.filter.activated.connect(self.show_items)
        self.tree = ItemTree()
        self.tree.item_chosen.connect(self.item_chosen)
        self.tree.entered.connect(self.entered)
        self._none = plain_label("", "secondary")
        self._none.hide()
        self.plans.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        for widget in (self.plans, self.filter, self._none):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        for name, _ in _FILTERS:
            self.filter.addItem(name)
        self.fit_page(_ROOMY)

    def show_data(self, data: YearData, plan: Plan) -> None:
        """Show a year's items of one of its plans."""
        self._data, self._plan = data, plan
        self.plans.clear()
        for one in data.plans:
            self.plans.addItem(one.nickname or one.name, one.id)
        self.plans.setCurrentIndex(self.plans.findData(plan.id))
        self.plans.setVisible(len(data.plans) > 1)
        self.show_items()

    def show_items(self) -> None:
        """List the items that the filter wants."""
        if self._data is None or self._plan is None:
            return
        self._count()
        wanted = _FILTERS[max(self.filter.currentIndex(), ALL)][1]
        self.tree.show_plan(self._plan, self._data.item_state, wanted)
        self._none.setText("" if self.tree.listed() else _NONE[self.filter.currentIndex()])
        self._none.setHidden(bool(self.tree.listed()))

    def show_all(self) -> None:
        """Take the filter away."""
        self.filter.setCurrentIndex(ALL)
        self.show_items()

    def update_item(self, key: ItemKey) -> None:
        """Show the newest marks of one item; it stays listed until the filter is chosen anew."""
        if self._data is not None:
            self.tree.update_item(key, self._data.item_state(key))
            self._count()

    def select(self, key: ItemKey) -> None:
        """Choose an item; the filter goes when it hides the item."""
        if not self.tree.select(key, silent=True):
            self.show_all()
            self.tree.select(key, silent=True)

    def neighbour(self, key: ItemKey, step: int) -> ItemKey | None:
        """Return the item before or after one in the list, None at its ends."""
        keys = self.tree.listed()
        if key not in keys:
            return keys[0] if keys else None
        at = keys.index(key) + step
        return keys[at] if 0 <= at < len(keys) else None

    def _count(self) -> None:
        states: list[ItemState] = []
        if self._data is not None and self._plan is not None:
            states = [self._data.item_state((self._plan.id, item.number)) for item in self._plan.items]
        for at, (name, wanted) in enumerate(_FILTERS):
            self.filter.setItemText(at, f"{name}（{sum(1 for state in states if wanted(state))}）")

    def _plan_picked(self) -> None:
        plan = self._data.plan(self.plans.currentData()) if self._data else None
        if plan is not None:
            self._plan = plan
            self.show_items()
            self.plan_chosen.emit(plan)

    def fit_page(self, width: int) -> None:
        """Leave more to the form where the page is narrow."""
        narrow = NARROW_WIDTH if width >= size(_NARROW) else TIGHT_WIDTH
        self.setFixedWidth(WIDTH if width >= size(_ROOMY) else narrow)
