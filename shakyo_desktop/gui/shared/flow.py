"""A box that fills a row with widgets and goes on in the next one, as words in a text do."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_CHANGES = frozenset((QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest))


class FlowBox(QWidget):
    """Widgets side by side, wrapped into rows; `gap` pixels between them, `row_gap` between rows."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 12, row_gap: int = 12) -> None:
        super().__init__(parent)
        self._gap = gap
        self._row_gap = row_gap
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Take a widget in at the end."""
        self._widgets.append(widget)
        widget.setParent(self)
        widget.installEventFilter(self)
        if self.isVisible():
            widget.show()
        self._changed()

    def remove(self, widget: QWidget) -> None:
        """Let a widget go; it is hidden and stays the caller's to delete."""
        self._widgets.remove(widget)
        widget.removeEventFilter(self)
        widget.hide()
        self._changed()

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at this width."""
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        """Prefer one row."""
        hints = [_preferred(widget) for widget in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Need no more than the widest widget."""
        hints = [widget.minimumSizeHint().expandedTo(widget.minimumSize()) for widget in self._shown()]
        return QSize(
            max((hint.width() for hint in hints), default=0),
            max((hint.height() for hint in hints), default=0),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place every widget."""
        self._arrange(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        """Follow what changes inside."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow widgets that appear and go."""
        if event.type() in _CHANGES:
            self._changed()
        return False

    def _changed(self) -> None:
        self.updateGeometry()
        self._arrange(self.width(), move=True)

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def widths(self, widgets: list[QWidget], room: int) -> list[int]:
        """Return how wide each widget is when a row has this room."""
        return [
            max(min(_preferred(widget).width(), room), widget.minimumSizeHint().width()) for widget in widgets
        ]

    def indent(self, widget: QWidget, width: int, room: int) -> int:
        """Return where a widget stands that begins another row than the first."""
        return 0

    def _arrange(self, room: int, *, move: bool) -> int:
        x = y = row = 0
        widgets = self._shown()
        for widget, width in zip(widgets, self.widths(widgets, room), strict=True):
            hint = _preferred(widget)
            if x > 0 and x + width > room:
                x, y, row = self.indent(widget, width, room), y + row + self._row_gap, 0
            height = widget.heightForWidth(width) if widget.hasHeightForWidth() else hint.height()
            height = max(height, widget.minimumHeight())
            if move:
                widget.setGeometry(QRect(x, y, width, height))
            x += width + self._gap
            row = max(row, height)
        return y + row


def _preferred(widget: QWidget) -> QSize:
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
