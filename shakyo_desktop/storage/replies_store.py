"""Replies with their requests and receipts, as made by an office or received by a district."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select, update

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.submission import CorrectionRequest, Reply
from shakyo_desktop.storage import exchange_tables as tables
from shakyo_desktop.storage.blobs_store import BlobsStore
from shakyo_desktop.storage.codec import Codec, moment_text, to_json_text
from shakyo_desktop.storage.upserts import count_up

_REQUESTS = Codec(CorrectionRequest, tables.requests)
_REPLIES = Codec(Reply, tables.replies, without=["requests"])


@dataclass(frozen=True, slots=True)
class SharedLines:
    """The good practices of one answer; times are UTC text, ``written_at`` None until it was handed over."""

    answer_id: str
    org: str
    created_at: str
    written_at: str | None
    lines: tuple[dict[str, Any], ...]


class RepliesStore:
    """Replies with their requests, as sent by an office or received by a district."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs = BlobsStore(connection)

    def add(
        self,
        reply: Reply,
        sealed: bytes | None = None,
        shared_practices: Sequence[dict[str, Any]] = (),
        file_name: str = "",
    ) -> None:
        """Keep a new reply with its requests.

        Args:
            reply: its requests keep their order.
            sealed: the file to hand over, so that the same one can be written again.
            shared_practices: the answer's lines of that table, JSON-ready.
            file_name: the file's name on the stick.
        """
        row = _REPLIES.row(
            reply,
            sealed=None if sealed is None else self._blobs.add(sealed),
            shared_practices=to_json_text(list(shared_practices)),
            file_name=file_name,
            written_at=None,
        )
        self._connection.execute(tables.replies.insert(), row)
        rows = [
            _REQUESTS.row(request, answer_id=reply.answer_id, position=position)
            for position, request in enumerate(reply.requests)
        ]
        if rows:
            self._connection.execute(tables.requests.insert(), rows)

    def find(self, answer_id: str) -> Reply | None:
        """One reply, or None."""
        return next(iter(self._read(_REPLIES.select().filter_by(answer_id=answer_id))), None)

    def of_package(self, package_id: str) -> Reply | None:
        """The newest reply to a submission, or None."""
        return next(iter(self._read(_REPLIES.select().filter_by(package_id=package_id))), None)

    def all(self, org: str | None = None, package_ids: Iterable[str] | None = None) -> tuple[Reply, ...]:
        """Replies, newest first: all, to one district, or to some submissions."""
        statement = _REPLIES.select()
        if org is not None:
            statement = statement.filter_by(org=org)
        if package_ids is not None:
            statement = statement.where(tables.replies.c.package_id.in_(list(package_ids)))
        return self._read(statement)

    def _read(self, statement: Select[Any]) -> tuple[Reply, ...]:
        columns = tables.replies.c
        ordered = statement.order_by(columns.created_at.desc(), columns.answer_id.desc())
        rows = list(self._connection.execute(ordered))
        requests = self._requests([row.answer_id for row in rows])
        return tuple(_REPLIES.read(row, requests=tuple(requests[row.answer_id])) for row in rows)

    def _requests(self, answer_ids: list[str]) -> dict[str, list[CorrectionRequest]]:
        columns = tables.requests.c
        statement = _REQUESTS.select().add_columns(columns.answer_id)
        statement = statement.where(columns.answer_id.in_(answer_ids))
        found: dict[str, list[CorrectionRequest]] = defaultdict(list)
        for row in self._connection.execute(statement.order_by(columns.answer_id, columns.position)):
            found[row[-1]].append(_REQUESTS.read(row[:-1]))
        return found

    def set_done(self, request_id: str, done: bool) -> None:
        """Keep the district's own tick on a request.

        Raises:
            NotFound: there is no such request.
        """
        table = tables.requests
        statement = update(table).where(table.c.id == request_id).values(done=done)
        if self._connection.execute(statement).rowcount == 0:
            raise NotFound.of("その確認のお願い")

    def sealed(self, answer_id: str) -> bytes:
        """The file of a reply, the same bytes every time.

        Raises:
            NotFound: it was not kept.
        """
        columns = tables.replies.c
        name = self._connection.scalar(select(columns.sealed).where(columns.answer_id == answer_id))
        if name is None:
            raise NotFound.of("返事のファイル")
        return self._blobs.get(name)

    def set_written(self, answer_id: str, at: datetime | None) -> None:
        """Note when the file was last written to a stick or folder; None: not yet."""
        self._update(answer_id, written_at=None if at is None else moment_text(at))

    def _update(self, answer_id: str, **values: Any) -> None:
        table = tables.replies
        self._connection.execute(update(table).where(table.c.answer_id == answer_id).values(**values))

    def files(self) -> dict[str, tuple[str, str | None]]:
        """By answer_id: the file's name, and when it was last written (UTC text) or None."""
        columns = tables.replies.c
        rows = self._connection.execute(select(columns.answer_id, columns.file_name, columns.written_at))
        return {row.answer_id: (row.file_name, row.written_at) for row in rows}

    def set_shared_practices(self, answer_id: str, shared: Sequence[dict[str, Any]]) -> None:
        """Note which good practices an answer carries, when it is signed."""
        self._update(answer_id, shared_practices=to_json_text(list(shared)))

    def shared_practices(self, answer_id: str) -> tuple[dict[str, Any], ...]:
        """The good practices of other districts that go, or came, with an answer."""
        columns = tables.replies.c
        text = self._connection.scalar(select(columns.shared_practices).where(columns.answer_id == answer_id))
        return tuple(json.loads(text)) if text else ()

    def every_shared(self, org: str | None = None) -> tuple[SharedLines, ...]:
        """What every answer carries, the oldest first, in one statement."""
        columns = tables.replies.c
        statement = select(
            columns.answer_id, columns.org, columns.created_at, columns.written_at, columns.shared_practices
        ).order_by(columns.created_at, columns.answer_id)
        if org is not None:
            statement = statement.where(columns.org == org)
        return tuple(
            SharedLines(
                row.answer_id, row.org, row.created_at, row.written_at, tuple(json.loads(row[4] or "[]"))
            )
            for row in self._connection.execute(statement)
        )

    def next_receipt_number(self, office: str, fiscal_year: int) -> int:
        """Count a receipt: 1, 2, 3 … per office and fiscal year, no number twice once it is committed."""
        return count_up(
            self._connection, tables.receipt_numbers, "last", office=office, fiscal_year=fiscal_year
        )
