"""An area that scrolls up and down and always shows what has the focus, however it got there."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QWidget

from shakyo_desktop.gui.shared.fields.traversal import field_of

REACH = 12
"""Pixels kept free around what is shown, so that its focus ring is seen whole."""

SETTLING_MS = 400
"""For how long after the keyboard came to a field its place may still change by layout."""


class FollowingScrollArea(QScrollArea):
    """Qt follows the Tab key alone; this one follows Enter, Alt keys and the program too.

    `width_changed` says how wide the body may be.
    """

    width_changed = Signal(int)

    def __init__(self, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setWidget(body)
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        body.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def show_whole(self, widget: QWidget) -> None:
        """Scroll so that a widget is seen, with what belongs to its field when there is room."""
        field = field_of(widget)
        whole = field if field is not None and field.height() < self.viewport().height() else widget
        body = self.widget()
        for part in (whole, widget):
            middle = part.mapTo(body, QPoint(0, 0)).y() + part.height() // 2 if body else 0
            self.ensureVisible(0, middle, 0, part.height() // 2 + REACH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the body's width."""
        super().resizeEvent(event)
        self.width_changed.emit(self.viewport().width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is said under a field takes its room a moment after the field was opened: follow that too."""
        focused = QApplication.focusWidget()
        if event.type() == QEvent.Type.Resize and self._settling.isActive() and focused is not None:
            QTimer.singleShot(0, self, self._show_focused)
        return super().eventFilter(watched, event)

    def scroll_to_top(self) -> None:
        """Show the beginning."""
        self.verticalScrollBar().setValue(0)

    def _focus_changed(self, _old: QObject | None, new: QWidget | None) -> None:
        body = self.widget()
        if new is not None and body is not None and body.isAncestorOf(new):
            self.show_whole(new)
            self._settling.start()
            QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        focused, body = QApplication.focusWidget(), self.widget()
        if focused is not None and body is not None and body.isAncestorOf(focused):
            self.show_whole(focused)
