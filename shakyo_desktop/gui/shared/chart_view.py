"""A chart of the family on the screen: painted, walked by arrow keys, read as text."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from shakyo_desktop.charts.kinds import Chart
from shakyo_desktop.charts.layout import lay_out
from shakyo_desktop.charts.picture import Picture
from shakyo_desktop.charts.twin import words_of
from shakyo_desktop.gui.shared.announcements import announce
from shakyo_desktop.gui.shared.chart_painting import paint_shape, unit_pixels
from shakyo_desktop.gui.shared.labels import plain_tip
from shakyo_desktop.gui.shared.theme import colours, theme_signals

_LEAST = 320
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ChartView(QWidget):
    """Shows one chart, as high as it needs to be. Arrows, Home and End go from value to value."""

    def __init__(self, chart: Chart | None = None, name: str = "", parent: QWidget | None = None) -> None:
        """Show a chart; ``name`` is spoken for one without a title."""
        super().__init__(parent)
        self._name = name
        self._chart: Chart | None = None
        self._pictures: dict[int, Picture] = {}
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme_signals().changed.connect(self._measure_anew)
        if chart is not None:
            self.set_chart(chart)

    def set_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart, self._at = chart, -1
        self.setAccessibleName(f"図　{chart.title or self._name}")
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
        return round(self._picture(width).height * unit_pixels()) + 4

    def sizeHint(self) -> QSize:
        """Prefer a readable width."""
        return QSize(round(700 * unit_pixels()), self.heightForWidth(round(700 * unit_pixels())))

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
        painter.scale(unit_pixels(), unit_pixels())
        picture = self._picture(self.width())
        for shape in picture.shapes:
            paint_shape(painter, shape)
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
            QToolTip.showText(event.globalPos(), plain_tip(self.words_at(event.pos())), self)
            return True
        return super().event(event)

    def words_at(self, place: QPoint) -> str:
        """Return what the value at a place of the widget says."""
        x, y = place.x() / unit_pixels(), place.y() / unit_pixels()
        for stop in self._picture(self.width()).stops:
            if stop.x <= x < stop.x + stop.width and stop.y <= y < stop.y + stop.height:
                return stop.words
        return ""

    def _go_to(self, at: int) -> None:
        self._at = at
        stop = self._picture(self.width()).stops[at]
        announce(self, stop.words)
        self._scroll_to(QRect(*(round(v * unit_pixels()) for v in (stop.x, stop.y, stop.width, stop.height))))
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
            units = max(width, _LEAST) / unit_pixels()
            self._pictures[width] = lay_out(self._chart, units) if self._chart else Picture(units, 0, ())
        return self._pictures[width]

    def _measure_anew(self) -> None:
        self._pictures = {}
        self.updateGeometry()
        self.update()
