"""Text that was typed and not yet committed, so that a crash loses nothing."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from shakyo_desktop.domain.keeping import Draft
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.storage.codec import moment_text, read_moment
from shakyo_desktop.storage.tables import drafts
from shakyo_desktop.storage.upserts import put

_DISCARD = delete(drafts).where(
    drafts.c.table == bindparam("this_table"),
    drafts.c.record_id == bindparam("this_record"),
    drafts.c.field == bindparam("this_field"),
)


class DraftsStore:
    """At most one draft per field."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, ref: RecordRef, field: str, text: str, at: datetime) -> None:
        """Keep the text of a field in place of an earlier draft."""
        row = {"table": ref.table, "record_id": ref.id, "field": field, "text": text, "at": moment_text(at)}
        put(self._connection, drafts, row)

    def discard(self, ref: RecordRef, field: str) -> None:
        """Forget the draft of a field; nothing happens when there is none."""
        this = {"this_table": ref.table, "this_record": ref.id, "this_field": field}
        self._connection.execute(_DISCARD, this)

    def all(self) -> tuple[Draft, ...]:
        """Every draft, oldest first."""
        columns = drafts.c
        statement = select(drafts).order_by(columns.at, columns.table, columns.record_id, columns.field)
        return tuple(
            Draft(RecordRef(row.table, row.record_id), row.field, row.text, read_moment(row.at))
            for row in self._connection.execute(statement)
        )
