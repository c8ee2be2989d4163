"""The main window: header, navigation and the screen that is shown. Navigation only; screens do the work."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.focus_ring import FocusRing
from shakyo_desktop.gui.shared.header import Header
from shakyo_desktop.gui.shared.help_panel import HelpPanel
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import MessageBar
from shakyo_desktop.gui.shared.navigation import Navigation, ScreenEntry
from shakyo_desktop.gui.shared.page import Screen
from shakyo_desktop.gui.shared.theme import set_role

FOLD_BELOW = 1200
SEARCH = "search"
"""The screen behind the header's button and Ctrl+F."""
LEAST = (800, 480)
_PRACTICE = "練習中　ここで書いたものは練習用です。本物の記録には入りません。"


class MainWindow(QMainWindow):
    """Shows one screen at a time and asks it to commit before anything could be lost.

    Signals:
        fiscal_year_changed: the person chose another year in the header.
        new_activity_requested: Ctrl+N, anywhere.
        lock_requested: Ctrl+L, anywhere: the store should be closed until somebody opens it again.
        screen_shown: the key of the screen that is shown now.
    """

    fiscal_year_changed = Signal(int)
    new_activity_requested = Signal()
    lock_requested = Signal()
    screen_shown = Signal(str)

    def __init__(
        self,
        screens: Sequence[ScreenEntry],
        *,
        org_name: str,
        fiscal_years: Sequence[int],
        fiscal_year: int,
        practice: bool = False,
        before_close: Callable[[], bool] | None = None,
    ) -> None:
        """Build the frame; screens are made when they are first shown.

        Args:
            before_close: called after everything was committed; False keeps the window open.
        """
        super().__init__()
        self._entries = {entry.key: entry for entry in screens}
        self._screens: dict[str, Screen] = {}
        self._before_close = before_close
        self.current_key = ""
        self.header = Header(org_name, fiscal_years, fiscal_year)
        self.saved_badge = self.header.badge
        self.navigation = Navigation(screens)
        self.messages = MessageBar(folds=True)
        self.help = HelpPanel()
        self._stack = QStackedWidget()
        self._instead = QWidget()
        self._instead.hide()  # stands where the page was while a long message is read
        self._focus_before_help: QWidget | None = None
        self.setWindowTitle(f"{org_name}（練習）" if practice else org_name)
        self.setCentralWidget(self._make_frame(practice))
        self.setMinimumSize(*LEAST)  # else the unfolded navigation would keep a narrow window from folding it
        self._connect()
        self.ring = FocusRing(self)

    def screen_of(self, key: str) -> Screen:
        """Return a screen, made now if it was never shown.

        Raises:
            KeyError: there is no such screen.
        """
        if key not in self._screens:
            made = self._entries[key].factory()
            made.screen_requested.connect(self.show_screen)
            made.room_requested.connect(lambda room: self.navigation.setVisible(not room))
            self._screens[key] = made
            self._stack.addWidget(made)
        return self._screens[key]

    def show_screen(self, key: str, target: object = None) -> None:
        """Leave the screen that is shown, with everything committed, and show another."""
        self.messages.fold()
        shown = self._current()
        if shown is not None:
            shown.commit()
            if key != self.current_key:
                shown.leave()
        screen = self.screen_of(key)
        self.current_key = key
        self._stack.setCurrentWidget(screen)
        self.navigation.set_current(self._entries[key].under or key)
        screen.enter()
        if target is not None:
            screen.show_target(target)
        else:
            screen.focus_first()
        if not self.help.isHidden():
            self.help.show_help(screen.help_key or key)
        self.screen_shown.emit(key)

    def commit(self) -> None:
        """Have the screen that is shown emit everything that is pending."""
        shown = self._current()
        if shown is not None:
            shown.commit()

    def set_count(self, key: str, count: int) -> None:
        """Show in the navigation how many things wait on a screen."""
        self.navigation.row(key).set_count(count)

    def set_fiscal_years(self, years: Sequence[int], current: int) -> None:
        """Offer these years in the header."""
        self.header.set_fiscal_years(years, current)

    def show_help(self) -> None:
        """Show the help of the screen that is shown; beside it, or in its place when there is no room."""
        shown = self._current()
        self._focus_before_help = QApplication.focusWidget()
        self.help.show_help((shown.help_key if shown else "") or self.current_key)
        self.help.show()
        self._make_room()
        self.help.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_help(self) -> None:
        """Close the help and go back to where one was."""
        self.help.hide()
        self._make_room()
        if self._focus_before_help is not None and self._focus_before_help.isVisible():
            self._focus_before_help.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before_help = None

    def bring_forward(self) -> None:
        """Show the window over the others: a second start asked for it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation in narrow windows, a long message in low ones."""
        super().resizeEvent(event)
        self.messages.fit()
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Commit when another window comes forward."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.commit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit everything, wait for what is being saved, then close."""
        self.commit()
        if self._before_close is not None and not self._before_close():
            event.ignore()
            return
        super().closeEvent(event)

    def _current(self) -> Screen | None:
        return self._screens.get(self.current_key)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.show_screen)
        self.header.help_requested.connect(self._toggle_help)
        self.header.search_requested.connect(self._search)
        self.header.search_button.setVisible(SEARCH in self._entries)
        self.header.fiscal_year_chosen.connect(self._change_year)
        self.help.closed.connect(self.hide_help)
        self.messages.unfolded.connect(self._make_room)
        for keys, action in (
            ("Ctrl+S", self._confirm_saved),
            ("Ctrl+N", self._ask_for_activity),
            ("Ctrl+F", self._search),
            ("Ctrl+L", self.lock_requested.emit),
            ("F1", self._toggle_help),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _change_year(self, year: int) -> None:
        self.commit()
        self.fiscal_year_changed.emit(year)

    def _confirm_saved(self) -> None:
        self.commit()
        self.saved_badge.confirm()

    def _ask_for_activity(self) -> None:
        self.commit()
        self.new_activity_requested.emit()

    def _search(self) -> None:
        if SEARCH in self._entries:
            self.show_screen(SEARCH)

    def _toggle_help(self) -> None:
        if self.help.isHidden():
            self.show_help()
        else:
            self.hide_help()

    def _make_room(self) -> None:
        narrow = self.width() < FOLD_BELOW
        beside = 0 if self.help.isHidden() else self.help.minimumWidth()
        self.navigation.set_folded(self.width() - beside < FOLD_BELOW)
        reading = self.messages.is_unfolded()
        self._instead.setVisible(reading)
        self._stack.setVisible(not reading and (self.help.isHidden() or not narrow))

    def _make_frame(self, practice: bool) -> QWidget:
        frame = QWidget()
        set_role(frame, "page")
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.navigation)
        body.addWidget(self._stack, 1)
        body.addWidget(self._instead, 1)
        body.addWidget(self.help)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        if practice:
            column.addWidget(_practice_banner())
        column.addWidget(self.messages)
        column.addLayout(body, 1)
        return frame


def _practice_banner() -> QWidget:
    banner = QWidget()
    set_role(banner, "practice")
    banner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(banner)
    row.setContentsMargins(16, 6, 16, 6)
    row.addWidget(plain_label(_PRACTICE), 1)
    return banner
