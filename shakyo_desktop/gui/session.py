"""The work with one open store: its main window and every screen in it.

Screens are imported when they are needed: an office never loads a district's, and the first window is
there before those that nobody looks at yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import StoreDamaged
from shakyo_desktop.gui.copy_clock import CopyClock
from shakyo_desktop.gui.main_window import MainWindow
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.keeper import Keeper
from shakyo_desktop.gui.shared.last_end_message import OFFICE_PLACES, show_last_end
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.navigation import ScreenEntry
from shakyo_desktop.gui.shared.page import Screen
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.services.copy_rounds import COPIES, INTAKE
from shakyo_desktop.services.last_end import News
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.settings import Identity

if TYPE_CHECKING:
    from shakyo_desktop.gui.district.year_book import YearBook

_FLUSH_SECONDS = 10.0
_SETTINGS = "settings"
_READ_AHEAD_MS = 400
_CHECK_MS = 5000
_DAMAGED = (
    "保存データに、こわれたところが見つかりました。\n"
    "こわれていないところは、これまでどおり見たり書いたりできます。こわれたファイルは消しません。\n"
    "「なおし方を見る」を押すと、いまの入力を保存してから、残っているものを調べます。"
)
_UNSAVED = (
    "まだ保存できていない入力があります。閉じると、その入力は失われます。\n"
    "ほかの入力はすべて保存されています。\n"
    "ディスクの空きなどを確かめて「もう一度保存する」を押してください。保存しないで終わるときは、もう一度閉じてください。"
)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What the window's frame shows, read before it is built."""

    identity: Identity
    text_size: str
    fiscal_years: Sequence[int]
    fiscal_year: int
    idle_minutes: int = 0
    """After how long without use the store is closed; 0 is never."""


def read_facts(services: Services) -> SessionFacts:
    """Read what the frame shows; off the window's thread."""
    settings = services.settings
    return SessionFacts(
        settings.identity(),
        settings.text_size(),
        settings.fiscal_years(),
        settings.current_fiscal_year(),
        services.idle_lock.minutes(),
    )


