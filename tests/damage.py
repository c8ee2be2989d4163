"""Breaking files on purpose: a page of a table, of an index, the head, the end."""

from collections.abc import Iterator
from pathlib import Path

from shakyo_desktop.storage.connection import PAGE_SIZE
from shakyo_desktop.storage.damaged_file import DamagedFile, Unreadable

IN_PAGE = 500
SCHEMA = "SELECT count(sql) FROM sqlite_schema"


def flip(path: Path, page: int, at: int = IN_PAGE) -> None:
    """Turn one byte of a page (from 1)."""
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE_SIZE + at)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 0xFF]))


def pages_read_by(path: Path, key: bytes, statement: str) -> list[int]:
    """The pages that only this statement cannot do without, found by damaging each; the file is as before."""
    schema = set(_pages_read_by(path, key, SCHEMA))
    return [page for page in _pages_read_by(path, key, statement) if page not in schema]


def pages_of_the_schema(path: Path, key: bytes) -> list[int]:
    """The pages, but the first, that say where tables and indexes begin."""
    return list(_pages_read_by(path, key, SCHEMA))


def _pages_read_by(path: Path, key: bytes, statement: str) -> Iterator[int]:
    for page in range(2, path.stat().st_size // PAGE_SIZE + 1):
        flip(path, page)
        try:
            with DamagedFile(path, key) as file:
                file.read(statement)
        except Unreadable:
            yield page
        finally:
            flip(path, page)


def root_of(path: Path, key: bytes, name: str) -> int:
    """The page where a table or an index begins."""
    with DamagedFile(path, key) as file:
        [(page,)] = file.read("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,))
    return int(page)
