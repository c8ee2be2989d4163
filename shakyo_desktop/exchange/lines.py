"""Records as lines of a table, and lines of a table as checked structures."""

import itertools
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Generic

import msgspec

from shakyo_desktop.exchange import wire
from shakyo_desktop.exchange.canonical import read_line, split_lines, write_line
from shakyo_desktop.exchange.refusal import require
from shakyo_desktop.exchange.wire import T

_AS_IT_IS = frozenset({str, int, bool, type(None)})  # nearly every value of a record

Lines = tuple[bytes, ...]
Tables = Mapping[str, Lines]


@dataclass(frozen=True, slots=True)
class TableForm(Generic[T]):
    """A table of a package: its name, the structure of a line, the fields that may hold line ends."""

    name: str
    line: type[T]
    multiline: frozenset[str] = frozenset()

    def write(self, rows: Iterable[Mapping[str, Any]]) -> Lines:
        """The rows as canonical lines sorted by id."""
        return tuple(write_line(row) for row in sorted(rows, key=lambda row: str(row["id"])))

    def write_records(self, records: Iterable[Any]) -> Lines:
        """Domain objects as lines: the fields of the line's structure, by name."""
        return self.write(row_of(record, self.line.__struct_fields__) for record in records)

    def read(self, data: bytes | memoryview, newer: bool) -> tuple[list[T], int]:
        """The table's structures, and how many unknown fields a newer minor version put in.

        Raises:
            PackageRefused: ``json.…``, ``data.schema``, ``text.…`` or ``data.order``.
        """
        rows: list[T] = []
        unknown = 0
        for line in split_lines(data):
            value = read_line(line)
            row, extra = wire.read_struct(self.line, value, "data.schema", extra_allowed=newer)
            if not wire.is_clean(line.decode()):
                wire.check_texts(value, self.multiline)
            rows.append(row)
            unknown += extra
        ids = [row.id for row in rows]  # type: ignore[attr-defined]
        require(all(first < second for first, second in itertools.pairwise(ids)), "data.order", self.name)
        return rows, unknown


def row_of(record: Any, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields of a domain object as plain JSON values."""
    values = msgspec.to_builtins(record, str_keys=True)
    return {name: values[name] for name in fields}


def plain(value: Any) -> Any:
    """A field's value as JSON knows it: dates as ISO text, tuples as lists, choices as their codes."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    return value


def fields_of(row: wire.Wire) -> dict[str, Any]:
    """A line's fields as a domain object takes them: lists as tuples, codes of a mapping as plain text."""
    fields = msgspec.structs.asdict(row)
    for name in _containers(type(row)):
        value = fields[name]
        if isinstance(value, list):
            fields[name] = tuple(value)
        elif value:
            fields[name] = {str(key): inner for key, inner in value.items()}
    return fields


@cache
def _containers(kind: type[wire.Wire]) -> tuple[str, ...]:
    """The fields of a structure that hold lists or mappings."""
    hints = typing.get_type_hints(kind)
    return tuple(name for name, hint in hints.items() if typing.get_origin(hint) in (list, dict))
