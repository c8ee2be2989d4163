"""A read-only list of rows: arrows choose, Enter opens, Tab goes on."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.gui.shared.row_model import MARK_ROLE, Cell, Column, Row, RowModel
from shakyo_desktop.gui.shared.sort_header import SortHeader
from shakyo_desktop.gui.shared.theme import colours, look, size, theme_signals

__all__ = ["Cell", "Column", "Mark", "Row", "RowList", "paint_mark"]
ROW_HEIGHT = 44
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowList(QTableView):
    """Rows with keys. `row_selected` follows the arrows, `row_activated` Enter and double click.

    With `sortable`, `sort_requested` carries the column whose heading was chosen; the owner sorts.
    """

    row_selected = Signal(object)
    row_activated = Signal(object)
    sort_requested = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        *,
        row_height: int = ROW_HEIGHT,
        sortable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = RowModel(columns, self)
        self._row_height = row_height
        self._empty_text = ""
        self._silent = False
        self._whole = False
        if sortable:
            header = SortHeader(self)
            header.sort_requested.connect(self.sort_requested)
            self.setHorizontalHeader(header)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(_CellDelegate(self))
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(sortable)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda index: self._activate(index.row()))
        theme_signals().changed.connect(self._fit)
        self._fit()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the chosen one stays chosen when its key is still there."""
        key = self.selected_key()
        self._silent = True
        self.clearSpans()
        self._model.set_rows(rows)
        for at, row in enumerate(rows):
            if row.section and len(self._model.columns) > 1:
                self.setSpan(at, 0, 1, len(self._model.columns))
        self._silent = False
        if key is not None:
            self.select_key(key, silent=True)
        self._fit_height()

    def update_row(self, row: Row) -> bool:
        """Show the row of the same key anew without touching the others; False when there is none."""
        at = self._model.index_of(row.key)
        if at >= 0 and self._model.rows[at] != row:
            self._model.replace_row(at, row)
        return at >= 0

    def show_sorting(self, column: int | None, descending: bool = False) -> None:
        """Mark the heading whose order the rows are in; None for none."""
        self._model.set_sorted(column, descending)

    def rows(self) -> tuple[Row, ...]:
        """Return what is shown."""
        return self._model.rows

    def selected_key(self) -> object:
        """Return the key of the chosen row, or None."""
        index = self.currentIndex()
        if not index.isValid() or self._model.rows[index.row()].section:
            return None
        return self._model.rows[index.row()].key

    def chosen_top(self) -> int:
        """Return how many pixels below the list's own top the chosen row begins; 0 without one."""
        index = self.currentIndex()
        return self.viewport().y() + self.rowViewportPosition(index.row()) if index.isValid() else 0

    def select_key(self, key: object, *, silent: bool = False) -> bool:
        """Choose a row by key and scroll to it; False when there is no such row."""
        at = self._model.index_of(key)
        if at < 0:
            return False
        self._silent = silent
        self.selectRow(at)
        self._silent = False
        self.scrollTo(self._model.index(at, 0))
        return True

    def set_empty_text(self, text: str) -> None:
        """Say what will be here, shown while there are no rows."""
        self._empty_text = text
        self.viewport().update()

    def show_all_rows(self) -> None:
        """Be as high as the rows are, so that the page scrolls and not the list."""
        self._whole = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen row; Esc and everything else go their way."""
        if event.key() in _ENTER:
            if not event.isAutoRepeat():
                self._activate(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or the words for none."""
        super().paintEvent(event)
        if not self._model.rows and self._empty_text:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(colours().secondary))
            place = self.viewport().rect().adjusted(16, 8, -16, -8)
            flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
            painter.drawText(place, flags, self._empty_text)
            painter.end()

    def _activate(self, at: int) -> None:
        if 0 <= at < len(self._model.rows) and not self._model.rows[at].section:
            self.row_activated.emit(self._model.rows[at].key)

    def _current_changed(self, index: QModelIndex) -> None:
        if not self._silent and index.isValid() and not self._model.rows[index.row()].section:
            self.row_selected.emit(self._model.rows[index.row()].key)

    def _fit(self) -> None:
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(size(self._row_height))
        header = self.horizontalHeader()
        for at, column in enumerate(self._model.columns):
            stretch = column.width == 0
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(at, mode)
            if not stretch:
                header.resizeSection(at, size(column.width))
        header.setVisible(any(column.title for column in self._model.columns))
        self._fit_height()

    def _fit_height(self) -> None:
        if self._whole:
            rows = max(1, len(self._model.rows)) * size(self._row_height)
            head = (
                self.horizontalHeader().sizeHint().height()
                if self.horizontalHeader().isVisibleTo(self)
                else 0
            )
            self.setFixedHeight(rows + head + 2 * self.frameWidth() + 2)


class _CellDelegate(QStyledItemDelegate):
    """Draws marks with their fill, and no dotted frame around single cells."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        shown: Any = option
        shown.state = shown.state & ~QStyle.StateFlag.State_HasFocus
        mark = index.data(MARK_ROLE)
        if mark is None:
            shown.rect = shown.rect.adjusted(8, 0, -8, 0) if index.column() else shown.rect
            super().paint(painter, option, index)
            return
        if shown.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(shown.rect, QColor(colours().chosen_ground))
        paint_mark(painter, shown.rect.adjusted(4, 6, -4, -6), mark, words=True)


def paint_mark(painter: QPainter, rect: QRect, mark: Mark, *, words: bool) -> None:
    """Draw a mark into a rectangle: fill, hatching, symbol and (when asked) words."""
    painter.save()
    plain = look().high_contrast
    painter.setPen(QColor(colours().border))
    painter.setBrush(QBrush(QColor(colours().white if plain else mark.ground)))
    painter.drawRect(rect)
    if mark.hatched:
        painter.fillRect(rect, QBrush(QColor(colours().border), Qt.BrushStyle.BDiagPattern))
        if words:
            text = rect.adjusted(0, 0, 0, 0)
            width = painter.fontMetrics().horizontalAdvance(mark.words) + 12
            text.setWidth(min(width, rect.width()))
            text.moveCenter(rect.center())
            painter.fillRect(text.adjusted(1, 1, -1, 0), QColor(colours().white))
    painter.setPen(QColor(colours().text if plain else mark.ink))
    painter.drawText(
        rect, Qt.AlignmentFlag.AlignCenter, f"{mark.symbol} {mark.words}".strip() if words else mark.symbol
    )
    painter.restore()
