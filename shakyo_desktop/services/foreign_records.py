"""Records from another computer that no signed file brought; texts and pictures must be as in one."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from shakyo_desktop.domain.fields import FIELDS_OF, FieldKind
from shakyo_desktop.domain.records import Photo
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.exchange.jpeg import check_photo
from shakyo_desktop.exchange.refusal import require

_OF_MANY_LINES = frozenset(
    spec.name for specs in FIELDS_OF.values() for spec in specs if spec.kind is FieldKind.MULTILINE
)


def repaired_texts(value: Any, field: str = "") -> Any:
    """Records (or a year of them) with every text as its field would have stored it: no control of direction
    or other invisible character that a package is refused for.
    """
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return repair_text(value, field in _OF_MANY_LINES)
    if isinstance(value, tuple):
        return tuple(repaired_texts(one, field) for one in value)
    if isinstance(value, Mapping):
        return {key: repaired_texts(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changes = {one.name: repaired_texts(getattr(value, one.name), one.name) for one in fields(value)}
        return replace(value, **changes)
    return value


def check_picture(photo: Photo, data: bytes) -> None:
    """Whether a picture is in our exact form and the one its record names.

    Raises:
        PackageRefused: ``photo.…``.
    """
    require((hashlib.sha256(data).hexdigest(), len(data)) == (photo.sha256, photo.size), "photo.hash")
    require(check_photo(data) == (photo.width, photo.height), "photo.size")
