"""A small district's store with its slots, and the service that copies it."""

import hashlib
import json
import zipfile
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.copy_file import LABEL, SLOTS, write_copy
from shakyo_desktop.services.generation_files import copy_name
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.connection import single
from tests.services.conftest import STORE_KEY

PLENTY = 1 << 40


def with_slots(context: ServiceContext) -> str:
    """Give a store a recovery sheet and a key file; return the sheet's text."""
    key_slots.create_slots(context.data_dir, STORE_KEY)
    key_slots.add_key_file(context.data_dir, STORE_KEY)
    return key_slots.add_recovery(context.data_dir, STORE_KEY)


def write(context: ServiceContext, name: str) -> None:
    """Change something in the store."""
    with context.database.transaction() as stores:
        stores.settings.set("person_name", name)


def service_of(context: ServiceContext, **changes) -> GenerationService:
    """The copies of a store on a disk with plenty of room."""
    return GenerationService(context, **{"free": lambda _folder: PLENTY, **changes})


def fake(folder: Path, number: int, at: datetime, store: str = "1a2b3c4d") -> Path:
    """A file that looks like a copy, with a store of a few bytes in it."""
    folder.mkdir(parents=True, exist_ok=True)
    content = folder / "content"
    content.write_bytes(b"store")
    path = folder / copy_name(number, at, store)
    with path.open("wb") as out:
        label = {"reason": "changed", "mark": number}
        write_copy(out, content, b"{}", STORE_KEY, f"{at:%Y-%m-%dT%H:%M:%SZ}", "1", label)
    content.unlink()
    return path


def parts_of(copy: Path) -> dict[str, bytes]:
    """The parts of a copy by name."""
    with zipfile.ZipFile(copy) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def put_together(copy: Path, parts: dict[str, bytes]) -> None:
    """A copy's file of these parts."""
    with zipfile.ZipFile(copy, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def as_older(copy: Path, to: Path) -> None:
    """A copy as the version before the codes wrote it: anybody can do that to anything."""
    parts = parts_of(copy)
    slots, label = json.loads(parts[SLOTS]), json.loads(parts[LABEL])
    for slot in slots["slots"]:
        slot.pop("voucher", None)
    parts[SLOTS] = json.dumps(slots).encode()
    label |= {"version": 1, "sha256": label["sha256"] | {SLOTS: hashlib.sha256(parts[SLOTS]).hexdigest()}}
    del label["code"]
    put_together(to, parts | {LABEL: json.dumps(label).encode()})


def to_version_10(store: Path, key: bytes) -> None:
    """Make a store's file what the version before the notes of deletions left."""
    with single(store, key) as connection:
        connection.execute("DROP TABLE deletions")
        connection.execute("UPDATE alembic_version SET version_num = '0010'")


@contextmanager
def files_unchanged(folder):
    """Nothing appears in a folder, and nothing goes."""
    before = sorted(path.name for path in folder.iterdir())
    yield
    assert sorted(path.name for path in folder.iterdir()) == before
