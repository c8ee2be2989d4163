"""A chart of the family on the screen: painted, walked by arrow keys, read as text."""

from functools import lru_cache

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from shakyo_desktop.charts.kinds import Chart
from shakyo_desktop.charts.layout import lay_out
from shakyo_desktop.charts.picture import Box, Line, Picture, Words
from shakyo_desktop.charts.twin import words_of
from shakyo_desktop.gui.shared.announcements import announce
from shakyo_desktop.gui.shared.theme import BODY, colours, look, theme_signals, ui_font

_LEAST = 320
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_FLAGS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class ChartView(QWidget):
    """Shows one chart, as high as it needs to be. Arrows, Home and End go from value to value."""

    def __init__(self, chart: Chart | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._pictures: dict[int, Picture] = {}
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme_signals().changed.connect(self._measure_anew)
        if chart is not None:
            self.set_chart(chart)

    def set_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart, self._at = chart, -1
        self.setAccessibleName(f"図　{chart.title}")
        self.setAccessibleDescription(words_of(chart))
        self._measure_anew()

    def chart(self) -> Chart | None:
        """Return what is shown."""
        return self._chart

    def hasHeightForWidth(self) -> bool:
        """Labels wrap, small charts stand side by side where there is room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the chart at this width."""
        return round(self._picture(width).height * _factor()) + 4

    def sizeHint(self) -> QSize:
        """Prefer a readable width."""
        return QSize(round(700 * _factor()), self.heightForWidth(round(700 * _factor())))

    def minimumSizeHint(self) -> QSize:
        """Need room for labels and a short bar."""
        return QSize(_LEAST, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the new width asks for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shapes, and a frame around the value the keyboard is at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(_factor(), _factor())
        picture = self._picture(self.width())
        for shape in picture.shapes:
            _paint(painter, shape)
        if self.hasFocus() and 0 <= self._at < len(picture.stops):
            stop = picture.stops[self._at]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours().primary), 2))
            painter.drawRect(QRectF(stop.x + 1, stop.y + 1, stop.width - 2, stop.height - 2))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from value to value and have it spoken."""
        stops = len(self._picture(self.width()).stops)
        key = Qt.Key(event.key())
        if key in _STEPS and stops:
            self._go_to(min(max(self._at + _STEPS[key], 0), stops - 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and stops:
            self._go_to(0 if key == Qt.Key.Key_Home else stops - 1)
        else:
            super().keyPressEvent(event)

    def words(self) -> str:
        """Return what the value says that the keyboard is at; empty before the first."""
        stops = self._picture(self.width()).stops
        return stops[self._at].words if 0 <= self._at < len(stops) else ""

    def event(self, event: QEvent) -> bool:
        """Show the value under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)

    def words_at(self, place: QPoint) -> str:
        """Return what the value at a place of the widget says."""
        x, y = place.x() / _factor(), place.y() / _factor()
        for stop in self._picture(self.width()).stops:
            if stop.x <= x < stop.x + stop.width and stop.y <= y < stop.y + stop.height:
                return stop.words
        return ""

    def _go_to(self, at: int) -> None:
        self._at = at
        stop = self._picture(self.width()).stops[at]
        announce(self, stop.words)
        self._scroll_to(QRect(*(round(v * _factor()) for v in (stop.x, stop.y, stop.width, stop.height))))
        self.update()

    def _scroll_to(self, place: QRect) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inner = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inner is not None:
            middle = self.mapTo(inner, place.center())
            area.ensureVisible(middle.x(), middle.y(), 0, place.height())

    def _picture(self, width: int) -> Picture:
        if width not in self._pictures:
            units = max(width, _LEAST) / _factor()
            self._pictures[width] = lay_out(self._chart, units) if self._chart else Picture(units, 0, ())
        return self._pictures[width]

    def _measure_anew(self) -> None:
        self._pictures = {}
        self.updateGeometry()
        self.update()


def _factor() -> float:
    """Pixels in a unit at the chosen 文字の大きさ."""
    return max(1.0, look().text_size.body / BODY)


@lru_cache
def _font(pixels: int, bold: bool) -> QFont:
    font = ui_font(bold=bold)
    font.setPixelSize(pixels)  # the painter is scaled already
    return font


def _paint(painter: QPainter, shape: Box | Line | Words) -> None:
    plain = look().high_contrast
    if isinstance(shape, Box):
        place = QRectF(shape.x, shape.y, shape.width, shape.height)
        ground = colours().white if plain else shape.ground
        painter.setPen(QPen(QColor(colours().border), 1) if shape.framed else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(ground)) if shape.ground else Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        if shape.hatched:
            painter.setBrush(QBrush(QColor(colours().border), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(place)
    elif isinstance(shape, Line):
        style = Qt.PenStyle.DashLine if shape.dash else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colours().text if plain else shape.ink), shape.weight, style))
        painter.drawLine(
            QRectF(shape.x1, shape.y1, 0, 0).topLeft(), QRectF(shape.x2, shape.y2, 0, 0).topLeft()
        )
    else:
        painter.setPen(QColor(colours().text if plain else shape.ink))
        painter.setFont(_font(round(shape.size), shape.bold))
        wide = 4000.0
        left = {"left": shape.x, "centre": shape.x - wide / 2, "right": shape.x - wide}[shape.align]
        flags = _FLAGS[shape.align] | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, shape.y - 20, wide, 40), flags, shape.text)
