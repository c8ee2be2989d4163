"""A new store out of a damaged one: every row that is readable, and what a copy still has of the others.

The damaged file is read only from a copy of it, so that it stays as it is.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from shakyo_desktop.storage import failures, schema, schema_map
from shakyo_desktop.storage.connection import PAGE_SIZE, connect
from shakyo_desktop.storage.damaged_file import DamagedFile, Row, RowNumbers, Unreadable, copy_pages
from shakyo_desktop.storage.database import Database
from shakyo_desktop.storage.files import replace_file
from shakyo_desktop.storage.orphan_rows import orphan_rows

_LOG = "-wal"
_AT_ONCE = 200
_WORTH_A_SEARCH = 2
_OWN_VERSION = "alembic_version"
_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_%' ESCAPE '\\' ORDER BY rowid"
)
"""All but the index of the search, which is made anew of the others."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class TableCount:
    """Of one table: rows that the damaged file tells of, rows saved from it, rows taken from a copy.

    ``known`` is False when the damage hides how many rows there were; ``found`` is then what is saved.
    """

    table: str
    found: int
    saved: int
    from_copy: int = 0
    known: bool = True

    @property
    def lost(self) -> int:
        """Rows that are in neither."""
        return max(0, self.found - self.saved - self.from_copy)


@dataclass(frozen=True, slots=True)
class _Saved:
    """What came out of the damaged file; ``wanted``: the keys of the lost rows, None when nobody knows."""

    count: TableCount
    wanted: frozenset[Row] | None
    is_missing: bool


def salvage(
    damaged: Path,
    key: bytes,
    workshop: Path,
    copy: Path | None = None,
    progress: Progress = lambda table, done, total: None,
    stop: Callable[[], None] = lambda: None,
) -> tuple[Path, tuple[TableCount, ...]]:
    """Make ``workshop``/store.db out of what is readable; the damaged file is only read.

    Args:
        workshop: an empty folder with room for the store twice.
        copy: the file of a sound store with the same key, an older state of this one: what is lost comes
            from there. It is written to: the years that were deleted since are taken out of it first.
        stop: called often; raises what ends the work.

    Raises:
        StoreDamaged: nothing at all is readable.
        NotSaved: there is no room.
    """
    source, target = workshop / "damaged.db", workshop / "store.db"
    try:
        copy_pages(damaged, source, stop)
        log = damaged.with_name(damaged.name + _LOG)
        if log.exists():
            copy_pages(log, source.with_name(source.name + _LOG), stop)
        with DamagedFile(_with_head(source, damaged, key, stop), key) as file:
            counts = _salvaged(file, target, key, copy, progress, stop)
        replace_file(target, target)  # nothing but a sync of the file and its folder
    except OSError as error:
        raise failures.not_writable() from error
    finally:
        for rest in workshop.glob("damaged.db*"):
            with suppress(OSError):
                rest.unlink()
    return target, counts


def _with_head(source: Path, damaged: Path, key: bytes, stop: Callable[[], None]) -> Path:
    """The file to read: with a head made anew when its own tells no more where the tables begin."""
    with DamagedFile(source, key) as file, suppress(Unreadable):
        file.read("SELECT count(sql) FROM sqlite_schema")
        return source
    known = schema_map.read(damaged, key)
    if known is None or source.stat().st_size < 2 * PAGE_SIZE:
        return source
    headed = source.with_name("damaged.db.headed")
    with failures.translated():
        schema_map.make_head(source, headed, key, known, stop)
    return headed


def _salvaged(
    file: DamagedFile,
    target: Path,
    key: bytes,
    copy: Path | None,
    progress: Progress,
    stop: Callable[[], None],
) -> tuple[TableCount, ...]:
    if not file.tables():
        raise failures.damaged()
    with failures.translated():
        _make(file, target, key)
        with closing(connect(target, key)) as connection:
            tables = [str(name) for (name,) in connection.execute(_TABLES)]
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA synchronous = OFF")  # synced as a whole at the end
            saved = []
            for number, table in enumerate(tables):
                progress(table, number, len(tables))
                saved.append(_table(file, connection, table, stop))
            counts = [one.count for one in saved]
            if copy is not None and any(one.is_missing for one in saved):
                _forget_deleted_years(connection, copy, key)
                counts = [_filled(connection, one, key, copy) for one in saved]
            counts = _without_loose_ends(connection, counts)
    return tuple(one for one in counts if one.table != _OWN_VERSION)


def _make(file: DamagedFile, target: Path, key: bytes) -> None:
    """The empty new store: of the same version when the file tells it, to be brought up to date later."""
    version: list[Row] = []
    with suppress(Unreadable):
        version = file.read(f"SELECT version_num FROM {_OWN_VERSION}")
    if not version or version[0][0] == schema.SCHEMA_VERSION:
        schema.create(target, key)
        return
    with closing(connect(target, key, create=True)) as connection:
        for name, statement in file.statements().items():
            if not name.startswith(("search_", "sqlite_")) or statement.startswith("CREATE VIRTUAL"):
                with suppress(dbapi2.OperationalError):  # an index whose table is not readable
                    connection.execute(statement)


def _table(file: DamagedFile, connection: Any, table: str, stop: Callable[[], None]) -> _Saved:
    """Save one table as far as it is readable."""
    ours = _columns(connection, table)
    columns = [name for name in _columns_of(file, table) if name in ours]
    rows = file.row_numbers(table) if columns else RowNumbers()
    if table == _OWN_VERSION and rows.numbers:
        connection.execute(f"DELETE FROM {_OWN_VERSION}")
    lost = _save(file, connection, table, columns, sorted(rows.numbers), stop)
    lost -= _save_orphans(file, connection, table, columns, rows, lost, stop)
    count = TableCount(table, len(rows.numbers), len(rows.numbers) - len(lost), known=rows.complete)
    told = rows.complete and lost <= rows.keys.keys()
    wanted = frozenset(rows.keys[number] for number in lost) if told else None
    return _Saved(count, wanted, is_missing=bool(ours) and (not rows.complete or bool(lost)))


