"""The grid of 地区×取組項目: fixed headers, painted cells, arrows and Enter."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shakyo_desktop.gui.shared.theme import colours, look, size, theme_signals, ui_font
from shakyo_desktop.gui.ward.figures.matrix_model import CELL_ROLE, Cell, MatrixModel
from shakyo_desktop.services.matrix import MatrixView

ROW, COLUMN, LEAST_COLUMN = 30, 48, 46
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NAMES_LEAST = 96


class MatrixGrid(QTableView):
    """Signals: `cell_chosen` and `cell_opened` with row and column; the first also for every step."""

    cell_chosen = Signal(int, int)
    cell_opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = MatrixModel(self)
        self._delegate = _CellDelegate(self)
        self.setModel(self.cells)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("地区と取組項目の表")
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(True)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda index: self.cell_opened.emit(index.row(), index.column()))
        theme_signals().changed.connect(self._fit)
        self._fit()

    def show_matrix(self, view: MatrixView | None) -> None:
        """Show these districts; the cell one was at stays chosen when it is still there."""
        chosen = self._chosen_key()
        self.cells.set_view(view)
        self._fit()
        if view is not None and view.lines and view.plan.items:
            orgs = [line.org for line in view.lines]
            numbers = [item.number for item in view.plan.items]
            row = orgs.index(chosen[0]) if chosen and chosen[0] in orgs else 0
            column = numbers.index(chosen[1]) if chosen and chosen[1] in numbers else 0
            self.setCurrentIndex(self.cells.index(row, column))

    def set_changes(self, changes: bool) -> None:
        """Show how every cell differs from last year, or not."""
        self.cells.set_changes(changes)

    def content_height(self) -> int:
        """Return how high the grid is when it need not scroll, in pixels."""
        rows = self.verticalHeader().length()
        bar = self.horizontalScrollBar()
        width = self.width() - 2 * self.frameWidth() - self.verticalHeader().width()
        across = bar.sizeHint().height() if self.horizontalHeader().length() > width else 0
        return rows + self.horizontalHeader().height() + across + 2 * self.frameWidth()

    def content_width(self) -> int:
        """Return how wide the grid is when it need not scroll, with room for the bar that scrolls down."""
        beside = self.verticalHeader().width() + self.verticalScrollBar().sizeHint().width()
        return self.cells.columnCount() * size(COLUMN) + beside + 2 * self.frameWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the columns a little narrower when that spares scrolling to the side."""
        super().resizeEvent(event)
        count = max(1, self.cells.columnCount())
        fitting = self.viewport().width() // count
        wide = size(COLUMN)
        self.horizontalHeader().setDefaultSectionSize(
            fitting if size(LEAST_COLUMN) <= fitting < wide else wide
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the record; arrows, Home and End are the table's own."""
        if event.key() in _ENTER:
            index = self.currentIndex()
            if index.isValid() and not event.isAutoRepeat():
                self.cell_opened.emit(index.row(), index.column())
            return
        super().keyPressEvent(event)

    def _chosen_key(self) -> tuple[str, int] | None:
        index, view = self.currentIndex(), self.cells.view
        if view is None or not index.isValid():
            return None
        return view.lines[index.row()].org, view.plan.items[index.column()].number

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.cell_chosen.emit(index.row(), index.column())

    def _fit(self) -> None:
        self._delegate.forget()
        font = ui_font(16)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(font)
            header.setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(size(ROW))
        self.horizontalHeader().setDefaultSectionSize(size(COLUMN))
        self.horizontalHeader().setFixedHeight(size(ROW))
        across = self.verticalHeader().fontMetrics()
        vertical = Qt.Orientation.Vertical
        names = [str(self.cells.headerData(at, vertical)) for at in range(self.cells.rowCount())]
        widest = max((across.horizontalAdvance(name) for name in names), default=0)
        self.verticalHeader().setFixedWidth(max(size(_NAMES_LEAST), widest + 20))


class _CellDelegate(QStyledItemDelegate):
    """Paints a cell from a picture made once: hundreds of cells fit into a frame."""

    def __init__(self, grid: MatrixGrid) -> None:
        super().__init__(grid)
        self._pictures: dict[tuple[object, ...], QPixmap] = {}

    def forget(self) -> None:
        """Make the pictures anew after the look has changed."""
        self._pictures = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell; the one the keyboard is at gets a frame."""
        cell, place = index.data(CELL_ROLE), option.rect
        painter.drawPixmap(place.topLeft(), self._picture(cell, place, painter.device().devicePixelRatio()))
        if option.state & QStyle.StateFlag.State_Selected:
            _paint_frame(painter, place)

    def _picture(self, cell: Cell, place: QRect, ratio: float) -> QPixmap:
        key = (cell.mark, cell.sign, place.width(), place.height(), ratio)
        if key not in self._pictures:
            picture = QPixmap(round(place.width() * ratio), round(place.height() * ratio))
            picture.setDevicePixelRatio(ratio)
            painter = QPainter(picture)
            _paint_cell(painter, QRect(0, 0, place.width(), place.height()), cell)
            painter.end()
            self._pictures[key] = picture
        return self._pictures[key]


def _paint_cell(painter: QPainter, place: QRect, cell: Cell) -> None:
    plain = look().high_contrast
    mark = cell.mark
    ground = colours().page if mark is None else colours().white if plain else mark.ground
    painter.fillRect(place, QColor(ground))
    if mark is not None and mark.hatched:
        painter.fillRect(place, QBrush(QColor(colours().border), Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(QColor(colours().quiet_border), 1))
    painter.drawLine(place.bottomLeft(), place.bottomRight())
    painter.drawLine(place.topRight(), place.bottomRight())
    text = f"{mark.symbol if mark else ''}{cell.sign}"
    if not text:
        return
    painter.setFont(ui_font(16 if cell.sign else 18))
    painter.setPen(QColor(colours().text if plain or mark is None else mark.ink))
    painter.drawText(place.adjusted(0, 0, -1, -1), Qt.AlignmentFlag.AlignCenter, text)


def _paint_frame(painter: QPainter, place: QRect) -> None:
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width, inset in (
        (colours().focus_outer, 3.0, 1.5),
        (colours().focus_inner, 2.0, 4.0),
    ):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRect(QRectF(place).adjusted(inset, inset, -inset - 1, -inset - 1))
    painter.restore()
