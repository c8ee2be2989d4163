"""元に戻す over all that a page shows: the newest change that stands is taken back, of any record."""

from collections.abc import Iterable
from dataclasses import dataclass

from shakyo_desktop.domain.records import Change, Record, RecordRef
from shakyo_desktop.services.field_states import CREATED
from shakyo_desktop.services.recording import RecordingService


@dataclass(frozen=True, slots=True)
class Undone:
    """The change that was taken back, and the record as it is now."""

    change: Change
    record: Record


def undo_newest(recording: RecordingService, refs: Iterable[RecordRef]) -> Undone | None:
    """Take back the newest change of these records; None when none is left."""
    rows = [row for ref in refs for row in recording.history(ref)]
    taken_back = {row.undoes for row in rows if row.undoes is not None}
    standing = [
        row for row in rows if row.field != CREATED and row.undoes is None and row.id not in taken_back
    ]
    if not standing:
        return None
    newest = max(standing, key=lambda row: row.id)
    record = recording.undo(newest.ref)
    return Undone(newest, record) if record is not None else None
