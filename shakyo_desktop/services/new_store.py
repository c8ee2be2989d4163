"""Making a store for the first start: all of it, or nothing is left behind."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shakyo_desktop.domain.errors import NotSaved, StoreMissing
from shakyo_desktop.services.locks import LockChoice, add_ways, checked_passphrase
from shakyo_desktop.services.made_aside import made_aside, take_place
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from shakyo_desktop.storage.schema_map import MAP_FILE

_FILES = (
    DATABASE_FILE,
    f"{DATABASE_FILE}-wal",
    f"{DATABASE_FILE}-shm",
    f"{DATABASE_FILE}.part",
    key_slots.SLOTS_FILE,
    key_slots.SPARE_FILE,
    MAP_FILE,
    key_slots.KEY_FILE,
)


@contextmanager
def new_store(data_dir: Path, locks: LockChoice, recovery_recipient: str) -> Iterator[Database]:
    """An empty store to fill; it is in the folder only when it is filled, else nothing is left behind.

    Args:
        data_dir: the folder, which may exist but holds no store.
        recovery_recipient: the ``age1…`` of the identity on the recovery sheet, which always opens the store.

    Raises:
        StoreMissing: there is a store already (``store.exists``).
        BadInput: the passphrase is too short.
        StoreLocked: this computer has no key ring that works (``store.no_key_ring``).
        NotSaved: the folder cannot be written.
    """
    refuse_existing(data_dir)
    if "passphrase" in locks.kinds:
        checked_passphrase(locks.passphrase)
    with made_aside(data_dir) as folder:
        key = key_slots.new_key()
        key_slots.create_slots(folder, key)
        key_slots.add_recovery(folder, key, recovery_recipient)
        add_ways(folder, key, locks)
        with Database.create(folder / DATABASE_FILE, key) as database:
            yield database


def refuse_existing(data_dir: Path) -> None:
    """Make the folder, and refuse one that holds a store or a part of one; ends what a power cut left.

    Raises:
        StoreMissing: with the code ``store.exists``.
        NotSaved: the folder cannot be made.
    """
    take_place(data_dir)
    if any((data_dir / name).exists() for name in (DATABASE_FILE, key_slots.SLOTS_FILE)):
        raise StoreMissing(
            "このフォルダーには、もうデータがあります。データは無事で、何も変えていません。\n"
            "ほかのフォルダーを選んでください。",
            code="store.exists",
        )
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotSaved(
            "データを入れるフォルダーを作れませんでした。まだ何も始まっていません。\n"
            "書きこめるフォルダーを選んで、もう一度始めてください。"
        ) from error


@contextmanager
def taken_away_on_failure(data_dir: Path) -> Iterator[None]:
    """Take the files of an unfinished store away when the work inside fails."""
    try:
        yield
    except BaseException:
        for name in _FILES:
            with contextlib.suppress(OSError):
                (data_dir / name).unlink(missing_ok=True)
        raise
