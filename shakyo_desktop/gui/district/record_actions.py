"""What the recording screens do with a record beside writing it, and what they say about it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import PHOTOS, Record, RecordRef
from shakyo_desktop.gui.district.history_panel import change_words
from shakyo_desktop.gui.district.undoing import Undone, undo_newest
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page

_DONE = "確認のお願いに「直しました」の印を付けました。次の提出で区事務所に伝わります。"


class RecordActions(QObject):
    """Undo, last year, the office's questions; failures are said on the page."""

    def __init__(self, book: YearBook, page: Page) -> None:
        super().__init__(page)
        self.book = book
        self._page = page
        self.messages = page.messages
        self._failure_shown = False
        book.failed.connect(self.show_error)
        book.save_failed.connect(self._save_failed)
        book.saved.connect(self._saved)

    def undo(self, refs: Sequence[RecordRef], plan: Plan | None) -> None:
        """Take back the newest change of these records."""
        found: list[Undone] = []

        def work() -> Record | None:
            undone = undo_newest(self.book.services.recording, refs)
            found.extend([undone] if undone else [])
            return undone.record if undone else None

        if refs:
            self.book.write(work, lambda _: self._say_undone(found, plan))

    def copy_last_year(self, ref: RecordRef, field: str) -> None:
        """Take one field over from last year, to be confirmed."""
        self.book.write(lambda: self.book.services.recording.copy_last_year(ref, field))

    def confirm(self, ref: RecordRef, field: str) -> None:
        """Confirm a field that was taken over."""
        self.book.write(lambda: self.book.services.recording.confirm_carried_over(ref, field))

    def answer(self, ref: RecordRef, field: str) -> None:
        """Tick off what the office asked about a field, with a way back."""
        data = self.book.data
        asked = data.requests_of(ref) if data else []
        requests = [one for one in asked if one.field == field or ref.table == PHOTOS]

        def back() -> None:
            self.book.mark_done(requests, False, lambda: None)

        def say() -> None:
            self.messages.show_message("undo", _DONE, "取り消す", back)

        if requests:
            self.book.mark_done(requests, True, say)

    def _say_undone(self, found: Iterable[Undone], plan: Plan | None) -> None:
        for undone in found:
            label, old, _new = change_words(undone.change, undone.record, plan)
            self.messages.show_message("info", f"「{label}」を元に戻しました: {_short(old)}")
            return
        self.messages.show_message("info", "元に戻せる変更は、もうありません。")

    def _save_failed(self, error: ShakyoError) -> None:
        if self.book.has_failed():
            present(error, self.messages, "もう一度", self.book.retry)
        else:
            present(error, self.messages)
        self._failure_shown = True

    def _saved(self, _at: str) -> None:
        if self._failure_shown and not self.book.has_failed():
            self._failure_shown = False
            self.messages.clear()

    def show_error(self, error: ShakyoError) -> None:
        """Say what could not be done, when the page is shown."""
        if self._page.isVisible():
            present(error, self.messages)


def _short(text: str) -> str:
    line = text.replace("\n", " ") or "（空）"
    return line if len(line) <= 40 else line[:40] + "…"
