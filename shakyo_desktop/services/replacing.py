"""Restoring a copy where a store lies already: the old files are set aside, never deleted."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.errors import NotSaved, ShakyoError
from shakyo_desktop.services.context import JAPAN, utc_now
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.opening import has_store
from shakyo_desktop.services.restoring import Restored, restore
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.key_slots import Way

_STORE_FILES = (
    DATABASE_FILE,
    f"{DATABASE_FILE}-wal",
    f"{DATABASE_FILE}-shm",
    key_slots.SLOTS_FILE,
    key_slots.KEY_FILE,
)


def restore_in_place(
    file: Path,
    data_dir: Path,
    secret: str | None = None,
    locks: LockChoice | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Restored:
    """Restore a copy into a data folder, also one with a store that nobody has open.

    The copy is restored beside it first; only when that is proven do the old files move into a folder
    ``before-…`` in the data folder.

    Raises:
        as ``restore``; NotSaved: the files could not be moved, the old ones are where they were.
    """
    if not has_store(data_dir) and not (data_dir / key_slots.SLOTS_FILE).exists():
        return restore(file, data_dir, secret, locks, clock)
    moment = f"{clock().astimezone(JAPAN):%Y%m%d-%H%M%S}"
    fresh, aside = data_dir / f"restoring-{moment}", data_dir / f"before-{moment}"
    restored = restore(file, fresh, secret, locks, clock)
    try:
        aside.mkdir()
        move_store(data_dir, aside)
        move_store(fresh, data_dir)
        fresh.rmdir()
    except OSError as error:
        raise NotSaved(
            "戻したデータを置きかえられませんでした。前のデータも、控えも残っています。\n"
            "このプログラムを一度閉じてから、もう一度戻してください。"
        ) from error
    _close_open_ways(aside, data_dir, (locks or LockChoice(frozenset({"key_file"}))).kinds)
    return restored


def _close_open_ways(aside: Path, data_dir: Path, kinds: frozenset[str]) -> None:
    """Protect the old files like the new ones: a copy has its store's key, and one bare key opens both."""
    with suppress(ShakyoError):  # slots nobody can read: whatever opens the old files is left to them
        for slot in key_slots.list_slots(aside):
            if slot.way in (Way.KEY_RING, Way.KEY_FILE) and slot.way.value not in kinds:
                key_slots.remove(aside, slot.id)
    bare = aside / key_slots.KEY_FILE
    if "key_file" not in kinds and bare.exists() and key_slots.fits(data_dir, bare.read_bytes()):
        bare.unlink()


def move_store(source: Path, target: Path) -> None:
    """Move the files of a store that nobody has open into a folder that holds none.

    Raises:
        OSError: one of them could not be moved.
    """
    for name in _STORE_FILES:
        if (source / name).exists():
            (source / name).replace(target / name)
