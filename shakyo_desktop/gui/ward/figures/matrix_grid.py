"""The grid of 地区×取組項目: fixed headers, painted cells, arrows and Enter."""

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from shakyo_desktop.gui.shared.theme import colours, look, size, theme_signals, ui_font
from shakyo_desktop.gui.ward.figures.matrix_model import Cell, MatrixModel
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
        self._pictures = _Pictures()
        self.setModel(self.cells)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the pictures of the cells that are seen, and frame the one the keyboard is at.

        Asking a delegate for each of them would take longer than a frame of the screen lasts.
        """
        seen = event.rect()
        painter = QPainter(self.viewport())
        ratio = self.devicePixelRatioF()
        columns = [
            (at, self.columnViewportPosition(at), self.columnWidth(at))
            for at in _span(self.columnAt(seen.left()), self.columnAt(seen.right()), self.cells.columnCount())
        ]
        for row in _span(self.rowAt(seen.top()), self.rowAt(seen.bottom()), self.cells.rowCount()):
            y, height, line = self.rowViewportPosition(row), self.rowHeight(row), self.cells.line(row)
            for column, x, width in columns:
                painter.drawPixmap(x, y, self._pictures.of(line[column], width, height, ratio))
        current = self.currentIndex()
        if current.isValid():
            _paint_frame(painter, self.visualRect(current))
        painter.end()

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
        self._pictures.forget()
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


class _Pictures:
    """Every look of a cell, painted once: a frame of hundreds of cells only copies them."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int, int, float], QPixmap] = {}

    def forget(self) -> None:
        """Paint them anew after the look has changed."""
        self._made = {}

    def of(self, cell: Cell, width: int, height: int, ratio: float) -> QPixmap:
        """The picture of a cell in this size, sharp at the screen's ratio."""
        key = (cell.look, width, height, ratio)
        found = self._made.get(key)
        if found is None:
            found = QPixmap(round(width * ratio), round(height * ratio))
            found.setDevicePixelRatio(ratio)
            painter = QPainter(found)
            _paint_cell(painter, QRect(0, 0, width, height), cell)
            painter.end()
            self._made[key] = found
        return found


def _span(first: int, last: int, count: int) -> range:
    """The rows or columns from the first to the last that is seen; beyond the cells Qt says -1."""
    if first < 0:
        return range(0)
    return range(first, (last if last >= 0 else count - 1) + 1)


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
