"""Text that was typed and not yet committed, so that a crash loses nothing."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from shakyo_desktop.domain.keeping import Draft
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.storage.codec import moment_text, read_moment
from shakyo_desktop.storage.tables import drafts
from shakyo_desktop.storage.upserts import put


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
        columns = drafts.c
        self._connection.execute(
            delete(drafts).where(
                columns.table == ref.table, columns.record_id == ref.id, columns.field == field
            )
        )

    def all(self) -> tuple[Draft, ...]:
        """Every draft, oldest first."""
        columns = drafts.c
        statement = select(drafts).order_by(columns.at, columns.table, columns.record_id, columns.field)
        return tuple(
            Draft(RecordRef(row.table, row.record_id), row.field, row.text, read_moment(row.at))
            for row in self._connection.execute(statement)
        )
