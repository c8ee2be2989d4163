"""The focus ring: an overlay of the window that follows the focus and never takes part in the layout.

2 px yellow inside, 4 px black outside, so that it is seen on any ground; controls stand 12 px apart.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from shakyo_desktop.gui.shared.theme import colours

INNER = 2
OUTER = 4
REACH = INNER + OUTER
_RADIUS = 8.0
_MOVES = frozenset(
    (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)
)


class FocusRing(QWidget):
    """One ring per window; it lies above everything and lets every click through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("")
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._frame = QRect()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.follow)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        self._focus_changed(None, QApplication.focusWidget())

    def target(self) -> QWidget | None:
        """Return the widget the ring is around."""
        return self._target

    def follow(self) -> None:
        """Put the ring where its widget is now, cut off where a scroll area cuts the widget off."""
        if self._target is None or not shiboken6.isValid(self._target) or not self._target.isVisible():
            self.hide()
            return
        frame = self._target.rect().translated(self._target.mapTo(self._window(), QPoint(0, 0)))
        visible = self._clip(self._target).intersected(frame.adjusted(-REACH, -REACH, REACH, REACH))
        if not visible.intersects(frame):
            self.hide()
            return
        self._frame = frame.translated(-visible.topLeft())
        self.setGeometry(visible)
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow every move of the widget or of anything it stands in."""
        if event.type() in _MOVES:
            self._later.start()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the two lines around the widget, never over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for width, gap, colour in (
            (OUTER, INNER + OUTER / 2, colours().focus_outer),
            (INNER, INNER / 2, colours().focus_inner),
        ):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRoundedRect(
                QRectF(self._frame).adjusted(-gap, -gap, gap, gap), _RADIUS + gap, _RADIUS + gap
            )
        painter.end()

    def _window(self) -> QWidget:
        window = self.parentWidget()
        assert window is not None
        return window

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in filter(shiboken6.isValid, self._watched):
            widget.removeEventFilter(self)
        inside = new is not None and self._window().isAncestorOf(new)
        self._target = new if inside else None
        self._watched = [self._target, *self._above(self._target)] if self._target else []
        for widget in self._watched:
            widget.installEventFilter(self)
        self.follow()
        self._later.start()

    def _above(self, widget: QWidget) -> list[QWidget]:
        """Return what a widget stands in, up to but not including the window."""
        result = []
        above = widget.parentWidget()
        while above is not None and above is not self._window():
            result.append(above)
            above = above.parentWidget()
        return result

    def _clip(self, target: QWidget) -> QRect:
        """Return the part of the window in which the target may be seen."""
        window = self._window()
        clip = window.rect()
        for widget in self._above(target):
            area = widget.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
                clip = clip.intersected(widget.rect().translated(widget.mapTo(window, QPoint(0, 0))))
        return clip
