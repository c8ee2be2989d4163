"""The year as a row of squares, one per item, with its state's symbol; arrows move, Enter opens."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from shakyo_desktop.gui.district.home_data import ItemState
from shakyo_desktop.gui.shared.announcements import announce
from shakyo_desktop.gui.shared.labels import plain_tip
from shakyo_desktop.gui.shared.marks import Mark, state_mark
from shakyo_desktop.gui.shared.theme import colours, look, size, theme_signals, ui_font

_SIDE, _GAP = 44, 6
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ItemSquares(QWidget):
    """Signals: `item_opened` with (plan id, item number)."""

    item_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[ItemState, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme_signals().changed.connect(self.updateGeometry)

    def set_items(self, items: Sequence[ItemState]) -> None:
        """Show these items."""
        self._items = tuple(items)
        self._at = min(self._at, max(0, len(items) - 1))
        entered = sum(1 for item in items if item.state is not None)
        self.setAccessibleName(f"取組項目の状況 {len(items)}項目のうち{entered}項目に実施状況があります")
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The squares wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at this width."""
        rows = -(-len(self._items) // self._columns(width)) if self._items else 1
        return rows * (size(_SIDE) + _GAP)

    def sizeHint(self) -> QSize:
        """Prefer one row."""
        count = max(1, len(self._items))
        return QSize(count * (size(_SIDE) + _GAP), size(_SIDE) + _GAP)

    def minimumSizeHint(self) -> QSize:
        """Need room for a few squares."""
        return QSize(4 * (size(_SIDE) + _GAP), size(_SIDE) + _GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every square with its number and symbol."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, item in enumerate(self._items):
            self._draw(painter, self._place(at), item)
        if self.hasFocus() and self._items:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours().primary), 3))
            painter.drawRoundedRect(self._place(self._at).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter and the space bar open."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._items:
            self._at = (self._at + _STEPS[key]) % len(self._items)
            announce(self, self.words(self._at))
            self.update()
        elif key in _ENTER and self._items and not event.isAutoRepeat():
            self._open(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where one is."""
        super().focusInEvent(event)
        if self._items:
            announce(self, self.words(self._at))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the item."""
        at = self._under(event.position().toPoint())
        if at is not None:
            self._open(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the item under the pointer."""
        at = self._under(event.position().toPoint())
        self.setToolTip("" if at is None else plain_tip(self.words(at)))
        self.setCursor(Qt.CursorShape.ArrowCursor if at is None else Qt.CursorShape.PointingHandCursor)

    def words(self, at: int) -> str:
        """Return what a square says: number, name, state."""
        item = self._items[at]
        whose = "" if item.expected else "（区事務所の項目）"
        return f"{item.number} {item.name}{whose} {self._mark(item).words}"

    def _open(self, at: int) -> None:
        self._at = at
        item = self._items[at]
        self.item_opened.emit((item.plan_id, item.number))

    def _mark(self, item: ItemState) -> Mark:
        if item.state is None and not item.expected:
            return Mark("区", "区事務所が書きます", "#4d4d4d", "#ffffff")
        return state_mark(item.state)

    def _columns(self, width: int) -> int:
        return max(1, (width + _GAP) // (size(_SIDE) + _GAP))

    def _place(self, at: int) -> QRect:
        row, column = divmod(at, self._columns(self.width()))
        step = size(_SIDE) + _GAP
        return QRect(column * step, row * step, size(_SIDE), size(_SIDE))

    def _under(self, point: QPoint) -> int | None:
        return next((at for at in range(len(self._items)) if self._place(at).contains(point)), None)

    def _draw(self, painter: QPainter, place: QRect, item: ItemState) -> None:
        mark, plain = self._mark(item), look().high_contrast
        painter.setPen(QPen(QColor(colours().border), 1))
        painter.setBrush(QColor(colours().white if plain else mark.ground))
        inner = place.adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(inner, 6, 6)
        if mark.hatched:
            painter.setBrush(QBrush(QColor(colours().quiet_border), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(inner, 6, 6)
        painter.setPen(QColor(colours().text if plain else mark.ink))
        painter.setFont(ui_font(16, bold=mark.hatched))
        half = place.height() // 2
        painter.drawText(place.adjusted(0, 2, 0, -half), Qt.AlignmentFlag.AlignCenter, str(item.number))
        painter.setFont(ui_font(16 if mark.symbol == "区" else 18))
        painter.drawText(place.adjusted(0, half - 4, 0, -2), Qt.AlignmentFlag.AlignCenter, mark.symbol)
