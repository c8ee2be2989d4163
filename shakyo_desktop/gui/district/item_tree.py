"""The tree of goals, directions and items with their marks."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.gui.district.item_tree_delegate import (
    CHIPS_ROLE,
    ITEM_ROLE,
    MARK_ROLE,
    NOTES_ROLE,
    ItemTreeDelegate,
)
from shakyo_desktop.gui.district.year_data import ItemKey, ItemState
from shakyo_desktop.gui.shared.labels import plain_tip
from shakyo_desktop.gui.shared.marks import Mark, state_mark
from shakyo_desktop.gui.shared.theme import theme_signals

_NOT_OURS = Mark("", "区事務所が報告", "#4d4d4d", "#ffffff")
"""An item of the ward office is never 未報告 for a district, which may write about it all the same."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ItemTree(QTreeView):
    """Arrows choose an item and show it; Enter goes to its form.

    Signals:
        item_chosen: (plan, number).
        entered: Enter on an item.
    """

    item_chosen = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self._rows: dict[ItemKey, QStandardItem] = {}
        self._silent = False
        self.setModel(self._model)
        self.setItemDelegate(ItemTreeDelegate(self))
        self.setAccessibleName("取組項目の一覧")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._current_changed)
        theme_signals().changed.connect(self._relayout)

    def show_plan(
        self, plan: Plan, state_of: Callable[[ItemKey], ItemState], wanted: Callable[[ItemState], bool]
    ) -> None:
        """Show the items that are wanted, under their goals and directions."""
        current = self.current_key()
        self._silent = True
        self._model.clear()
        self._rows = {}
        for goal in plan.goals:
            head = _heading(f"基本目標{goal.number}　{goal.name}", 0)
            for direction in (one for one in plan.directions if one.goal == goal.number):
                items = [item for item in plan.items if item.direction == direction.number]
                rows = [
                    self._row(plan.id, item, state_of)
                    for item in items
                    if wanted(state_of((plan.id, item.number)))
                ]
                if rows:
                    under = _heading(f"施策{direction.number}　{direction.name}", 1)
                    under.appendRows(rows)
                    head.appendRow(under)
            if head.hasChildren():
                self._model.appendRow(head)
        self.expandAll()
        self._silent = False
        if current is not None:
            self.select(current, silent=True)

    def update_item(self, key: ItemKey, state: ItemState) -> None:
        """Show the newest marks of one item."""
        row = self._rows.get(key)
        if row is not None:
            _fill(row, state)

    def current_key(self) -> ItemKey | None:
        """Return the chosen item."""
        found: Any = self.currentIndex().data(ITEM_ROLE)
        return tuple(found) if found else None

    def listed(self) -> list[ItemKey]:
        """Return the items that are listed, in their order."""
        return list(self._rows)

    def select(self, key: ItemKey, *, silent: bool = False) -> bool:
        """Choose an item and scroll to it; False when it is not listed."""
        row = self._rows.get(key)
        if row is None:
            return False
        self._silent = silent
        index = self._model.indexFromItem(row)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self._silent = False
        self.scrollTo(index)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the form."""
        if event.key() in _ENTER:
            if not event.isAutoRepeat() and self.current_key() is not None:
                self.entered.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their words need at this width."""
        super().resizeEvent(event)
        self._relayout()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._relayout()

    def _relayout(self) -> None:
        self.scheduleDelayedItemsLayout()
        QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))

    def _row(self, plan_id: str, item: Item, state_of: Callable[[ItemKey], ItemState]) -> QStandardItem:
        key = (plan_id, item.number)
        row = QStandardItem(f"{item.number}　{item.name}")
        row.setEditable(False)
        row.setToolTip(plain_tip(row.text()))
        row.setData(list(key), ITEM_ROLE)
        row.setData([word for word, on in (("重点", item.priority), ("新規", item.new)) if on], CHIPS_ROLE)
        _fill(row, state_of(key))
        self._rows[key] = row
        return row

    def _current_changed(self, index: QModelIndex) -> None:
        if not self._silent and index.data(ITEM_ROLE):
            self.item_chosen.emit(tuple(index.data(ITEM_ROLE)))


def _heading(text: str, level: int) -> QStandardItem:
    head = QStandardItem(text)
    head.setEditable(False)
    head.setFlags(Qt.ItemFlag.ItemIsEnabled)
    head.setData(level, NOTES_ROLE)
    return head


def _fill(row: QStandardItem, state: ItemState) -> None:
    mark = state_mark(state.state) if state.state or state.expected else _NOT_OURS
    notes = []
    if state.problems:
        notes.append(f"⚠要確認{state.problems}")
    if state.requests:
        notes.append(f"お願い{state.requests}")
    if row.data(MARK_ROLE) == mark and row.data(NOTES_ROLE) == notes:
        return
    row.setData(mark, MARK_ROLE)
    row.setData(notes, NOTES_ROLE)
    chips = row.data(CHIPS_ROLE) or []
    row.setAccessibleText("、".join((row.text().replace("　", " "), *chips, mark.words, *notes)))
