"""Bytes by their SHA-256: photos, entries of packages, sealed files. The same bytes are kept once."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Connection, Select, bindparam, delete, select, union

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.storage.exchange_tables import metadata
from shakyo_desktop.storage.tables import blobs
from shakyo_desktop.storage.upserts import add_missing

_MANY = 5000  # values in one statement; the database takes many more
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
        add_missing(self._connection, blobs, [{"sha256": sha256, "size": len(data), "data": data}])

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
            raise NotFound("写真またはファイルの中身が見つかりませんでした。")
        return data

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
