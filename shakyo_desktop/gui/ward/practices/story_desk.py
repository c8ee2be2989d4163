"""What is done with the open story: every change is stored at once, in the order it was made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.records import Photo
from shakyo_desktop.domain.sharing import Standing
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.keeper import Keeper
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.practices.story_page import StoryPage
from shakyo_desktop.services.practice_rows import PracticeKey, PracticeRow

_CHOSEN = (Standing.CHOSEN, Standing.CHANGED, Standing.FAULTY)
_NOTHING_TO_UNDO = "元に戻すものは、もうありません。"


@dataclass(frozen=True, slots=True)
class _Opened:
    row: PracticeRow
    photos: tuple[tuple[Photo, bytes], ...]


class StoryDesk(QObject):
    """Wires the page of a story to the service; ``screen`` is where messages go."""

    def __init__(self, desk: Desk, screen: Page) -> None:
        super().__init__(screen)
        self._desk, self._screen = desk, screen
        self._row: PracticeRow | None = None
        self._photos: tuple[tuple[Photo, bytes], ...] = ()
        self._active = False
        self._keeper = desk.keeper or Keeper(desk.services.context, desk.worker, self)
        self._keeper.failed.connect(self._failed)
        self.page = StoryPage()
        self.page.edited.connect(self._store)
        self.page.editions_wanted.connect(self._show_editions)
        self.undo_button = SecondaryButton("元に戻す", "Z", "undo-2")
        self.undo_button.clicked.connect(self._undo)
        self.original_button = SecondaryButton("もとの文に戻す", "M")
        self.original_button.clicked.connect(self._take_original)
        self.keep_button = SecondaryButton("この文のままでよい", "K", "check")
        self.keep_button.clicked.connect(self._keep)
        self.choose_button = PrimaryButton("この事例を選ぶ", "S", "check")
        self.choose_button.clicked.connect(self._choose)
        self.left_buttons = (self.undo_button, self.original_button)
        self.right_buttons = (self.keep_button, self.choose_button)

    def open(self, row: PracticeRow) -> None:
        """Show a story as the store has it now."""
        self._row = row
        self._show_row(row, (), fresh=True)
        self.page.title_field.focus_input()
        self._read_photos(row.key)

    def set_active(self, active: bool) -> None:
        """Show or hide the story's buttons."""
        self._active = active
        for button in (*self.left_buttons, *self.right_buttons):
            button.setVisible(active)
        if not active:
            self._row = None

    def commit(self) -> None:
        """Have the fields emit what is pending."""
        if self._row is not None:
            self.page.commit()

    def _key(self) -> PracticeKey | None:
        return self._row.key if self._row else None

    def _read_photos(self, key: PracticeKey) -> None:
        sharing = self._desk.services.sharing

        def read() -> _Opened:
            row = sharing.row(key)
            return _Opened(row, tuple((photo, sharing.photo(photo.sha256)) for photo in row.photos))

        def show(opened: _Opened) -> None:
            if self._key() == key:
                self._row = opened.row
                self._photos = opened.photos
                self._show_row(opened.row, opened.photos, fresh=False)

        self._desk.worker.run(read, show, self._failed, self)

    def _show_row(self, row: PracticeRow, photos: tuple[tuple[Photo, bytes], ...], *, fresh: bool) -> None:
        self._photos = photos
        self.page.show_row(row, photos, fresh=fresh)
        chosen = row.standing in _CHOSEN
        self.choose_button.set_words("選ぶのをやめる" if chosen else "この事例を選ぶ")
        self.keep_button.setVisible(self._active and row.standing is Standing.CHANGED)
        self.original_button.setVisible(self._active and row.practice is not None)

    def _store(self, field: str, value: object) -> None:
        key = self._key()
        if key is not None:
            sharing = self._desk.services.sharing
            self._keeper.keep((key, field), lambda: sharing.change(key, field, value), self._changed)

    def _changed(self, row: PracticeRow) -> None:
        """Something was stored; the story may be closed by then."""
        if self._key() == row.key:
            self._row = row
            self._show_row(row, self._photos, fresh=False)

    def _choose(self) -> None:
        self.page.commit()
        row, sharing = self._row, self._desk.services.sharing
        if row is not None:
            key, chosen = row.key, row.standing in _CHOSEN
            self._run(key, lambda: sharing.choose(key, not chosen))

    def _keep(self) -> None:
        self.page.commit()
        key, sharing = self._key(), self._desk.services.sharing
        if key is not None:
            self._run(key, lambda: sharing.keep_wording(key))

    def _take_original(self) -> None:
        self.page.commit()
        key, sharing = self._key(), self._desk.services.sharing
        if key is not None:
            self._run(key, lambda: sharing.take_original(key))

    def _undo(self) -> None:
        self.page.commit()
        key, sharing = self._key(), self._desk.services.sharing
        if key is not None:
            self._run(key, lambda: sharing.undo(key))

    def _run(self, key: PracticeKey, work: Callable[[], PracticeRow | None]) -> None:
        """Store something and show what it made of the story, unless another one is open by then."""

        def done(row: PracticeRow | None) -> None:
            if self._key() != key:
                return
            if row is None:
                self._screen.messages.show_message("info", _NOTHING_TO_UNDO)
                return
            self._screen.messages.clear()
            self._changed(row)

        def failed(error: ShakyoError) -> None:
            present(error, self._screen.messages, "もう一度", lambda: self._run(key, work))

        self._desk.worker.run(work, done, failed, self)

    def _show_editions(self) -> None:
        key, sharing = self._key(), self._desk.services.sharing
        if key is not None:
            wanted: Any = key
            self._desk.worker.run(
                lambda: sharing.editions(wanted), self.page.show_editions, self._failed, self
            )

    def _failed(self, error: ShakyoError) -> None:
        present(error, self._screen.messages)
