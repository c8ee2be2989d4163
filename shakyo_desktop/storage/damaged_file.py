"""Reading a store's file of which pages are damaged: whatever still passes its seal, row by row.

SQLCipher seals every page. A connection that met a page whose seal does not fit answers nothing more, so it
is opened anew after each; what cannot be read is passed over and counted. The file itself is never written:
give a copy of it (``copy_pages``).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlcipher3 import dbapi2

from shakyo_desktop.storage.connection import PAGE_SIZE, met_damage, salvaging_pragmas, uri_of

_DAMAGE = (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_IOERR)
_LAST = 2**62
_IN_A_ROW = 200  # rows that fail one after the other before the search takes longer steps

Row = tuple[Any, ...]


class Unreadable(Exception):
    """This cannot be read any more; everything else may be."""


@dataclass(slots=True)
class RowNumbers:
    """The rows of a table by their numbers; primary keys as far as they are known.

    ``marks`` are what an index tells of a row beside its number, the values of ``mark_columns``;
    ``complete``: nothing hides further rows.
    """

    numbers: set[int] = field(default_factory=set)
    keys: dict[int, Row] = field(default_factory=dict)
    marks: dict[int, Row] = field(default_factory=dict)
    mark_columns: list[str] = field(default_factory=list)
    complete: bool = False


def copy_pages(source: Path, target: Path, stop: Callable[[], None] = lambda: None) -> int:
    """Copy a file piece by piece and return how many pieces the disk no longer gives back.

    Those are zeros in the copy, whose seal does not fit: they are lost as a damaged page is.

    Raises:
        OSError: the copy cannot be written.
    """
    lost = 0
    with source.open("rb", buffering=0) as file, target.open("xb") as out:
        size = file.seek(0, 2)
        for start in range(0, size, PAGE_SIZE):
            if start % (PAGE_SIZE << 7) == 0:
                stop()
            try:
                file.seek(start)
                data = file.read(PAGE_SIZE)
            except OSError:
                data, lost = b"", lost + 1
            out.write(data.ljust(min(PAGE_SIZE, size - start), b"\0"))
    return lost


class DamagedFile:
    """One damaged database, read as far as it goes."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._connection: Any = None

    @property
    def path(self) -> Path:
        """The file that is read."""
        return self._path

    @property
    def key(self) -> bytes:
        """The key of its pages."""
        return self._key

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._forget_connection()

    def read(self, statement: str, values: tuple[Any, ...] = ()) -> list[Row]:
        """All rows of a statement.

        Raises:
            Unreadable: a page that it needs is damaged.
        """
        return list(self.rows(statement, values))

    def rows(self, statement: str, values: tuple[Any, ...] = ()) -> Iterator[Row]:
        """The rows of a statement, one by one.

        Raises:
            Unreadable: a page that the next row needs is damaged.
        """
        try:
            yield from self._connected().execute(statement, values)
            met = met_damage(self._connected())
        except dbapi2.DatabaseError as error:
            if self._connection is None or met_damage(self._connection):
                self._forget_connection()
            if error.sqlite_errorcode & 0xFF in _DAMAGE or "no such table" in str(error):
                raise Unreadable from error  # where its name is told is damaged too
            raise
        if met:
            self._forget_connection()
            raise Unreadable

    def statements(self) -> dict[str, str]:
        """The statements that made tables and indexes, by name, in their order; as far as readable."""
        found: dict[str, str] = {}
        with suppress(Unreadable):
            for name, sql in self.rows(
                "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
            ):
                found[name] = sql
        return found

    def tables(self) -> list[str]:
        """The names of the tables that the file knows, without those made of others."""
        names = []
        with suppress(Unreadable):
            for (name,) in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid"):
                names.append(str(name))
        return [name for name in names if not name.startswith(("sqlite_", "search_"))]

    def columns(self, table: str) -> list[tuple[str, int]]:
        """Name and place in the primary key (0: none) of each column."""
        return [(str(row[1]), int(row[5])) for row in self.read(f'PRAGMA table_info("{table}")')]

    def row_numbers(self, table: str) -> "RowNumbers":
        """Every row's number that the table or any of its indexes still tells.

        An index tells of rows whose own page is lost; so it is known what is missing.
        """
        found = RowNumbers()
        found.complete = self._scan(table, found.numbers)
        key_columns = [name for name, place in self._columns_of(table) if place]
        indexes = self._indexes(table)
        counted = not any(origin == "pk" for _, origin in indexes)
        for index, origin in indexes:
            columns = key_columns if origin == "pk" else self._index_columns(index, key_columns)
            try:
                marks = {}
                for number, *values in self.rows(
                    f'SELECT rowid, {_listed(columns)} FROM "{table}" INDEXED BY "{index}"'
                ):
                    marks[number] = tuple(values)
                    found.numbers.add(number)
                found.complete = True
            except (Unreadable, dbapi2.OperationalError):  # an index of some rows has no such statement
                found.numbers.update(marks)
                continue
            if origin == "pk" or (counted and not found.marks):
                found.marks, found.mark_columns = marks, columns
        found.keys = {number: (number,) for number in found.numbers} if counted else found.marks
        return found

    def fetch(self, table: str, columns: list[str], numbers: list[int]) -> Iterator[tuple[int, Row | None]]:
        """Each row by its number, None where it is lost; ``numbers`` ascending."""
        listed = ", ".join(f'"{name}"' for name in columns)
        statement = f'SELECT {listed} FROM "{table}" NOT INDEXED WHERE rowid = ?'
        at = failures = 0
        while at < len(numbers):
            row = self._one(statement, numbers[at])
            failures = failures + 1 if row is None else 0
            yield numbers[at], row
            at += 1
            if failures >= _IN_A_ROW:
                end = self._next_readable(
                    lambda place: self._one(statement, numbers[place]), at, len(numbers)
                )
                yield from ((number, None) for number in numbers[at:end])
                at, failures = end, 0

    def _one(self, statement: str, number: int) -> Row | None:
        with suppress(Unreadable):
            return next(iter(self.read(statement, (number,))), None)
        return None

    def _scan(self, table: str, numbers: set[int]) -> bool:
        """Gather the numbers of the rows that the table itself tells; False when damage was passed over."""
        start, complete = -_LAST, True
        statement = f'SELECT rowid FROM "{table}" NOT INDEXED WHERE rowid >= ? ORDER BY rowid'

        def readable(number: int) -> bool | None:
            try:
                self.read(statement + " LIMIT 1", (number,))
            except Unreadable:
                return None
            return True

        while start < _LAST:
            try:
                for (number,) in self.rows(statement, (start,)):
                    start = number + 1
                    numbers.add(number)
                break
            except Unreadable:
                complete = False
                start = self._next_readable(readable, max(start + 1, 1), _LAST)
        return complete

    @staticmethod
    def _next_readable(readable: Callable[[int], object], start: int, end: int) -> int:
        """The first place from ``start`` on that can be read again: by growing steps, then between two."""
        step, low = 1, start - 1
        while (high := start - 1 + step) < end and readable(high) is None:
            low, step = high, 2 * step
        if high >= end:
            return end
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if readable(middle) is None else (low, middle)
        return high

    def _indexes(self, table: str) -> list[tuple[str, str]]:
        with suppress(Unreadable):
            return [(str(row[1]), str(row[3])) for row in self.read(f'PRAGMA index_list("{table}")')]
        return []

    def _index_columns(self, index: str, key_columns: list[str]) -> list[str]:
        """The columns of an index, without the number of the row that may be among them."""
        with suppress(Unreadable):
            names = [str(row[2]) for row in self.read(f'PRAGMA index_info("{index}")')]
            return [name for name in names if name not in key_columns]
        return []

    def _columns_of(self, table: str) -> list[tuple[str, int]]:
        with suppress(Unreadable):
            return self.columns(table)
        return []

    def _connected(self) -> Any:
        if self._connection is None:
            self._connection = dbapi2.connect(
                f"{uri_of(self._path.absolute())}?mode=rw",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )
            for pragma in salvaging_pragmas(self._key):
                self._connection.execute(f"PRAGMA {pragma}").fetchall()
        return self._connection

    def _forget_connection(self) -> None:
        if self._connection is not None:
            with suppress(dbapi2.Error):
                self._connection.close()
            self._connection = None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names) or "1"