def _forget_deleted_years(connection: Any, copy: Path, key: bytes) -> None:
    """Take out of the copy what was deleted after it was made, so that nothing of it comes back."""
    if not _columns(connection, "deletions"):
        return  # an older store, whose years were never deleted
    notes = connection.execute(
        "SELECT id, fiscal_year, kept_compilations, manifests FROM deletions"
    ).fetchall()
    with Database.open(copy, key) as database, database.transaction() as stores:
        known = {one.id for one in stores.retention.deletions()}
        for name, fiscal_year, kept, manifests in notes:
            if name not in known:
                held = json.loads(manifests)
                stores.retention.take_out(fiscal_year, keep_compilations=bool(kept), held=held)


def _filled(connection: Any, saved: _Saved, key: bytes, copy: Path) -> TableCount:
    """The count of a table after what is missing in it was taken from the copy."""
    if not saved.is_missing:
        return saved.count
    return replace(saved.count, from_copy=_fill(connection, saved.count.table, key, copy, saved.wanted))


def _save(
    file: DamagedFile,
    connection: Any,
    table: str,
    columns: list[str],
    numbers: list[int],
    stop: Callable[[], None],
) -> set[int]:
    """Put every readable row into the new store; return the numbers of the others."""
    lost = set()
    connection.execute("BEGIN")
    for at, (number, row) in enumerate(file.fetch(table, columns, numbers)):
        if row is None or not _insert(connection, table, columns, row):
            lost.add(number)
        if at % _AT_ONCE == 0:
            stop()
    connection.execute("COMMIT")
    return lost


def _save_orphans(
    file: DamagedFile,
    connection: Any,
    table: str,
    columns: list[str],
    rows: RowNumbers,
    lost: set[int],
    stop: Callable[[], None],
) -> set[int]:
    """Save rows whose pages are whole, only that nothing leads to them any more; return their numbers."""
    wanted = {number: rows.marks[number] for number in lost if number in rows.marks}
    if len(wanted) < _WORTH_A_SEARCH or not rows.mark_columns:
        return set()
    found = orphan_rows(file, columns, rows.mark_columns, wanted, stop)
    counted = [] if rows.keys is rows.marks else [name for name, place in file.columns(table) if place]
    connection.execute("BEGIN")
    saved = set()
    for number, row in found.items():
        values = [number if name in counted else value for name, value in zip(columns, row, strict=True)]
        if _insert(connection, table, columns, tuple(values)):
            saved.add(number)
    connection.execute("COMMIT")
    return saved


def _fill(connection: Any, table: str, key: bytes, copy: Path, wanted: frozenset[Row] | None) -> int:
    """Take rows from the copy: those that are lost, or all that are not here when nobody knows which are."""
    filled = 0
    with closing(connect(copy, key, read_only=True)) as source:
        ours, theirs = _columns(connection, table), _columns(source, table)
        columns = [name for name in theirs if name in ours]
        names = [name for name in columns if theirs[name]]
        keyed = " AND ".join(f'"{name}" IS ?' for name in names)
        if not names:
            return 0
        connection.execute("BEGIN")
        for one in source.execute(f'SELECT {_listed(names)} FROM "{table}"'):
            if wanted is not None and one not in wanted:
                continue
            if connection.execute(f'SELECT 1 FROM "{table}" WHERE {keyed}', one).fetchone():
                continue
            row = source.execute(f'SELECT {_listed(columns)} FROM "{table}" WHERE {keyed}', one).fetchone()
            filled += _insert(connection, table, columns, row)
        connection.execute("COMMIT")
    return filled


def _insert(connection: Any, table: str, columns: list[str], row: Row) -> bool:
    places = ", ".join("?" * len(columns))
    statement = f'INSERT OR IGNORE INTO "{table}" ({_listed(columns)}) VALUES ({places})'
    return bool(connection.execute(statement, row).rowcount == 1)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _columns(connection: Any, table: str) -> dict[str, int]:
    """The columns of a table in a sound file, each with its place in the primary key (0: none)."""
    return {str(row[1]): int(row[5]) for row in connection.execute(f'PRAGMA table_info("{table}")')}


def _columns_of(file: DamagedFile, table: str) -> list[str]:
    with suppress(Unreadable):
        return [name for name, _ in file.columns(table)]
    return []


def _without_loose_ends(connection: Any, counts: list[TableCount]) -> list[TableCount]:
    """Take away rows that refer to what is lost (a photo without its picture); an empty reference will do."""
    by_name = {one.table: one for one in counts}
    while loose := connection.execute("PRAGMA foreign_key_check").fetchall():
        for table, number, _, reference in loose:
            column = _referring(connection, table, reference)
            if column is not None:
                connection.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (number,))
                continue
            gone = connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (number,)).rowcount
            one = by_name[table]
            by_name[table] = replace(one, saved=one.saved - gone)
    return list(by_name.values())


def _referring(connection: Any, table: str, reference: int) -> str | None:
    """The column of a reference when it may be empty; None when the row cannot be without it."""
    columns = [
        row[3] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")') if row[0] == reference
    ]
    free = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if not row[3]}
    return str(columns[0]) if len(columns) == 1 and columns[0] in free else None
