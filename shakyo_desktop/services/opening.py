"""Opening an existing store: one process per store, its key from its slots, its database checked."""

import filecmp
import logging
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.errors import NotSaved, ShakyoError, StoreLocked, StoreMissing
from shakyo_desktop.services.context import ServiceContext, utc_now
from shakyo_desktop.services.last_end import LastEnd, clear_unfinished
from shakyo_desktop.services.made_aside import take_place
from shakyo_desktop.services.own_keys import settle_sheets
from shakyo_desktop.services.putting_in_place import BEFORE, finish, fresh_folder, is_half_way
from shakyo_desktop.services.works import Work
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from shakyo_desktop.storage.key_slots import open_with_secret, open_without_asking
from shakyo_desktop.storage.log_check import dropped_commits
from shakyo_desktop.storage.store_lock import StoreLock

log = logging.getLogger("shakyo_desktop.store")


@dataclass(frozen=True, slots=True)
class OpenStore:
    """An open store, the lock that keeps other processes out of it, and how its last work ended."""

    context: ServiceContext
    lock: StoreLock
    last_end: LastEnd

    def open_again(self, secret: str) -> bool:
        """Open the store after ``Services.close``, by a passphrase or the recovery sheet's text.

        Returns whether somebody else wrote in it meanwhile. The key ring and the key file are not asked:
        whoever sits at this computer has both.

        Raises:
            StoreInUse, StoreLocked, StoreMissing, StoreDamaged, StoreTooNew: as they say; it stays closed.
        """
        self.lock.acquire()
        try:
            key = open_with_secret(self.context.data_dir, secret)
            self.lock.note(Work.AT_WORK)
            changed = self.context.database.open_again(key)
        except BaseException:
            self.lock.release(used=False)
            raise
        log.info("store opened again")
        return changed


def has_store(data_dir: Path) -> bool:
    """Whether a data folder holds a store, or one that was being put in place when the power went."""
    take_place(data_dir)
    return (data_dir / DATABASE_FILE).is_file() or is_half_way(data_dir)


def open_store(
    data_dir: Path, ask_secret: Callable[[], str] | None = None, clock: Callable[[], datetime] = utc_now
) -> OpenStore:
    """Open the store of a data folder.

    Args:
        ask_secret: asked when neither key ring nor key file opens it; returns a passphrase, or the
            recovery sheet's text. None: the store stays locked.

    Raises:
        StoreMissing, StoreInUse, StoreLocked, StoreDamaged, StoreTooNew: as they say.
    """
    if not has_store(data_dir):
        raise StoreMissing(
            "データが見つかりません。\nほかのファイルは変わっていません。\n"
            "データのフォルダーを確かめるか、はじめの設定から始めてください。"
        )
    lock = StoreLock(data_dir)
    lock.acquire()
    try:
        _finish(data_dir)
        key = store_key(data_dir, ask_secret)  # first: a wrong word must not cost another copy of the files
        dropped = _damage_of_the_log(data_dir, clock())
        lock.note(Work.AT_WORK)
        clear_unfinished(data_dir)
        database = Database.open(data_dir / DATABASE_FILE, key)
    except BaseException:
        lock.release(used=False)
        raise
    log.info("store opened%s", f" after {lock.left} was cut short" if lock.left else "")
    context = ServiceContext(database, data_dir, clock, lock.note)
    with suppress(ShakyoError):  # both papers open it until a start can write the slots
        settle_sheets(context)
    return OpenStore(context, lock, LastEnd(context, lock.left, dropped))


def _damage_of_the_log(data_dir: Path, moment: datetime) -> int:
    """How much of what was stored last cannot be read; the files as they were are kept before they change."""
    store = data_dir / DATABASE_FILE
    files = [store, store.with_name(f"{store.name}-wal")]
    dropped = 0
    with suppress(OSError):
        dropped = dropped_commits(files[1]) if files[1].exists() else 0
    if dropped:
        log.error("%d commits of the log cannot be read", dropped)
    if dropped and not _is_kept(data_dir, files):
        aside = fresh_folder(data_dir, BEFORE, moment, "-wal")
        try:
            aside.mkdir()
            for file in files:
                shutil.copyfile(file, aside / file.name)
        except OSError:  # no room: the store still opens with what is readable, and needs some itself
            shutil.rmtree(aside, ignore_errors=True)
    return dropped


def _is_kept(data_dir: Path, files: list[Path]) -> bool:
    """Whether an earlier start kept these very files, and the store could not be opened or used since."""
    for kept in data_dir.glob(f"{BEFORE}*-wal"):
        with suppress(OSError):  # not all of them are there
            if all(filecmp.cmp(kept / file.name, file, shallow=False) for file in reversed(files)):
                return True
    return False


def _finish(data_dir: Path) -> None:
    try:
        finish(data_dir)
    except OSError as error:
        raise NotSaved(
            "戻したデータを置きかえる途中です。前のデータも、戻したデータも残っています。\n"
            "パソコンを入れ直してから、もう一度開いてください。"
        ) from error


def store_key(data_dir: Path, ask_secret: Callable[[], str] | None = None) -> bytes:
    """The key of the store in a data folder; ``ask_secret`` as for ``open_store``.

    Raises:
        StoreMissing, StoreLocked, StoreDamaged: as they say.
    """
    try:
        return open_without_asking(data_dir)
    except StoreLocked:
        if ask_secret is None:
            raise
    return open_with_secret(data_dir, ask_secret())
