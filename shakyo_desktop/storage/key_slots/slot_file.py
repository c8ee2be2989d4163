"""The file that holds the slots of the store key, `store.slots.json`, and the unprotected key file."""

import base64
import contextlib
import json
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from shakyo_desktop.domain.errors import StoreDamaged, StoreMissing
from shakyo_desktop.storage import failures, files

SLOTS_FILE = "store.slots.json"
SPARE_FILE = "store.slots.spare.json"
"""The same once more: without its slots a store is nothing, and they are small."""
KEY_FILE = "store.key"
_FORMAT = "shakyo-store-slots"
_VERSION = 1


class Way(StrEnum):
    """How a slot is opened."""

    KEY_RING = "key_ring"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"
    KEY_FILE = "key_file"


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the store key. ``sealed`` is an age file; ``name`` the entry of the key ring.

    ``voucher`` stands in a copy's recovery slot: the sheet's own word that this is a key of its store.
    """

    id: str
    way: Way
    made_at: datetime
    sealed: bytes = field(repr=False)
    name: str = ""
    recipient: str = ""
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class Slots:
    """All ways of a store; ``check`` is the fingerprint of its key."""

    check: str
    slots: tuple[Slot, ...] = ()

    def of(self, way: Way) -> "tuple[Slot, ...]":
        """The slots of one kind."""
        return tuple(slot for slot in self.slots if slot.way is way)

    def plus(self, slot: Slot) -> "Slots":
        """These and one more."""
        return replace(self, slots=(*self.slots, slot))

    def without(self, *gone: Slot) -> "Slots":
        """These but some."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot not in gone))


def new_slot(way: Way, sealed: bytes, *, name: str = "", recipient: str = "") -> Slot:
    """A slot made now."""
    made_at = datetime.now(UTC).replace(microsecond=0)
    return Slot(secrets.token_hex(8), way, made_at, sealed, name, recipient)


def exists(folder: Path) -> bool:
    """Whether a folder has slots."""
    return any((folder / name).exists() for name in (SLOTS_FILE, SPARE_FILE))


def load(folder: Path) -> Slots:
    """Read the slots of a store, or their spare when they cannot be read.

    Raises:
        StoreMissing: the folder has none.
        StoreDamaged: the file cannot be read.
    """
    try:
        return _read_slots(folder / SLOTS_FILE)
    except (StoreMissing, StoreDamaged):
        with contextlib.suppress(StoreMissing, StoreDamaged):
            return _read_slots(folder / SPARE_FILE)
        raise


def _read_slots(path: Path) -> Slots:
    try:
        return decode(path.read_bytes())
    except FileNotFoundError as error:
        raise StoreMissing("データが見つかりません。\n置き場所を確かめてください。") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreDamaged(
            f"鍵のファイル {path.name} が読めません。\nデータは消えていません。\n"
            "控えから、このファイルを元に戻してください。"
        ) from error


def save(folder: Path, slots: Slots) -> None:
    """Write the slots and their spare, each whole or not at all.

    The spare goes first: when the power goes between, a way that was closed is in no file but the one in use.

    Raises:
        NotSaved: the folder cannot be written; the file is as it was.
    """
    data = encode(slots)
    write(folder / SPARE_FILE, data)
    write(folder / SLOTS_FILE, data)


def encode(slots: Slots) -> bytes:
    """The bytes of the file: JSON, easy to read and to repair by hand."""
    content = {
        "format": _FORMAT,
        "version": _VERSION,
        "check": slots.check,
        "slots": [
            {
                "id": slot.id,
                "way": slot.way.value,
                "made_at": slot.made_at.isoformat(),
                "sealed": base64.b64encode(slot.sealed).decode(),
                "name": slot.name,
                "recipient": slot.recipient,
                **({"voucher": slot.voucher} if slot.voucher else {}),
            }
            for slot in slots.slots
        ],
    }
    return (json.dumps(content, indent=1) + "\n").encode()


def decode(data: bytes) -> Slots:
    """The slots in the bytes of a file; ValueError, KeyError or TypeError when it is none."""
    content: dict[str, Any] = json.loads(data)
    if content["format"] != _FORMAT or content["version"] != _VERSION:
        raise ValueError("not a slots file of this version")
    if not content["check"].isascii():
        raise ValueError("check")
    slots = tuple(
        Slot(
            str(raw["id"]),
            Way(raw["way"]),
            datetime.fromisoformat(raw["made_at"]),
            base64.b64decode(raw["sealed"], validate=True),
            str(raw["name"]),
            str(raw["recipient"]),
            str(raw.get("voucher", "")),
        )
        for raw in content["slots"]
    )
    return Slots(content["check"], slots)


def write(path: Path, data: bytes) -> None:
    """Write a private file of the data folder.

    Raises:
        NotSaved: the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_file(path, data)
    except OSError as error:
        raise failures.not_writable() from error


def read(path: Path) -> bytes:
    """Read a small file of the data folder.

    Raises:
        OSError: there is none, or it cannot be read.
    """
    return path.read_bytes()


def remove(path: Path) -> None:
    """Remove a file of the data folder.

    Raises:
        NotSaved: it cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise failures.not_writable() from error
