"""Headings that sort: a click, or Tab to the headings, ← → to a column, Enter or Space."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from shakyo_desktop.gui.shared.announcements import announce
from shakyo_desktop.gui.shared.theme import colours, size

_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_LINE = 4


class SortHeader(QHeaderView):
    """The headings of a list. `sort_requested` carries the column that was chosen."""

    sort_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("見出し。左右の矢印で列を選び、Enterで並べかえます")
        self.sectionClicked.connect(self._clicked)

    def column(self) -> int:
        """Return the column that Enter would sort by."""
        return self._at

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the columns that are seen, or sort by the one it stands on."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in _PRESS:
            if not event.isAutoRepeat():
                self.sort_requested.emit(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a column that is seen."""
        super().focusInEvent(event)
        if self.isSectionHidden(self._at):
            self._step(1)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the line away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Underline the column that Enter would sort by."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if self.hasFocus() and logicalIndex == self._at:
            height = size(_LINE)
            line = QRect(rect.left() + 2, rect.bottom() - height, rect.width() - 4, height)
            painter.fillRect(line, QColor(colours().primary))

    def _clicked(self, column: int) -> None:
        self._at = column
        self.sort_requested.emit(column)

    def _step(self, by: int) -> None:
        seen = [at for at in range(self.count()) if not self.isSectionHidden(at)]
        if not seen:
            return
        after = [at for at in seen if (at - self._at) * by > 0]
        self._at = (min(after) if by > 0 else max(after)) if after else self._at
        if self._at not in seen:
            self._at = seen[0]
        self._tell()

    def _tell(self) -> None:
        self.viewport().update()
        title = self.model().headerData(self._at, Qt.Orientation.Horizontal)
        announce(self, str(title or ""))
