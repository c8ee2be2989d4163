"""Text that was typed and not yet committed when the program ended: said, and kept both ways."""

from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.field_values import get_field, table_of, with_field
from shakyo_desktop.domain.keeping import Draft
from shakyo_desktop.domain.labels import field_label, show_value
from shakyo_desktop.domain.records import Activity, Photo, Record, RecordRef
from shakyo_desktop.services.desk import Desk
from shakyo_desktop.services.field_states import with_carried_over
from shakyo_desktop.services.typed_text import editable_spec, read_typed


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """A draft beside what is stored; ``old_text`` is the stored value in words, ``new_text`` as typed."""

    ref: RecordRef
    field: str
    label: str
    item_number: int | None
    at: datetime
    old_text: str
    new_text: str


def typed_in(record: Record, field: str, text: str) -> Record:
    """Return the record as if ``text`` had been typed in a field and left there."""
    value, unread = read_typed(editable_spec(table_of(record), field), text, record.fiscal_year)
    return with_field(record, field, value, unread=unread)


def find_drafts(desk: Desk) -> tuple[FoundDraft, ...]:
    """Return the drafts that say something else than what is stored, oldest first."""
    found = (_found(desk, draft) for draft in desk.stores.drafts.all())
    return tuple(draft for draft in found if draft is not None)


def _found(desk: Desk, draft: Draft) -> FoundDraft | None:
    try:
        record = desk.record(draft.ref)
    except NotFound:  # of another organisation, or of a year that was taken back
        return None
    if typed_in(record, draft.field, draft.text) == record:
        return None
    kind = record.kind if isinstance(record, Activity) else None
    number = None if isinstance(record, Photo) else record.item_number
    label = field_label(draft.ref.table, draft.field, kind, item_number=number)
    old = _stored_text(record, draft)
    return FoundDraft(draft.ref, draft.field, label, number, draft.at, old, draft.text)


def _stored_text(record: Record, draft: Draft) -> str:
    unread = "" if isinstance(record, Photo) else record.unread.get(draft.field, "")
    return unread or show_value(draft.ref.table, draft.field, get_field(record, draft.field))


def use_draft(desk: Desk, draft: FoundDraft) -> Record:
    """Store the text that was found; what stood there before stays in the history."""
    record = desk.writable(draft.ref)
    after = typed_in(record, draft.field, draft.new_text)
    changed = desk.journal.change(
        record, with_carried_over(after, draft.field, False), draft.field, Source.DRAFT
    )
    desk.stores.drafts.discard(draft.ref, draft.field)
    return changed


def drop_draft(desk: Desk, draft: FoundDraft) -> None:
    """Leave the record as it is; the text that was found stays in the history."""
    record = desk.record(draft.ref)
    unused = typed_in(record, draft.field, draft.new_text)
    if unused != record:
        desk.journal.keep_unused(record, unused, draft.field)
    desk.stores.drafts.discard(draft.ref, draft.field)