class Session(QObject):
    """One main window over one open store.

    Signals:
        closed: the person closed the window; everything is stored.
        restore_requested, repair_requested, practice_reset_requested, practice_left: another start is wanted.
        lock_requested: the store should be closed until somebody opens it again.
        idle_minutes_changed: after how long without use that should happen by itself; 0 is never.
    """

    closed = Signal()
    restore_requested = Signal(object)
    repair_requested = Signal()
    practice_reset_requested = Signal()
    practice_left = Signal()
    lock_requested = Signal()
    idle_minutes_changed = Signal(int)

    def __init__(
        self, services: Services, facts: SessionFacts, worker: BackgroundWorker, printer: Printer
    ) -> None:
        super().__init__()
        self.services = services
        self._facts, self._worker, self._printer = facts, worker, printer
        self._warned = False
        self._damage_told = False
        self._checking = QTimer(self, singleShot=True, interval=_CHECK_MS)
        self._checking.timeout.connect(self._look_for_damage)
        worker.damaged.connect(self._look_for_damage)
        self._ahead = QTimer(self, singleShot=True, interval=_READ_AHEAD_MS)
        self._ahead.timeout.connect(self._read_ahead)
        self.book: YearBook | None = None
        self.keeper = Keeper(services.context, worker, self)
        self.copies = CopyClock(services.copies, worker, self)
        entries = self._entries()
        self._first = entries[0].key
        self._keys = {entry.key for entry in entries}
        self.window = MainWindow(
            entries,
            org_name=facts.identity.org.name,
            fiscal_years=facts.fiscal_years,
            fiscal_year=facts.fiscal_year,
            practice=facts.identity.practice,
            before_close=self._may_close,
        )
        self._connect()

    def start(self) -> None:
        """Show the first screen; the recording screens' year is read when nothing else waits."""
        self.window.show_screen(self._first)
        self._checking.start()
        self._worker.run(self.services.settings.clock_word, self._tell_clock, owner=self)
        if self.book is not None:
            self._ahead.start()
        if self._facts.identity.role is not OrganisationKind.DISTRICT:  # whose home screen tells it
            self._worker.run(self.services.last_end.news, self._tell_last_end, owner=self)
        if not self._facts.identity.practice:
            self.copies.start()
            self._worker.run(self.services.copies.word, self._tell_of_copies, owner=self)

    def _look_for_damage(self) -> None:
        """Read every page once, beside everything else: damage is known before somebody needs the page."""
        if not self._damage_told:
            self._worker.start(
                lambda _task: self.services.doctor.is_whole(),
                self._tell_damage,
                lambda _error: None,  # the store is locked or in use; the next start looks again
                owner=self,
            )

    def _tell_damage(self, whole: bool) -> None:
        if whole or self._damage_told:
            return
        self._damage_told = True
        self.window.messages.show_message("problem", _DAMAGED, "なおし方を見る", self.repair_requested.emit)

    def _tell_clock(self, word: str) -> None:
        """A clock that cannot be right is said; nothing is refused for it."""
        if word and not self._damage_told:
            self.window.messages.show_message("warning", word)

    def end(self) -> None:
        """Close the window without asking and let the store go; everything typed is stored before."""
        self._ahead.stop()
        self._checking.stop()
        self.window.commit()
        self._worker.flush(_FLUSH_SECONDS)
        self.window.hide()
        self.copies.finish()
        self.window.deleteLater()
        self.services.close()

    def has_unsaved(self) -> bool:
        """Return whether something that was typed is not stored (yet)."""
        return bool(self._unsaved())

    def retry(self) -> None:
        """Try once more to store what could not be stored."""
        for one in self._unsaved():
            one.retry()

    def is_at_work(self) -> bool:
        """Return whether a long work is under way, such as taking files in."""
        return self._worker.is_at_work()

    def read_anew(self) -> None:
        """Somebody else wrote in the store: show what it says now."""
        if self.book is not None:
            self.book.mark_stale()
        self._year_changed()

    def show_lock_settings(self) -> None:
        """Show how the store opens."""
        self.window.show_screen(_SETTINGS, "lock")

    def fiscal_year(self) -> int:
        """Return the year that is chosen in the header."""
        return self.window.header.fiscal_year()

    def _entries(self) -> list[ScreenEntry]:
        settings = ScreenEntry(
            _SETTINGS, "設定・控え", "settings", self._settings, at_bottom=True, short="設定"
        )
        if self._facts.identity.role is OrganisationKind.DISTRICT:
            from shakyo_desktop.gui.district.screens import district_screens
            from shakyo_desktop.gui.district.year_book import YearBook

            self.book = YearBook(self.services, self._worker, self)
            screens = district_screens(
                self.services,
                self._worker,
                self.fiscal_year,
                self.book,
                printer=self._printer,
                count=self._count,
                keeper=self.keeper,
            )
        elif self._facts.identity.role is OrganisationKind.CITY:
            from shakyo_desktop.gui.ward.screens import city_screens

            screens = city_screens(self.services, self._worker, self.fiscal_year, self._printer, self._count)
        else:
            from shakyo_desktop.gui.ward.screens import ward_screens

            screens = ward_screens(
                self.services, self._worker, self.fiscal_year, self._printer, self._count, self.keeper
            )
        return [*screens, settings]

    def _settings(self) -> Screen:
        from shakyo_desktop.gui.settings.settings_screen import SettingsScreen

        screen = SettingsScreen(
            self.services,
            self._worker,
            self._printer,
            practice=self._facts.identity.practice,
            role=self._facts.identity.role,
            fiscal_year=self.fiscal_year,
        )
        screen.restore_requested.connect(self.restore_requested)
        screen.practice_reset_requested.connect(self.practice_reset_requested)
        screen.practice_left.connect(self.practice_left)
        screen.lock_requested.connect(self.lock_requested)
        screen.idle_minutes_changed.connect(self.idle_minutes_changed)
        if self.book is not None:
            screen.records_changed.connect(self.book.mark_stale)
        return screen

    def _connect(self) -> None:
        self._worker.failed.connect(self._failed)
        if self.book is not None:
            from shakyo_desktop.gui.district.recording_wiring import connect_book

            connect_book(self.book, self.window)
        badge = self.window.saved_badge
        self.keeper.saving.connect(badge.begin)
        self.keeper.saved.connect(badge.done)
        self.keeper.failed.connect(lambda _error: badge.fail())
        badge.action_requested.connect(self.keeper.retry)
        self.window.fiscal_year_changed.connect(lambda _year: self._year_changed())
        self.window.lock_requested.connect(self.lock_requested)

    def _year_changed(self) -> None:
        """Screens that read the year when they are shown read it anew."""
        self.window.screen_of(self.window.current_key).enter()

    def _read_ahead(self) -> None:
        """Read the year that the recording screens write in, unless one of them asked for it already."""
        if self.book is not None and self.book.fiscal_year() is None:
            self.book.open(self.fiscal_year())

    def _tell_last_end(self, news: News | None) -> None:
        """Say it over an office's first screen, whichever that is."""
        if news is None or self._damage_told:
            return
        self.services.last_end.told()
        known = {key: place for key, place in OFFICE_PLACES.items() if place[1] in self._keys}
        show_last_end(self.window.messages, news, known, self.window.show_screen)

    def _tell_of_copies(self, word: tuple[str, str]) -> None:
        """What a restored store does not know, or a friendly advice; nothing while something else is said."""
        text, place = word
        bar = self.window.messages
        if not text or bar.text():
            return
        district = self._facts.identity.role is OrganisationKind.DISTRICT
        words, key, target = {
            INTAKE: ("提出の画面を開く", "submit", None)
            if district
            else ("ファイル受取を開く", "intake", None),
            COPIES: ("控えの画面を開く", "settings", "copies"),
        }[place]

        def put_aside() -> None:
            if bar.last_text() == text:
                self._worker.run(lambda: self.services.copies.put_aside(place))

        bar.closed.connect(put_aside)
        bar.show_message("info", text, words, lambda: self.window.show_screen(key, target))

    def _count(self, key: str, number: int) -> None:
        self.window.set_count(key, number)

    def _failed(self, error: object) -> None:
        """Tell what nobody else tells; further work that meets the same damage does not hide the way out."""
        if not (self._damage_told and isinstance(error, StoreDamaged)):
            present(error, self.window.messages)  # type: ignore[arg-type]

    def _unsaved(self) -> "list[YearBook | Keeper]":
        return [one for one in (self.book, self.keeper) if one is not None and one.has_unsaved()]

    def _may_close(self) -> bool:
        self._worker.flush(_FLUSH_SECONDS)
        unsaved = self._unsaved()
        if unsaved and not self._warned:
            self._warned = True
            self.window.messages.show_message("problem", _UNSAVED, "もう一度保存する", self.retry)
            return False
        self._ahead.stop()
        self._checking.stop()
        self.closed.emit()
        return True
