"""Edits on their way to the store: applied on the screen at once, never lost when saving fails.

Every edit waits here until the store has it. What a reply brings is shown with the edits laid over it that
are still under way, so that a late reply never takes back what somebody typed meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.errors import NotFound, ShakyoError
from shakyo_desktop.domain.field_values import ref_of, with_field
from shakyo_desktop.domain.records import FieldValue, Record, RecordRef
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.services.field_states import with_carried_over
from shakyo_desktop.services.recording import RecordingService

LOCKED = "locked"


@dataclass(eq=False, slots=True)
class Edit:
    """One field as somebody left it; ``failed`` until it is sent once more."""

    ref: RecordRef
    field: str
    value: FieldValue
    unread: str
    failed: bool = False

    def applied_to(self, record: Record) -> Record:
        """Return the record as it will be when this is stored."""
        after = with_field(record, self.field, self.value, unread=self.unread)
        return with_carried_over(after, self.field, False)


class Edits(QObject):
    """Sends edits one after the other and keeps those that could not be stored.

    Signals:
        saving: one more edit is under way.
        stored: a record as the store has it, with the edits after it laid over.
        saved: an edit was stored.
        failed: the error; the edit stays here.
    """

    saving = Signal()
    stored = Signal(object)
    saved = Signal()
    failed = Signal(object)

    def __init__(
        self, recording: RecordingService, worker: BackgroundWorker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._recording = recording
        self._worker = worker
        self._waiting: list[Edit] = []

    def add(self, edit: Edit) -> None:
        """Send an edit; an earlier one of the same field that failed is no longer wanted."""
        self._waiting = [
            one
            for one in self._waiting
            if not (one.failed and (one.ref, one.field) == (edit.ref, edit.field))
        ]
        self._waiting.append(edit)
        self._send(edit)

    def run(self, work: Callable[[], Record | None], on_done: Callable[[Record | None], None]) -> None:
        """Do another write after the edits before it; its record comes back through ``on_done``."""

        def done(record: Record | None) -> None:
            on_done(self.over(record) if record is not None else None)
            self._went_well()

        self.saving.emit()
        self._worker.run(work, done, self.failed.emit, owner=self)

    def over(self, record: Record) -> Record:
        """Return a record with the edits of it laid over that are not stored yet."""
        for edit in self._waiting:
            if edit.ref == ref_of(record):
                record = edit.applied_to(record)
        return record

    def waiting(self) -> tuple[Edit, ...]:
        """Return what is not stored yet."""
        return tuple(self._waiting)

    def has_failed(self) -> bool:
        """Return whether something could not be stored."""
        return any(edit.failed for edit in self._waiting)

    def retry(self) -> None:
        """Send everything once more that could not be stored, in the order it was written."""
        for edit in self._waiting:
            if edit.failed:
                edit.failed = False
                self._send(edit)

    def _send(self, edit: Edit) -> None:
        self.saving.emit()
        self._worker.run(
            lambda: self._recording.change(edit.ref, edit.field, edit.value, edit.unread),
            lambda record: self._stored(edit, record),
            lambda error: self._failed(edit, error),
            owner=self,
        )

    def _stored(self, edit: Edit, record: Record) -> None:
        self._waiting.remove(edit)
        self.stored.emit(self.over(record))
        self._went_well()

    def _went_well(self) -> None:
        """Saving works: what could not be stored before is sent once more."""
        self.saved.emit()
        self.retry()

    def _failed(self, edit: Edit, error: ShakyoError) -> None:
        if isinstance(error, NotFound):  # the record is gone for good: nowhere to write it
            self._waiting.remove(edit)
        else:
            edit.failed = True
        self.failed.emit(error)
