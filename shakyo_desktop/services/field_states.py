"""What the history keeps of a field: everything that undo must bring back, as one JSON-ready value.

Mostly that is the value itself. A field that holds text nobody could read, or that was taken from last
year and not confirmed, or a picture, is an object with these keys: ``value``, ``unread``,
``carried_over``, ``picture``.
"""

from typing import Any, TypeVar

from shakyo_desktop.domain.field_values import from_json, get_field, table_of, to_json, with_field
from shakyo_desktop.domain.records import Photo, Record

R = TypeVar("R", bound=Record)

CREATED = ""
"""The field name of the row that a new record starts with; it is never undone."""
DELETED = "deleted_at"
PICTURE = "sha256"
_PICTURE_FIELDS = ("sha256", "size", "width", "height")
_KEYS = frozenset({"value", "unread", "carried_over", "picture"})


def state_of(record: R, field: str) -> object:
    """Return the JSON-ready state of a field."""
    value = to_json(get_field(record, field))
    if isinstance(record, Photo):
        if field == PICTURE:
            return {"picture": {name: getattr(record, name) for name in _PICTURE_FIELDS}}
        return value
    state: dict[str, object] = {}
    if unread := record.unread.get(field):
        state["unread"] = unread
    if field in getattr(record, "carried_over", ()):
        state["carried_over"] = True
    return {"value": value, **state} if state else value


def with_state(record: R, field: str, state: object) -> R:
    """Return the record with a field as ``state_of`` saw it."""
    parts = _parts(state)
    changed = record
    if picture := parts.get("picture"):
        for name in _PICTURE_FIELDS:
            changed = with_field(changed, name, picture[name])
        return changed
    value = from_json(table_of(record), field, parts["value"])
    changed = with_field(changed, field, value, unread=parts.get("unread", ""))
    return with_carried_over(changed, field, bool(parts.get("carried_over")))


def with_carried_over(record: R, field: str, carried: bool) -> R:
    """Return the record with a field marked 前年度から・要確認, or not."""
    marked: tuple[str, ...] | None = getattr(record, "carried_over", None)
    if marked is None or (field in marked) == carried:
        return record
    others: list[str] = [name for name in marked if name != field]
    return with_field(record, "carried_over", tuple(sorted([*others, field] if carried else others)))


def value_in(state: object) -> Any:
    """Return the JSON-ready value in a state, for showing a row of the history."""
    parts = _parts(state)
    return parts["picture"]["sha256"] if "picture" in parts else parts["value"]


def unread_in(state: object) -> str:
    """Return the text that could not be read, empty when the value was readable."""
    return str(_parts(state).get("unread", ""))


def _parts(state: object) -> dict[str, Any]:
    if isinstance(state, dict) and state and state.keys() <= _KEYS:
        return state
    return {"value": state}
