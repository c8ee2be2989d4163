"""Putting a proven store where another lies: the old files are set aside, never deleted.

The moves are done in an order that tells how far they came, so that a start after a power cut finishes them:
the new store's folder is gone only when everything is in its place.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.key_slots import Way
from shakyo_desktop.storage.schema_map import MAP_FILE

RESTORING, SALVAGING = "restoring-", "salvaging-"
"""How the folders of new stores begin that are not in their place yet."""
BEFORE = "before-"
"""How the folders begin that hold what lay there before."""

_STORE_FILES = (
    DATABASE_FILE,
    f"{DATABASE_FILE}-wal",
    f"{DATABASE_FILE}-shm",
    key_slots.SLOTS_FILE,
    key_slots.SPARE_FILE,
    MAP_FILE,
    key_slots.KEY_FILE,
)


def fresh_folder(data_dir: Path, kind: str, moment: datetime, end: str = "") -> Path:
    """A folder beside the store that is not there yet, named after the moment in Japan."""
    name = f"{moment.astimezone(JAPAN):%Y%m%d-%H%M%S}"
    return next(
        folder
        for at in range(1000)
        if not (folder := data_dir / f"{kind}{name}{f'-{at}' if at else ''}{end}").exists()
        and not _aside(folder).exists()
    )


def put_in_place(fresh: Path) -> Path:
    """Move a new store from its folder to the data folder around it; return where the old files lie now.

    Raises:
        OSError: it is finished at the next start; no file is lost.
    """
    aside = _aside(fresh)
    aside.mkdir(exist_ok=True)
    _sync(fresh.parent)
    if (fresh / DATABASE_FILE).exists():
        move_store(fresh.parent, aside)
    move_store(fresh, fresh.parent)
    _close_open_ways(aside, fresh.parent)
    for left in list(fresh.iterdir()):  # what the system put there, or an older form: no start may fail on it
        left.replace(aside / left.name)
    fresh.rmdir()
    _sync(fresh.parent)
    return aside


def is_half_way(data_dir: Path) -> bool:
    """Whether a store was being put in place here when the program ended."""
    return any(_half_way(data_dir))


def finish(data_dir: Path) -> None:
    """Do what is left of putting a store in place.

    Raises:
        OSError: it could not be done; no file is lost.
    """
    for fresh in _half_way(data_dir):
        put_in_place(fresh)


def move_store(source: Path, target: Path) -> None:
    """Move the files of a store that nobody has open into a folder that holds none; the database first.

    Raises:
        OSError: one of them could not be moved.
    """
    for name in _STORE_FILES:
        if (source / name).exists():
            (source / name).replace(target / name)
    _sync(target)
    _sync(source)


def _close_open_ways(aside: Path, data_dir: Path) -> None:
    """Protect the old files like the new ones: a copy has its store's key, and one bare key opens both."""
    kinds = {slot.way for slot in key_slots.list_slots(data_dir)}
    with suppress(ShakyoError):  # slots nobody can read: whatever opens the old files is left to them
        for slot in key_slots.list_slots(aside):
            if slot.way in (Way.KEY_RING, Way.KEY_FILE) and slot.way not in kinds:
                key_slots.remove(aside, slot.id)
    bare = aside / key_slots.KEY_FILE
    if Way.KEY_FILE not in kinds and bare.exists() and key_slots.fits(data_dir, bare.read_bytes()):
        bare.unlink()


def _aside(fresh: Path) -> Path:
    return fresh.with_name(BEFORE + fresh.name.partition("-")[2])


def is_on_its_way(fresh: Path) -> bool:
    """Whether the store in this folder has begun to take its place, so that it may be the only one."""
    return fresh.is_dir() and _aside(fresh).is_dir()


def _half_way(data_dir: Path) -> Iterator[Path]:
    found = [path for kind in (RESTORING, SALVAGING) for path in sorted(data_dir.glob(f"{kind}*"))]
    return (fresh for fresh in found if is_on_its_way(fresh))


def _sync(folder: Path) -> None:
    """Put the names of a folder on the disk itself; Windows journals them."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
