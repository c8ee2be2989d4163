"""Between frozen dataclasses and rows: one codec per dataclass, made once from its annotations."""

import json
import types
import typing
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import Enum
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Column, Select, Table, select

_BATCH = 500
MALFORMED = (ValueError, TypeError, KeyError, msgspec.DecodeError)
"""What reading a row raises that no program of ours wrote."""

T = TypeVar("T")
Convert = Callable[[Any], Any]


def to_json_text(value: object) -> str:
    """Canonical JSON: sorted names, no spaces, Japanese as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment_text(moment: datetime) -> str:
    """A moment as UTC text of fixed width.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a stored moment needs a time zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_moment(text: str) -> datetime:
    """The moment that ``moment_text`` wrote, in UTC."""
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)


def _write_mapping(value: Mapping[str, Any]) -> str:
    return to_json_text(dict(value)) if value else "{}"


def _write_tuple(value: Iterable[Any]) -> str:
    return to_json_text(list(value)) if value else "[]"


_READ_JSON = msgspec.json.Decoder().decode


def _read_mapping(text: str) -> dict[str, Any]:
    return _READ_JSON(text) if text != "{}" else {}


def _read_tuple(text: str) -> tuple[Any, ...]:
    return tuple(_READ_JSON(text)) if text != "[]" else ()


def _converters(annotation: Any) -> tuple[Convert | None, Convert | None]:
    """How a value of this type is written and read; None where the driver's own form is the value."""
    if typing.get_origin(annotation) in {types.UnionType, typing.Union}:
        plain = [part for part in typing.get_args(annotation) if part is not types.NoneType]
        write, read = _converters(plain[0])
        return _optional(write), _optional(read)
    origin = typing.get_origin(annotation) or annotation
    if origin is tuple:
        return _write_tuple, _read_tuple
    if origin is Mapping:
        return _write_mapping, _read_mapping
    if origin is datetime:
        return moment_text, read_moment
    if origin is date:
        return date.isoformat, date.fromisoformat
    if isinstance(origin, type) and issubclass(origin, Enum):
        return (lambda member: member.value), {member.value: member for member in origin}.__getitem__
    return None, None


def _optional(convert: Convert | None) -> Convert | None:
    if convert is None:
        return None
    return lambda value: None if value is None else convert(value)


def _slots_of(kind: type[Any]) -> tuple[Callable[[Any, Any], None], ...]:
    """How each field of a dataclass is filled, in their order; nothing unless filling is all it does."""
    slots: list[Any] = [getattr(kind, known.name, None) for known in fields(kind)]
    plain = all(isinstance(slot, types.MemberDescriptorType) for slot in slots)
    return tuple(slot.__set__ for slot in slots) if plain and not hasattr(kind, "__post_init__") else ()


class Codec(Generic[T]):
    """Writes objects of one dataclass to rows of one table and reads them back.

    Args:
        kind: the dataclass; each field is a column of the same name.
        table: the table; columns that are no fields are the store's own business.
        without: fields that the store keeps elsewhere.
    """

    def __init__(self, kind: type[T], table: Table, without: Iterable[str] = ()) -> None:
        hints = typing.get_type_hints(kind)
        self.kind = kind
        self.table = table
        self.names = tuple(known.name for known in fields(kind) if known.name not in set(without))  # type: ignore[arg-type]
        pairs = [(name, *_converters(hints[name])) for name in self.names]
        self._write = [(name, write) for name, write, _ in pairs]
        self._slots = _slots_of(kind) if not without else ()
        self._read = [(index, read) for index, (_, _, read) in enumerate(pairs) if read is not None]

    @property
    def columns(self) -> list[Column[Any]]:
        """The columns of the fields, in the order that ``read`` expects."""
        return [self.table.c[name] for name in self.names]

    def select(self) -> Select[Any]:
        """A statement whose rows ``read`` understands; add conditions and an order."""
        return select(*self.columns)

    def row(self, thing: T, **more: Any) -> dict[str, Any]:
        """The row of an object, with further columns."""
        values = {
            name: value if write is None else write(value)
            for name, write in self._write
            for value in (getattr(thing, name),)
        }
        return {**values, **more} if more else values

    def read(self, row: Sequence[Any], **more: Any) -> T:
        """The object of a row of ``select``, with the fields that are kept elsewhere."""
        values = list(row)
        for index, convert in self._read:
            values[index] = convert(values[index])
        return self.kind(**dict(zip(self.names, values, strict=True)), **more)

    def read_all(self, rows: Iterable[Sequence[Any]]) -> tuple[T, ...]:
        """The objects of all rows, in their order.

        They are made column by column, which takes a third of the time, and not too many at once, so
        that no other thread waits long.
        """
        ahead, made = iter(rows), list[T]()
        while batch := list(islice(ahead, _BATCH)):
            columns: list[Iterable[Any]] = list(zip(*batch, strict=True))
            for index, convert in self._read:
                columns[index] = list(map(convert, columns[index]))
            made += self._filled(columns, len(batch)) if self._slots else self._initialised(columns)
        return tuple(made)

    def _initialised(self, columns: Sequence[Iterable[Any]]) -> Iterable[T]:
        for values in zip(*columns, strict=True):
            yield self.kind(**dict(zip(self.names, values, strict=True)))

    def _filled(self, columns: Sequence[Iterable[Any]], count: int) -> list[T]:
        """What the initialiser of a frozen dataclass with slots does."""
        things = [object.__new__(self.kind) for _ in range(count)]
        for fill, column in zip(self._slots, columns, strict=True):
            deque(map(fill, things, column), maxlen=0)
        return things
