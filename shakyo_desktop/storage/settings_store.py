"""Settings of this installation: a name and a JSON value."""

import json
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select

from shakyo_desktop.storage.codec import to_json_text
from shakyo_desktop.storage.tables import settings
from shakyo_desktop.storage.upserts import put

_ALL = select(settings).order_by(settings.c.key)


def _numbered(count: int) -> list[str]:
    return [f"key_{number}" for number in range(count)]


@cache
def _some(count: int) -> Select[Any]:
    """The statement for so many keys, made once: every field's commit asks for two."""
    return select(settings).where(settings.c.key.in_([bindparam(name) for name in _numbered(count)]))


class SettingsStore:
    """Any JSON value by name. Secrets do not belong here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a setting, or the default when it was never set."""
        text = self._connection.scalar(select(settings.c.value).where(settings.c.key == key))
        return default if text is None else json.loads(text)

    def set(self, key: str, value: Any) -> None:
        """Keep a JSON value (None, numbers, text, lists, dicts) under a name."""
        put(self._connection, settings, {"key": key, "value": to_json_text(value)})

    def remove(self, key: str) -> None:
        """Forget a setting; nothing happens when there is none."""
        self._connection.execute(delete(settings).where(settings.c.key == key))

    def some(self, *keys: str) -> dict[str, Any]:
        """Those of these settings that were ever set, in one statement."""
        values = dict(zip(_numbered(len(keys)), keys, strict=True))
        found = self._connection.execute(_some(len(keys)), values)
        return {row.key: json.loads(row.value) for row in found}

    def all(self, prefix: str = "") -> dict[str, Any]:
        """The settings whose name starts with ``prefix``, by name."""
        statement = _ALL.where(settings.c.key.startswith(prefix, autoescape=True)) if prefix else _ALL
        return {row.key: json.loads(row.value) for row in self._connection.execute(statement)}
