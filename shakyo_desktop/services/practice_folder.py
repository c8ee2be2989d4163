"""Where practice lives, and beginning it anew; real data is never touched."""

import contextlib
from pathlib import Path

from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.services.opening import has_store, open_store
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.schema_map import MAP_FILE

_FILES = (
    DATABASE_FILE,
    f"{DATABASE_FILE}-wal",
    f"{DATABASE_FILE}-shm",
    key_slots.SLOTS_FILE,
    key_slots.SPARE_FILE,
    MAP_FILE,
    key_slots.KEY_FILE,
)


def practice_folder(data_dir: Path) -> Path:
    """The folder of practice that belongs to a data folder: beside it, never inside."""
    return data_dir.absolute().with_name(f"{data_dir.absolute().name}-practice")


def clear_practice(folder: Path) -> None:
    """Throw a practice store away, so that practice begins anew; nobody may have it open.

    Raises:
        NotReady: the folder holds real data; nothing was changed.
        StoreInUse, StoreLocked, StoreDamaged: as opening a store does.
    """
    if not has_store(folder):
        return
    store = open_store(folder)
    try:
        with store.context.database.reading() as stores:
            practice = bool(stores.settings.get("practice", False))
        store.context.database.close()
        if not practice:
            raise NotReady("これは練習のデータではありません。何も変えていません。")
        for name in _FILES:
            with contextlib.suppress(FileNotFoundError):
                (folder / name).unlink()
    finally:
        store.lock.release()
