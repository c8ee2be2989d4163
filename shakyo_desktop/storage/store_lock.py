"""One process per store at a time, held by the operating system, so that a crash frees it."""

import os
import sys
from pathlib import Path

from shakyo_desktop.domain.errors import StoreInUse
from shakyo_desktop.storage import failures

LOCK_FILE = "store.lock"

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        """Take the first byte for this process, or raise OSError at once."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        """Take the file for this process, or raise OSError at once."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class StoreLock:
    """The right to use a data folder; held from ``acquire`` until ``release`` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_FILE
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the folder.

        Raises:
            StoreInUse: another process, or another lock of this one, has it.
            NotSaved: the folder cannot be written.
        """
        if self._descriptor is not None:
            return
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise failures.not_writable() from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise StoreInUse(
                "このデータは、もう一つの画面で開かれています。\nデータは無事です。\n"
                "開いている画面を使うか、閉じてから、もう一度開いてください。"
            ) from error
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the folder back; the file stays, because removing it could free another's lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "StoreLock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
