"""The year that is open in the window: loaded once, changed record by record, shared by two screens."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from shakyo_desktop.domain.dates import local_time
from shakyo_desktop.domain.errors import NotReady, ShakyoError
from shakyo_desktop.domain.records import FieldValue, ItemStatus, Record, RecordRef
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.district.edits import LOCKED, Edit, Edits
from shakyo_desktop.gui.district.year_data import YearData
from shakyo_desktop.gui.district.year_reading import YearReading
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.services.found_drafts import FoundDraft
from shakyo_desktop.services.registry import Services


class YearBook(YearReading):
    """Takes edits; every one is applied in memory at once and stored in the background."""

    def __init__(self, services: Services, worker: BackgroundWorker, parent: QObject | None = None) -> None:
        super().__init__(services, worker, parent)
        self.drafts: tuple[FoundDraft, ...] = ()
        self._sought = False
        self._edits = Edits(services.recording, worker, self)
        self._edits.saving.connect(self.saving)
        self._edits.saved.connect(lambda: self.saved.emit(local_time(services.context.now())))
        self._edits.stored.connect(self._take)
        self._edits.failed.connect(self._not_saved)

    def about_to_read(self) -> None:
        """Look once, at the start, for texts that were not stored when the program ended."""
        if not self._sought:
            self._sought = True
            self._find_drafts()

    def lay_over(self, data: YearData) -> None:
        """Put the edits over it that are under way or could not be stored."""
        for edit in self._edits.waiting():
            record = data.record(edit.ref)
            if record is not None:
                data.put(edit.applied_to(record))

    def _find_drafts(self) -> None:
        """Look once, at the start, for texts that were not stored when the program ended."""

        def done(found: tuple[FoundDraft, ...]) -> None:
            self.drafts = found
            self.drafts_changed.emit()

        self.worker.run(self.services.recording.drafts, done, self.failed.emit, owner=self)

    def settle_draft(self, draft: FoundDraft, *, use: bool) -> None:
        """Use a text that was found, or leave the record as it is; both texts stay in the history."""
        recording = self.services.recording

        def work() -> Record | None:
            if use:
                return recording.use_draft(draft)
            recording.drop_draft(draft)
            return None

        def done(_: Record | None) -> None:
            self.drafts = tuple(one for one in self.drafts if one != draft)
            self.drafts_changed.emit()

        self.write(work, done)

    def change(self, ref: RecordRef, field: str, value: FieldValue, unread: str = "") -> None:
        """Store one field; the record in memory changes at once."""
        edit = Edit(ref, field, value, unread)
        record = self.data.record(ref) if self.data else None
        if record is not None:
            self._take(edit.applied_to(record))
        self._edits.add(edit)

    def write(
        self, work: Callable[[], Record | None], then: Callable[[Record | None], None] | None = None
    ) -> None:
        """Do another write; the record it returns is taken in, then ``then`` is called with it."""

        def done(record: Record | None) -> None:
            if record is not None:
                self._take(record)
            if then is not None:
                then(record)

        self._edits.run(work, done)

    def delete(self, ref: RecordRef, then: Callable[[], None]) -> None:
        """Put a record into the ごみ箱."""
        recording = self.services.recording

        def work() -> Record | None:
            recording.delete(ref)
            return None

        def done(_: Record | None) -> None:
            record = self.data.record(ref) if self.data else None
            if record is not None and not isinstance(record, ItemStatus):
                self._take(replace(record, deleted_at=self.services.context.now()))
            then()

        self._edits.run(work, done)

    def restore(self, ref: RecordRef, then: Callable[[Record | None], None] | None = None) -> None:
        """Take a record out of the ごみ箱."""
        self.write(lambda: self.services.recording.restore(ref), then)

    def begin_outside(self) -> None:
        """A long write begins beside the ordered ones (photos); `take_in` or `end_outside` ends it."""
        self.saving.emit()

    def take_in(self, *records: Record) -> None:
        """Take in what a long write stored."""
        for record in records:
            self._take(record)
        self.saved.emit(local_time(self.services.context.now()))

    def end_outside(self, error: ShakyoError) -> None:
        """A long write failed."""
        self._not_saved(error)

    def save_draft(self, ref: RecordRef, field: str, text: str) -> None:
        """Keep what is being typed; nobody is told when that fails, the edit itself will say it."""
        self.worker.run(
            lambda: self.services.recording.save_draft(ref, field, text), None, lambda _: None, owner=self
        )

    def reopen(self, reason: str, on_failed: Callable[[ShakyoError], None]) -> None:
        """Let an accepted year be written in again; what was typed meanwhile is stored then."""
        year = self._wanted
        if year is None:
            return

        def done(_: object) -> None:
            if self.data is not None:
                self.data.locked = False
            self.retry()
            self.opened.emit()

        self.worker.run(lambda: self.services.recording.reopen(year, reason), done, on_failed, owner=self)

    def mark_done(self, requests: Sequence[CorrectionRequest], done: bool, then: Callable[[], None]) -> None:
        """Tick off what the office asked, or take the tick back."""
        replies = self.services.replies

        def work() -> None:
            for request in requests:
                replies.mark_done(request.id, done)

        def marked(_: None) -> None:
            data = self.data
            if data is not None:
                data.set_requests(requests, open_=not done)
                for request in requests:
                    record = data.record(request.ref)
                    key = data.item_key(record) if record is not None else None
                    if key is not None:
                        self.item_changed.emit(key)
            then()

        self.worker.run(work, marked, self.failed.emit, owner=self)

    def retry(self) -> None:
        """Try once more to store what could not be stored."""
        self._edits.retry()

    def has_failed(self) -> bool:
        """Return whether something could not be stored."""
        return self._edits.has_failed()

    def has_unsaved(self) -> bool:
        """Return whether something that was typed is not stored (yet)."""
        return bool(self._edits.waiting())

    def _not_saved(self, error: ShakyoError) -> None:
        self.save_failed.emit(error)
        if isinstance(error, NotReady) and error.code == LOCKED:
            self.typed_while_locked.emit()
