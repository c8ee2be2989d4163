"""Comments and marks of an office while it reads a submission; a reply is made from them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Column, Connection, delete, func, select

from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.domain.review_steps import ReviewStep
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.storage import exchange_tables as tables
from shakyo_desktop.storage.codec import Codec, moment_text
from shakyo_desktop.storage.upserts import add_missing, put

_COMMENTS = Codec(CorrectionRequest, tables.review_comments)
_STEPS = Codec(ReviewStep, tables.review_steps)


class ReviewStore:
    """Comments (requests that are not sent yet), marks of what was looked at, and the steps of a review."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save_comment(self, comment: CorrectionRequest, by: str, at: datetime) -> None:
        """Add a comment or change the one with the same id."""
        row = _COMMENTS.row(comment, by=by, at=moment_text(at))
        put(self._connection, tables.review_comments, row)

    def remove_comment(self, comment_id: str) -> None:
        """Remove a comment; nothing happens when there is none."""
        table = tables.review_comments
        self._connection.execute(delete(table).where(table.c.id == comment_id))

    def comments(self, package_id: str) -> tuple[CorrectionRequest, ...]:
        """The comments on a submission, oldest first."""
        columns = tables.review_comments.c
        statement = _COMMENTS.select().where(columns.package_id == package_id)
        return _COMMENTS.read_all(self._connection.execute(statement.order_by(columns.at, columns.id)))

    def find_comment(self, comment_id: str) -> CorrectionRequest | None:
        """One comment, or None."""
        row = self._connection.execute(_COMMENTS.select().filter_by(id=comment_id)).first()
        return None if row is None else _COMMENTS.read(row)

    def mark(self, package_id: str, ref: RecordRef, by: str, at: datetime) -> None:
        """Note that a person has looked at a record of a submission; the first time stays."""
        row = {"package_id": package_id, "table": ref.table, "record_id": ref.id}
        add_missing(self._connection, tables.review_marks, [{**row, "by": by, "at": moment_text(at)}])

    def marks(self, package_id: str) -> frozenset[RecordRef]:
        """The records of a submission that a person has looked at."""
        columns = tables.review_marks.c
        statement = select(columns.table, columns.record_id).where(columns.package_id == package_id)
        return frozenset(RecordRef(*row) for row in self._connection.execute(statement))

    def add_step(self, step: ReviewStep) -> None:
        """Keep a line of a report's life."""
        row = _STEPS.row(step)
        del row["id"]
        self._connection.execute(tables.review_steps.insert(), row)

    def steps(self, package_ids: Iterable[str]) -> dict[str, list[ReviewStep]]:
        """The steps of these revisions, oldest first, in one statement; by package_id."""
        columns = tables.review_steps.c
        statement = _STEPS.select().where(columns.package_id.in_(list(package_ids))).order_by(columns.id)
        found: dict[str, list[ReviewStep]] = defaultdict(list)
        for one in _STEPS.read_all(self._connection.execute(statement)):
            found[one.package_id].append(one)
        return found

    def comment_counts(self, package_ids: Iterable[str]) -> dict[str, int]:
        """How many requests were written about these revisions, in one statement."""
        return self._counts(tables.review_comments.c.package_id, package_ids)

    def mark_counts(self, package_ids: Iterable[str]) -> dict[str, int]:
        """How many records of these revisions a person has looked at, in one statement."""
        return self._counts(tables.review_marks.c.package_id, package_ids)

    def _counts(self, column: Column[str], package_ids: Iterable[str]) -> dict[str, int]:
        statement = select(column, func.count()).where(column.in_(list(package_ids))).group_by(column)
        return {row[0]: row[1] for row in self._connection.execute(statement)}
