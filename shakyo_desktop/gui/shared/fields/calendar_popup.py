"""A small calendar with the era's years, chosen by mouse or keyboard; it never writes anything by itself."""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import era_date, month_name
from shakyo_desktop.gui.shared.buttons import Button, SecondaryButton
from shakyo_desktop.gui.shared.focus_ring import FocusRing
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role, size

_WEEK = "月火水木金土日"
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class CalendarPopup(QFrame):
    """One month at a time; arrows move by day, Page Up / Page Down by month, Esc closes without choosing."""

    chosen = Signal(object)

    def __init__(self, day: date, first: date, last: date, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "card")
        self._first, self._last = first, last
        self._day = day
        self._title = plain_label("", "strong", wrap=False)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._days: dict[date, Button] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addLayout(self._make_head())
        layout.addLayout(self._grid)
        self._show_month()
        self.ring = FocusRing(self)

    def open_below(self, place: QPoint) -> None:
        """Show the calendar at a place of the screen, moved so that it is whole."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(place.x(), screen.right() - self.width())
        y = min(place.y(), screen.bottom() - self.height())
        self.move(max(x, screen.left()), max(y, screen.top()))
        self.show()
        self._days[self._day].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows and pages; Esc closes (the popup's own)."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._go(self._day + timedelta(days=_STEPS[key]))
        elif key == Qt.Key.Key_PageUp:
            self._go(_months_away(self._day, -1))
        elif key == Qt.Key.Key_PageDown:
            self._go(_months_away(self._day, 1))
        else:
            super().keyPressEvent(event)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for words, spoken, months in (("←", "前の月", -1), ("→", "次の月", 1)):
            button = SecondaryButton(words)
            button.setAccessibleName(spoken)
            button.clicked.connect(lambda _checked=False, m=months: self._go(_months_away(self._day, m)))
            row.addWidget(button)
            if months < 0:
                row.addWidget(self._title, 1)
        return row

    def _go(self, day: date) -> None:
        self._day = min(max(day, self._first), self._last)
        self._show_month()
        for button in self._days.values():
            button.show()  # a layout shows what is added only later, and the focus would be lost
        self._days[self._day].setFocus()

    def _show_month(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._days = {}
        self._title.setText(month_name(f"{self._day:%Y-%m}"))
        for column, words in enumerate(_WEEK):
            head = plain_label(words, "small", wrap=False)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(head, 0, column)
        day, row = self._day.replace(day=1), 1
        while day.month == self._day.month:
            if self._first <= day <= self._last:
                self._grid.addWidget(self._make_day(day), row, day.weekday())
            row += day.weekday() == 6
            day += timedelta(days=1)

    def _make_day(self, day: date) -> Button:
        button = _DayButton(str(day.day))
        button.setAccessibleName(era_date(day))
        button.setFixedWidth(size(48))
        if day == self._day:
            button.setProperty("role", "day-chosen")
        button.clicked.connect(lambda: self._choose(day))
        self._days[day] = button
        return button

    def _choose(self, day: date) -> None:
        self.close()
        self.chosen.emit(day)


class _DayButton(SecondaryButton):
    """A day; arrows belong to the calendar."""

    role = "day"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
            return
        super().keyPressEvent(event)


def _months_away(day: date, months: int) -> date:
    """Return the same day in another month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), last)
