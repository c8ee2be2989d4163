"""The list of screens on the left: icons with words; narrow windows get small rows, still with words.

Rows get lower before the list begins to scroll, and the list scrolls before a row is cut.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.icons import icon
from shakyo_desktop.gui.shared.page import Screen
from shakyo_desktop.gui.shared.theme import colours, set_role, size, theme_signals

WIDTH, FOLDED_WIDTH = 200, 84
ROW, LEAST, FOLDED_ROW, FOLDED_LEAST = 48, 44, 56, 46
_EDGE = 2
_SHORT = 4
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """One screen of the program; `short` stands under the icon when the navigation is folded.

    A screen that is opened from another one only has no row: `under` is the key of the row it belongs to.
    `in_header`: it is opened by a button of the header and has no row here.
    """

    key: str
    title: str
    icon: str
    factory: Callable[[], Screen]
    at_bottom: bool = False
    short: str = ""
    under: str = ""
    in_header: bool = False


class NavigationRow(QToolButton):
    """One row. Arrows go to the neighbours, Enter and the space bar open."""

    stepped = Signal(int)

    def __init__(self, entry: ScreenEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._count = 0
        self._folded = False
        self._current = False
        set_role(self, "navigation-row")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_current(self, current: bool) -> None:
        """Mark the row of the screen that is shown.

        No check mark of Qt's: a screen reader would offer to turn it over, and nothing would open.
        """
        self._current = current
        self.setProperty("current", current)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show_look()

    def set_count(self, count: int) -> None:
        """Show how many things wait there; 0 shows nothing."""
        self._count = count
        self.show_look()

    def set_folded(self, folded: bool) -> None:
        """Show the icon over a short word, or beside the whole title."""
        self._folded = folded
        self.show_look()

    def show_look(self) -> None:
        """Follow text size, fold, count and choice."""
        entry = self.entry
        title = (entry.short or entry.title[:_SHORT]) if self._folded else entry.title
        number = f"（{self._count}）" if self._count and not self._folded else ""
        marked = "●" if self._count and self._folded else ""
        gap = "" if self._folded else " "
        self.setText(f"{gap}{title}{number}{marked}".replace("&", "&&"))
        self.setAccessibleName(f"{entry.title} {self._count}件" if self._count else entry.title)
        self.setAccessibleDescription("いま開いています" if self._current else "")
        self.setToolTip(entry.title if self._folded else "")
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonTextUnderIcon if self._folded else style.ToolButtonTextBesideIcon
        )
        ink = colours().on_chosen if self._current else colours().text
        side = 24 if self._folded else size(24)
        self.setIcon(icon(entry.icon, ink, side))
        self.setIconSize(QSize(side, side))
        self.setMinimumHeight(FOLDED_LEAST if self._folded else LEAST)
        self.setMaximumHeight(FOLDED_ROW if self._folded else size(ROW))
        set_role(self, "navigation-folded" if self._folded else "navigation-row")

    def sizeHint(self) -> QSize:
        """Be as high as allowed; low windows make rows lower before anything is cut."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """Leave the lower bound to the minimum height."""
        return QSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer to arrows and Enter."""
        if Qt.Key(event.key()) in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class Navigation(QWidget):
    """One stop for Tab; `chosen` names the screen to show."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[ScreenEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folded = False
        self._rows: dict[str, NavigationRow] = {}
        self._body = QWidget()
        set_role(self._body, "navigation-body")
        self._body.setAccessibleName("画面の一覧")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        listed = [entry for entry in entries if not entry.under and not entry.in_header]
        for entry in sorted(listed, key=lambda entry: entry.at_bottom):
            if entry.at_bottom and not any(row.entry.at_bottom for row in self._rows.values()):
                column.addStretch(1)
            column.addWidget(self._make_row(entry))
        if not any(entry.at_bottom for entry in listed):
            column.addStretch(1)
        self._scroll = self._make_scroll()
        theme_signals().changed.connect(self._fit)
        self._fit()

    def row(self, key: str) -> NavigationRow:
        """Return the row of a screen."""
        return self._rows[key]

    def set_current(self, key: str) -> None:
        """Mark the screen that is shown; it is the one stop for Tab."""
        for name, row in self._rows.items():
            row.set_current(name == key)
            policy = Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)
        if key in self._rows:
            self._scroll.ensureWidgetVisible(self._rows[key], 0, _EDGE)

    def set_folded(self, folded: bool) -> None:
        """Fold to icons with short words, or unfold."""
        if folded != self._folded:
            self._folded = folded
            self._fit()

    def is_folded(self) -> bool:
        """Return whether only icons with short words are shown."""
        return self._folded

    def _make_scroll(self) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.addWidget(scroll)
        return scroll

    def _make_row(self, entry: ScreenEntry) -> NavigationRow:
        row = NavigationRow(entry)
        row.clicked.connect(lambda: self.chosen.emit(entry.key))
        row.stepped.connect(lambda step: self._step(entry.key, step))
        self._rows[entry.key] = row
        return row

    def _step(self, key: str, step: int) -> None:
        keys = list(self._rows)
        row = self._rows[keys[(keys.index(key) + step) % len(keys)]]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(row, 0, _EDGE)

    def _fit(self) -> None:
        self.setFixedWidth(FOLDED_WIDTH if self._folded else size(WIDTH))
        for row in self._rows.values():
            row.set_folded(self._folded)
