"""The one way records change: the record and one row of its history, in the same commit."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.field_values import ref_of, with_field
from shakyo_desktop.domain.records import Record, RecordRef
from shakyo_desktop.services.field_states import CREATED, DELETED, state_of, with_state
from shakyo_desktop.storage.stores import Stores

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Journal:
    """Writes records and their history inside one transaction; ``who`` and ``now`` stand in every row."""

    stores: Stores
    who: str
    now: datetime

    def create(self, record: Record, source: Source) -> None:
        """Add a record; its first row says who made it and when, and is never undone."""
        self.stores.records.insert(record)
        self._note(ref_of(record), CREATED, None, None, source)

    def change(self, before: R, after: R, field: str, source: Source) -> R:
        """Replace a record of which one field changed; no row when nothing did. The field's draft ends."""
        ref = ref_of(before)
        self.stores.drafts.discard(ref, field)
        if after == before:
            return before
        self.stores.records.replace(after)
        self._note(ref, field, state_of(before, field), state_of(after, field), source)
        return after

    def undo(self, record: R) -> R | None:
        """Take the newest change back that is not taken back yet; None when there is none left."""
        ref = ref_of(record)
        newest = self.stores.history.latest_undoable(ref)
        if newest is None or newest.field == CREATED:
            return None
        after = with_state(record, newest.field, newest.old)
        if after != record:
            self.stores.records.replace(after)
        self._note(ref, newest.field, state_of(record, newest.field), newest.old, Source.UNDO, newest.id)
        return after

    def restore(self, record: R) -> R:
        """Take a record out of the ごみ箱: its deletion is undone, whatever was changed since."""
        after = with_field(record, DELETED, None)
        if after == record:
            return record
        ref = ref_of(record)
        deletions = [row.id for row in self.stores.history.of(ref) if row.field == DELETED and row.new]
        self.stores.records.replace(after)
        old, new = state_of(record, DELETED), state_of(after, DELETED)
        self._note(ref, DELETED, old, new, Source.UNDO, deletions[-1] if deletions else None)
        return after

    def keep_unused(self, record: R, unused: R, field: str, source: Source = Source.DRAFT) -> None:
        """Note a value that was not taken: a change and its undoing, so that it can be found again."""
        ref = ref_of(record)
        state, other = state_of(record, field), state_of(unused, field)
        noted = self._note(ref, field, state, other, source)
        self._note(ref, field, other, state, Source.UNDO, noted)

    def note_choice(self, ref: RecordRef, field: str, lost: object, chosen: object) -> None:
        """Note that of two values one was chosen: the other one is the old value and can be found again."""
        self._note(ref, field, lost, chosen, Source.IMPORT)

    def _note(
        self, ref: RecordRef, field: str, old: object, new: object, source: Source, undoes: int | None = None
    ) -> int:
        return self.stores.history.append(ref, field, old, new, self.who, self.now, source, undoes)
