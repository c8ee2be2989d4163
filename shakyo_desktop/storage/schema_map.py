"""Where each table of a store begins, kept beside it: without its first page a file tells that no more.

The map is a small encrypted database of its own, with the store's salt. With it a head is made anew in front
of the damaged file's other pages, which their own seals still prove. Whatever rebuilds the file (VACUUM, a
migration) moves the beginnings, so the map is kept again after it.
"""

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from shakyo_desktop.storage.connection import PAGE_SIZE, salted, single, uri_of
from shakyo_desktop.storage.files import replace_file

MAP_FILE = "store.map"
SALT = 16  # bytes at the beginning of the file, which SQLCipher leaves in the open
_SCHEMA = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE rootpage > 0 ORDER BY rowid"

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SchemaMap:
    """The salt of a store and the rows of its schema that name a page."""

    salt: bytes
    rows: tuple[Row, ...]


def keep(path: Path, key: bytes) -> None:
    """Keep the map of a sound store that is open; nothing is written when it is known.

    Raises:
        OSError, sqlcipher3.Error: it could not be kept; the store is as it was.
    """
    target = path.with_name(MAP_FILE)
    with path.open("rb") as file:
        salt = file.read(SALT)
    with single(path, key) as connection:
        now = SchemaMap(salt, tuple(connection.execute(_SCHEMA)))
    if read(path, key) == now:
        return
    part = target.with_name(f"{MAP_FILE}.part")
    part.unlink(missing_ok=True)
    try:
        part.touch(mode=0o600)
        with single(part, key, create=True) as connection:
            connection.execute("CREATE TABLE salt (salt BLOB)")
            connection.execute("CREATE TABLE schema_rows (type, name, tbl_name, rootpage, sql)")
            connection.execute("INSERT INTO salt VALUES (?)", (salt,))
            connection.executemany("INSERT INTO schema_rows VALUES (?, ?, ?, ?, ?)", now.rows)
        replace_file(part, target)
    finally:
        for name in (part.name, f"{part.name}-wal", f"{part.name}-shm"):
            part.with_name(name).unlink(missing_ok=True)


def forget(path: Path) -> None:
    """Take the map away before the file is rebuilt.

    Raises:
        OSError: it cannot be taken away.
    """
    path.with_name(MAP_FILE).unlink(missing_ok=True)


def read(path: Path, key: bytes) -> SchemaMap | None:
    """The map beside a store; None when there is none, or none of this key."""
    target = path.with_name(MAP_FILE)
    with suppress(dbapi2.Error, OSError):
        if target.is_file():
            with single(target, key) as connection:
                [(salt,)] = connection.execute("SELECT salt FROM salt")
                rows = connection.execute("SELECT type, name, tbl_name, rootpage, sql FROM schema_rows")
                return SchemaMap(bytes(salt), tuple(rows))
    return None


def make_head(
    damaged: Path, target: Path, key: bytes, known: SchemaMap, stop: Callable[[], None] = lambda: None
) -> None:
    """Write a file whose head is made of the map and whose other pages are those of the damaged one.

    First it is filled up to the damaged file's size, so that the pages of the new schema lie behind it.

    Raises:
        OSError, sqlcipher3.Error: there is no room.
    """
    pages = damaged.stat().st_size // PAGE_SIZE
    target.touch(mode=0o600)
    with closing(
        dbapi2.connect(f"{uri_of(target.absolute())}?mode=rw", uri=True, isolation_level=None)
    ) as new:
        for pragma in salted(key, known.salt):
            new.execute(f"PRAGMA {pragma}").fetchall()
        new.execute("CREATE TABLE filler (data BLOB)")
        new.execute("INSERT INTO filler VALUES (zeroblob(?))", (pages * PAGE_SIZE,))
        new.execute("PRAGMA writable_schema = ON")
        new.execute("BEGIN")
        new.execute("DELETE FROM sqlite_schema")
        new.executemany(
            "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)",
            [row for row in known.rows if not str(row[2]).startswith("search_")],
        )
        new.execute("COMMIT")
    with damaged.open("rb") as source, target.open("r+b") as out:
        source.seek(PAGE_SIZE)
        out.seek(PAGE_SIZE)
        for page in range(1, pages):
            if page % 128 == 0:
                stop()
            out.write(source.read(PAGE_SIZE))
