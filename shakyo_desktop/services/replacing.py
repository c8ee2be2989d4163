"""Restoring a copy where a store lies already: the old files are set aside, never deleted."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.errors import NotSaved
from shakyo_desktop.services.context import utc_now
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.opening import has_store
from shakyo_desktop.services.putting_in_place import RESTORING, fresh_folder, put_in_place
from shakyo_desktop.services.restoring import Restored, restore
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.store_lock import StoreLock


def restore_in_place(
    file: Path,
    data_dir: Path,
    secret: str | None = None,
    locks: LockChoice | None = None,
    clock: Callable[[], datetime] = utc_now,
    stop: Callable[[], None] = lambda: None,
    compared: str | None = None,
) -> Restored:
    """Restore a copy into a data folder, also one with a store that nobody has open.

    The copy is restored beside it first; only when that is proven do the old files move into a folder
    ``before-…`` in the data folder.

    Raises:
        as ``restore``; StoreInUse: another window has the store open.
        NotSaved: the files could not be moved, which the next start finishes.
    """
    if not has_store(data_dir) and not (data_dir / key_slots.SLOTS_FILE).exists():
        return restore(file, data_dir, secret, locks, clock, stop, compared)
    lock = StoreLock(data_dir)
    lock.acquire()
    try:
        fresh = fresh_folder(data_dir, RESTORING, clock())
        return _replace(fresh, lambda: restore(file, fresh, secret, locks, clock, stop, compared, data_dir))
    finally:
        lock.release(used=False)


def _replace(fresh: Path, make: Callable[[], Restored]) -> Restored:
    try:
        restored = make()
    except BaseException:
        with suppress(OSError):
            fresh.rmdir()  # empty: what it held was taken away
        raise
    try:
        put_in_place(fresh)
    except OSError as error:
        raise NotSaved(
            "戻したデータを置きかえられませんでした。前のデータも、控えも残っています。\n"
            "このプログラムを一度閉じてから、もう一度戻してください。"
        ) from error
    return restored
