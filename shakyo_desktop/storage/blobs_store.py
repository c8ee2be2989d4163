"""Bytes by their SHA-256: photos, entries of packages, sealed files. The same bytes are kept once."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, Select, bindparam, delete, func, select, text, union
from sqlalchemy.dialects.sqlite import insert

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.storage.exchange_tables import metadata
from shakyo_desktop.storage.tables import blobs
from shakyo_desktop.storage.upserts import add_missing

_LARGE = 8 * 2**20
_PIECE = 2**20
_MANY = 5000  # values in one statement; the database takes many more
_ROW = select(text("rowid")).select_from(blobs).where(blobs.c.sha256 == bindparam("wanted"))
_GET = select(blobs.c.data).where(blobs.c.sha256 == bindparam("wanted"))


def _in_parts(names: Iterable[str]) -> Iterable[list[str]]:
    wanted = sorted(set(names))
    return (wanted[start : start + _MANY] for start in range(0, len(wanted), _MANY))


class BlobsStore:
    """Content-addressed bytes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, sha256: str, data: bytes) -> None:
        """Keep bytes under their SHA-256 in hex, which the caller has computed; known ones are left alone."""
        if len(data) > _LARGE and self._connection.dialect.name == "sqlite":
            self._put_large(sha256, data)
            return
        add_missing(self._connection, blobs, [{"sha256": sha256, "size": len(data), "data": data}])

    def _put_large(self, sha256: str, data: bytes) -> None:
        """In pieces: as the value of a statement the bytes would be in memory three times."""
        room = {"sha256": sha256, "size": len(data), "data": func.zeroblob(len(data))}
        made = self._connection.execute(insert(blobs).values(room).on_conflict_do_nothing())
        if made.rowcount != 1:
            return
        with self._opened(sha256, read_only=False) as blob:
            for start in range(0, len(data), _PIECE):
                blob.write(data[start : start + _PIECE])

    @contextmanager
    def _opened(self, sha256: str, *, read_only: bool) -> Iterator[Any]:
        """The driver's handle on the bytes, for reading or writing them in pieces."""
        row = self._connection.scalar(_ROW, {"wanted": sha256})
        if row is None:
            raise _not_kept()
        driver: Any = self._connection.connection.dbapi_connection
        blob = driver.open_blob("blobs", "data", row, read_only)
        try:
            yield blob
        finally:
            blob.close()

    def put_all(self, contents: Iterable[tuple[str, bytes]]) -> None:
        """Keep many, one at a time, so that the caller can hand them in as it reads them."""
        for sha256, data in contents:
            self.put(sha256, data)

    def add(self, data: bytes) -> str:
        """Keep bytes and return their SHA-256 in hex."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.put(sha256, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes.

        Raises:
            NotFound: they are not kept here.
        """
        data: bytes | None = self._connection.scalar(_GET, {"wanted": sha256})
        if data is None:
            raise _not_kept()
        return data

    def get_large(self, sha256: str) -> bytes:
        """The same for a whole file, with one copy in memory and not two.

        Raises:
            NotFound: they are not kept here.
        """
        if self._connection.dialect.name != "sqlite":
            return self.get(sha256)
        with self._opened(sha256, read_only=True) as blob:
            whole = io.BytesIO()
            while piece := blob.read(_PIECE):
                whole.write(piece)
        return whole.getvalue()

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """The sizes in bytes of those that are kept."""
        found: dict[str, int] = {}
        for part in _in_parts(names):
            rows = self._connection.execute(
                select(blobs.c.sha256, blobs.c.size).where(blobs.c.sha256.in_(part))
            )
            found.update((row.sha256, row.size) for row in rows)
        return found

    def missing(self, names: Iterable[str]) -> set[str]:
        """Those that are not kept here."""
        wanted = set(names)
        return wanted - self.sizes(wanted).keys()

    def unreferenced(self) -> set[str]:
        """Those that no record, package or answer refers to any more."""
        statement = select(blobs.c.sha256).where(blobs.c.sha256.not_in(union(*_references())))
        return set(self._connection.scalars(statement))

    def delete(self, names: Iterable[str]) -> None:
        """Remove bytes; the transaction fails when something still refers to them."""
        for part in _in_parts(names):
            self._connection.execute(delete(blobs).where(blobs.c.sha256.in_(part)))

    def delete_unreferenced(self, names: Iterable[str]) -> None:
        """Remove those of these that nothing refers to."""
        for name in names:
            free = [~reference.where(column == name).exists() for column, reference in _referring()]
            self._connection.execute(delete(blobs).where(blobs.c.sha256 == name, *free))


def _not_kept() -> NotFound:
    return NotFound.of("写真またはファイルの中身")


def _referring() -> list[tuple[Column[Any], Select[Any]]]:
    """Every column that names a blob, with a statement that reads it."""
    return [
        (key.parent, select(key.parent))
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column is blobs.c.sha256
    ]


def _references() -> list[Select[Any]]:
    return [statement.where(column.is_not(None)) for column, statement in _referring()]
