"""The history of records: one row per field change, kept for ever; 元に戻す reads it."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.records import Change, RecordRef
from shakyo_desktop.storage.codec import moment_text, read_moment, to_json_text
from shakyo_desktop.storage.tables import history

_COLUMNS = history.c
_INSERT = history.insert()
_MANY = 5000
_SOURCES = {source.value: source for source in Source}


def _of(ref: RecordRef) -> Select[Any]:
    return select(history).where(_COLUMNS.table == ref.table, _COLUMNS.record_id == ref.id)


def _change(row: Row[Any]) -> Change:
    return Change(
        id=row.id,
        ref=RecordRef(row.table, row.record_id),
        field=row.field,
        old=json.loads(row.old),
        new=json.loads(row.new),
        who=row.who,
        at=read_moment(row.at),
        source=_SOURCES[row.source],
        undoes=row.undoes,
    )


class HistoryStore:
    """Changes of records; values are JSON-ready, as ``domain.field_values.to_json`` gives them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self,
        ref: RecordRef,
        field: str,
        old: object,
        new: object,
        who: str,
        at: datetime,
        source: Source,
        undoes: int | None = None,
    ) -> int:
        """Add one change and return its id; ``undoes`` is the id of the change that it takes back."""
        row = {
            "table": ref.table,
            "record_id": ref.id,
            "field": field,
            "old": to_json_text(old),
            "new": to_json_text(new),
            "who": who,
            "at": moment_text(at),
            "source": source.value,
            "undoes": undoes,
        }
        result = self._connection.execute(_INSERT, row)
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def append_all(self, changes: Iterable[Change]) -> tuple[int, int]:
        """Add many changes with one statement; return the ids of the first and last.

        The ids that the changes hold are not used. Nothing else writes within the transaction, so the new
        ids follow each other.
        """
        rows = [
            {
                "table": one.ref.table,
                "record_id": one.ref.id,
                "field": one.field,
                "old": to_json_text(one.old),
                "new": to_json_text(one.new),
                "who": one.who,
                "at": moment_text(one.at),
                "source": one.source.value,
                "undoes": one.undoes,
            }
            for one in changes
        ]
        if rows:
            self._connection.execute(_INSERT, rows)
        last = int(self._connection.scalar(select(func.max(_COLUMNS.id))) or 0)
        return last - len(rows) + 1, last

    def between(self, first: int, last: int) -> tuple[Change, ...]:
        """The changes with these ids and those between, oldest first."""
        statement = select(history).where(_COLUMNS.id.between(first, last)).order_by(_COLUMNS.id)
        return tuple(map(_change, self._connection.execute(statement)))

    def later_than(self, first: int, last: int) -> tuple[Change, ...]:
        """What happened after ``last`` to the records of the changes from ``first`` to ``last``."""
        these = select(_COLUMNS.record_id).where(_COLUMNS.id.between(first, last))
        statement = select(history).where(_COLUMNS.id > last, _COLUMNS.record_id.in_(these))
        return tuple(map(_change, self._connection.execute(statement.order_by(_COLUMNS.id))))

    def of(self, ref: RecordRef) -> tuple[Change, ...]:
        """All changes of a record, oldest first."""
        return tuple(map(_change, self._connection.execute(_of(ref).order_by(_COLUMNS.id))))

    def of_many(self, table: str, ids: Iterable[str]) -> dict[str, tuple[Change, ...]]:
        """All changes of many records of one table by record id, oldest first; one statement per 5,000."""
        wanted = sorted(set(ids))
        found: dict[str, list[Change]] = {}
        for start in range(0, len(wanted), _MANY):
            statement = select(history).where(
                _COLUMNS.table == table, _COLUMNS.record_id.in_(wanted[start : start + _MANY])
            )
            for row in self._connection.execute(statement.order_by(_COLUMNS.id)):
                found.setdefault(row.record_id, []).append(_change(row))
        return {record_id: tuple(rows) for record_id, rows in found.items()}

    def last(self) -> tuple[Change, ...]:
        """The change that was stored last, none in a new store."""
        rows = self._connection.execute(select(history).order_by(_COLUMNS.id.desc()).limit(1))
        return tuple(map(_change, rows))

    def latest_moment(self) -> datetime | None:
        """The latest time of any change, whatever its place in the order; reads every row."""
        text = self._connection.scalar(select(func.max(_COLUMNS.at)))
        return None if text is None else read_moment(text)

    def latest_undoable(self, ref: RecordRef) -> Change | None:
        """The newest change of a record that is no undoing and has not been undone, or None."""
        undoing = history.alias("undoing")
        undone = select(undoing.c.id).where(undoing.c.undoes == _COLUMNS.id).exists()
        statement = _of(ref).where(_COLUMNS.undoes.is_(None), ~undone).order_by(_COLUMNS.id.desc()).limit(1)
        row = self._connection.execute(statement).first()
        return None if row is None else _change(row)
