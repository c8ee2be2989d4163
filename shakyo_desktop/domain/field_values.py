"""Reading and changing one field of a record by its name, and the JSON form the history keeps.

A name with a dot is an entry of a mapping and is split at its first dot only:
``breakdown.elderly``, ``measures.visits``, ``reasons.participants:activity.participants.many``.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from shakyo_desktop.domain import codes
from shakyo_desktop.domain.records import (
    ACTIVITIES,
    GOOD_PRACTICES,
    ITEM_STATUSES,
    PHOTOS,
    Activity,
    GoodPractice,
    ItemStatus,
    Photo,
    Record,
    RecordRef,
)

R = TypeVar("R", bound=Record)

RECORD_TYPES: dict[str, type[Record]] = {
    ACTIVITIES: Activity,
    ITEM_STATUSES: ItemStatus,
    GOOD_PRACTICES: GoodPractice,
    PHOTOS: Photo,
}
_MAPPINGS = frozenset({"breakdown", "measures", "typed_totals", "counted_totals", "reasons", "unread"})


def _int_tuple(raw: Any) -> tuple[int, ...]:
    return tuple(int(value) for value in raw)


def _str_tuple(raw: Any) -> tuple[str, ...]:
    return tuple(str(value) for value in raw)


def _date(raw: Any) -> date:
    return raw if isinstance(raw, date) else date.fromisoformat(raw)


def _datetime(raw: Any) -> datetime:
    return raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)


def _code(choices: type[codes.LabelledCode]) -> Callable[[Any], Any]:
    members = {member.value: member for member in choices}

    def convert(raw: Any) -> codes.LabelledCode:
        if raw not in members:
            raise ValueError(f"{raw!r} is not a {choices.__name__}")
        return members[raw]

    return convert


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "related_items": _int_tuple,
    "partners": _str_tuple,
    "needs_support": _str_tuple,
    "carried_over": _str_tuple,
    "photo_ids": _str_tuple,
    "held_on": _date,
    "deleted_at": _datetime,
    "kind": _code(codes.ActivityKind),
    "granularity": _code(codes.Granularity),
    "outcome_state": _code(codes.OutcomeState),
    "method": _code(codes.Method),
    "source": _code(codes.Source),
    "state": _code(codes.ImplementationState),
    "self_rating": _code(codes.SelfRating),
    **dict.fromkeys(_MAPPINGS, dict),
}


def table_of(record: Record) -> str:
    """The name of the table a record belongs to."""
    return next(table for table, kind in RECORD_TYPES.items() if isinstance(record, kind))


def ref_of(record: Record) -> RecordRef:
    """The reference that points at a record."""
    return RecordRef(table_of(record), record.id)


def get_field(record: Record, name: str) -> Any:
    """The value of a field; an entry that a mapping does not have is None.

    Raises:
        AttributeError: the record has no such field.
    """
    base, dot, key = name.partition(".")
    value = getattr(record, base)
    return value.get(key) if dot else value


def field_names(records: Iterable[Record], without: Collection[str]) -> list[str]:
    """The names of the fields of records of one table, an entry of a mapping by its own name, each once.

    Args:
        without: fields that are left out.
    """
    sides = list(records)
    names: dict[str, None] = {}
    for spec in fields(sides[0]):
        if spec.name in without:
            continue
        values = [getattr(side, spec.name) for side in sides]
        if isinstance(values[0], Mapping):
            names.update({f"{spec.name}.{key}": None for value in values for key in value})
        else:
            names[spec.name] = None
    return list(names)


def with_field(record: R, name: str, value: Any, unread: str = "") -> R:
    """The record with one field changed; the record given stays as it is.

    Args:
        name: the field, with a dot for an entry of a mapping.
        value: the typed or the JSON form. None empties the field: it removes an entry of a mapping,
            gives a field its default, and leaves a field that must have a value as it was.
        unread: the text as typed when it could not be read; without it an earlier one is cleared.

    Raises:
        AttributeError: the record has no such field.
        ValueError: the value is not one of the field's choices.
    """
    base, dot, key = name.partition(".")
    changes: dict[str, Any] = {}
    if dot:
        changes[base] = _with_entry(getattr(record, base), key, value)
    else:
        getattr(record, base)  # an unknown name is a bug, said here
        changes[base] = _empty(record, base) if value is None else _typed(base, value)
    if base != "unread" and (unread or name in getattr(record, "unread", {})):
        changes["unread"] = _with_entry(get_field(record, "unread"), name, unread or None)
    return replace(record, **changes)


def to_json(value: Any) -> Any:
    """The JSON-ready form of a field's value: dates as ISO text, codes as text, tuples as lists."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bool, int)) or value is None:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): to_json(entry) for key, entry in value.items()}
    return [to_json(entry) for entry in value]


def from_json(table: str, field: str, raw: Any) -> Any:
    """The typed value of a field from its JSON form, the inverse of ``to_json``.

    Raises:
        AttributeError: the table's records have no such field.
        ValueError: the value is not one of the field's choices.
    """
    base, dot, _ = field.partition(".")
    if base not in {known.name for known in fields(RECORD_TYPES[table])}:
        raise AttributeError(f"{table} has no field {base}")
    return raw if raw is None or dot else _typed(base, raw)


def _typed(base: str, value: Any) -> Any:
    converter = _CONVERTERS.get(base)
    return converter(value) if converter else value


def _empty(record: Record, base: str) -> Any:
    spec = next(known for known in fields(record) if known.name == base)
    if spec.default is not MISSING:
        return spec.default
    if spec.default_factory is not MISSING:
        return spec.default_factory()
    return getattr(record, base)


def _with_entry(mapping: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    rest = {known: entry for known, entry in mapping.items() if known != key}
    return rest if value is None else {**rest, key: value}
