"""Encrypted connections: SQLite through SQLCipher, opened with the store's raw key.

Outside this program: `PRAGMA key = "x'<64 hex digits>'"; PRAGMA cipher_page_size = 8192;`.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

KEY_BYTES = 32
PAGE_SIZE = 8192  # photos go in twice as fast as with 4096, a field's commit costs the same
READ_CACHE_KIB = 16_000
WRITE_CACHE_KIB = 4_000  # a file's rows go in as fast with it as with four times as much, which stayed in use
BUSY_SECONDS = 10
WAIT_SECONDS = 120  # how long a field's commit may wait for a long import


def connect(path: Path, key: bytes, *, create: bool = False, read_only: bool = False) -> Any:
    """Open one DBAPI connection that commits durably; transactions are begun explicitly.

    Args:
        path: the database file.
        key: the 32 bytes of the store key.
        create: make the file when it is not there.
        read_only: refuse every change on this connection.

    Raises:
        sqlcipher3.Error: as it comes; see ``failures.translated``.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a store key has 32 bytes")
    mode = "rwc" if create else "rw"
    connection = dbapi2.connect(
        f"{uri_of(path.absolute())}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        for pragma in _pragmas(key, read_only):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except dbapi2.Error:
        connection.close()
        raise
    return connection


def uri_of(path: PurePath) -> str:
    """An absolute path as SQLite's URI, which takes no server name of a Windows share as authority."""
    posix = path.as_posix()
    return "file://" + quote(os.fsencode(posix if posix.startswith("/") else f"/{posix}"), safe="/:")


def met_damage(connection: Any) -> bool:
    """Whether this connection met a page that fails its seal; it answers nothing more then.

    The library hands an overflow page that fails out as zeros and complains only about the next page, so that
    the end of a long value would be wrong without a word. Asking costs 15 µs.
    """
    return bool(connection.execute("PRAGMA cipher_status").fetchone()[0] != "1")


def salvaging_pragmas(key: bytes) -> list[str]:
    """How a damaged file is opened: nothing that reads it yet, and what is readable of its schema counts."""
    return [*_opening(key), "writable_schema = ON", "query_only = ON"]


def salted(key: bytes, salt: bytes) -> list[str]:
    """How a file is made that has another file's salt, and so can hold its pages."""
    return _opening(key + salt)


def _opening(key: bytes) -> list[str]:
    return [
        "cipher_log_level = NONE",
        # Also counts for the copy that VACUUM INTO makes.
        f"cipher_default_page_size = {PAGE_SIZE}",
        f"key = \"x'{key.hex()}'\"",
        *("cipher_memory_security = OFF", "temp_store = MEMORY", "trusted_schema = OFF"),
    ]


def _pragmas(key: bytes, read_only: bool) -> list[str]:
    durable = [
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = FAST",
        "journal_size_limit = 67108864",
        f"cache_size = -{READ_CACHE_KIB if read_only else WRITE_CACHE_KIB}",
    ]
    return [*_opening(key), *durable, *(["query_only = ON"] if read_only else [])]


@contextmanager
def single(path: Path, key: bytes, *, create: bool = False) -> Iterator[Any]:
    """One connection for one piece of work outside the pools, closed at the end."""
    with closing(connect(path, key, create=create)) as connection:
        yield connection


def make_engine(path: Path, key: bytes, *, read_only: bool) -> Engine:
    """The pool of one writing connection, which is the writers' queue, or of the reading ones."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=QueuePool,
        pool_size=4 if read_only else 1,
        max_overflow=12 if read_only else 0,
        pool_timeout=WAIT_SECONDS,
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
