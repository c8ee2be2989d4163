"""Looking at a whole store: is it sound, what is in it, a copy of it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection, Table, select

from shakyo_desktop.storage.connection import met_damage, single
from shakyo_desktop.storage.failures import damaged
from shakyo_desktop.storage.paper_tables import metadata


def integrity_problems(path: Path, key: bytes) -> list[str]:
    """Every page's seal, every table's form and columns, every reference; empty when all is well."""
    if seals := seal_problems(path, key):
        return seals  # the other checks would only repeat it, at length
    with single(path, key) as connection:
        form = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        tables = _table_problems(connection)
        references = [
            f"reference: {row[0]} row {row[1]} to {row[2]}"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
    return [f"form: {line}" for line in form if line != "ok"] + tables + references


def _table_problems(connection: Any) -> list[str]:
    """Tables that are not as this program makes them, as in a copy that somebody made by hand."""
    problems = []
    for table in metadata.sorted_tables:
        found = {row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
        if found != set(table.columns.keys()):
            problems.append(f"table: {table.name}")
    foreign = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')")
    return problems + [f"table: {row[0]} is none of ours" for row in foreign]


def seal_problems(path: Path, key: bytes) -> list[str]:
    """Every page whose seal does not fit."""
    with single(path, key) as connection:
        return [f"seal: {row[0]}" for row in connection.execute("PRAGMA cipher_integrity_check")]


def refuse_damaged(path: Path, key: bytes) -> None:
    """Before every page is sealed anew: at a damaged one SQLCipher stops half-way, or says that all is well.

    Raises:
        StoreDamaged: a page fails its seal; nothing was written.
    """
    if seal_problems(path, key):
        raise damaged()


def copy(path: Path, key: bytes, to: Path, *, own_keys: bool = True) -> None:
    """Write a compact copy with the same key to a file that is not there yet.

    Raises:
        StoreDamaged: a page of the store fails its seal; the copy would hold zeros in its place.
    """
    with single(path, key) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))
        if met_damage(connection):
            raise damaged()
    if not own_keys:
        with single(to, key) as connection:
            connection.execute("DELETE FROM own_keys")
            connection.execute("VACUUM")


def row_counts(path: Path, key: bytes) -> dict[str, int]:
    """How many rows each table of a store's file holds."""
    with single(path, key) as connection:
        return {
            name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
            for name in sorted(metadata.tables)
        }


def erase(path: Path, key: bytes) -> bool:
    """Write the file anew without what was deleted; False when a reader kept the log from being emptied."""
    with single(path, key) as connection:
        connection.execute("VACUUM")
        return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def change_key(path: Path, key: bytes, new_key: bytes) -> None:
    """Encrypt every page of a store that nobody has open with another key, all or none of them.

    Raises:
        StoreDamaged: a page fails its seal; the store is as it was.
        sqlcipher3.Error: the new key does not open it.
    """
    refuse_damaged(path, key)
    with single(path, key) as connection:
        connection.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"").fetchall()
    with single(path, new_key):
        pass  # a rekeying that failed says nothing itself


JSON_COLUMNS = frozenset(
    {
        "related_items",
        "breakdown",
        "partners",
        "measures",
        "reasons",
        "unread",
        "typed_totals",
        "counted_totals",
        "needs_support",
        "carried_over",
        "photo_ids",
        "goals",
        "directions",
        "rating_scale",
        "recipients",
        "warnings",
        "shared_practices",
        "snapshot",
        "counts",
        "manifests",
    }
)
"""Columns of any table that hold a mapping or a tuple as JSON text; a dump shows what it means."""

_JSON_OF_TABLE = frozenset({("settings", "value"), ("history", "old"), ("history", "new")})


def dump(connection: Connection, out: TextIO) -> None:
    """Write tables by name, rows by primary key; bytes (photos, private keys) only as hash and size."""
    for table in sorted(metadata.tables.values(), key=lambda known: known.name):
        out.write(_line({"table": table.name}))
        for row in _rows(connection, table):
            out.write(_line(row))


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    statement = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(statement.execution_options(yield_per=50)).mappings():
        yield {name: _shown(table.name, name, value) for name, value in row.items()}


def _shown(table: str, column: str, value: Any) -> Any:
    """Bytes as hash and size; what is stored as JSON text as what it means, so that others can read it."""
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "size": len(value)}
    if value is not None and (column in JSON_COLUMNS or (table, column) in _JSON_OF_TABLE):
        return json.loads(value)
    return value


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
