"""Insert or overwrite: the one statement whose form depends on the database."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import insert

Rows = Mapping[str, Any] | list[dict[str, Any]]


def put(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows; a row whose primary key is there already is overwritten."""
    if not rows:
        return
    statement = insert(table)
    names = rows[0].keys() if isinstance(rows, list) else rows.keys()
    keys = {column.name for column in table.primary_key.columns}
    changed = {name: statement.excluded[name] for name in names if name not in keys}
    if not changed:  # a table that is all key: there is nothing to overwrite
        connection.execute(statement.on_conflict_do_nothing(), rows)
        return
    connection.execute(statement.on_conflict_do_update(index_elements=sorted(keys), set_=changed), rows)


def add_missing(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows; a row whose primary key is there already stays as it is."""
    found = list(rows)
    if found:
        connection.execute(insert(table).on_conflict_do_nothing(), found)


def count_up(connection: Connection, table: Table, column: str, **key: Any) -> int:
    """Add one to a counter that starts at 0, and return it; one statement, so that no number comes twice."""
    statement = insert(table).values({**key, column: 1})
    counted = statement.on_conflict_do_update(
        index_elements=sorted(key), set_={column: table.c[column] + 1}
    ).returning(table.c[column])
    return int(connection.execute(counted).scalar_one())
