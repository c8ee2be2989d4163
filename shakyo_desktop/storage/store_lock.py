"""One process per store at a time, held by the operating system, so that a crash frees it.

The lock's file also says whether its holder is at work, and with what: it is emptied in an orderly end, so
that the next holder knows how the last one ended, whatever the clocks say.
"""

import contextlib
import os
import sys
from pathlib import Path

from shakyo_desktop.domain.errors import StoreInUse
from shakyo_desktop.storage import failures

LOCK_FILE = "store.lock"
_MOST = 64

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
    """The right to use a data folder; held from ``acquire`` until ``release`` or the end of the process.

    ``left`` is what the last holder noted when it ended without releasing the folder; "" when it did.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_FILE
        self._descriptor: int | None = None
        self.left = ""

    def acquire(self) -> None:
        """Take the folder.

        Raises:
            StoreInUse: another process, or another lock of this one, has it.
            NotSaved: the folder cannot be written.
        """
        if self._descriptor is not None:
            return
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
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
        self.left = self._read()

    def note(self, work: str) -> None:
        """Keep, on the medium itself, what is done now; until ``release`` this is what the next holder finds.

        Args:
            work: a short ASCII word. A medium that does not take it is no reason to stop the work.
        """
        self._write(work)

    def release(self, *, used: bool = True) -> None:
        """Give the folder back; the file stays, because removing it could free another's lock.

        Args:
            used: False when the store was not opened after all: what the last holder left stays to be told.
        """
        if self._descriptor is not None:
            self._write("" if used else self.left)
            os.close(self._descriptor)
            self._descriptor = None

    def _read(self) -> str:
        """What stands after the first byte, which Windows keeps locked."""
        assert self._descriptor is not None
        try:
            os.lseek(self._descriptor, 1, os.SEEK_SET)
            return os.read(self._descriptor, _MOST).decode("ascii", "replace").strip()
        except OSError:
            return ""

    def _write(self, work: str) -> None:
        if self._descriptor is None:
            return
        with contextlib.suppress(OSError):
            os.lseek(self._descriptor, 1, os.SEEK_SET)
            os.write(self._descriptor, work.encode("ascii"))
            os.ftruncate(self._descriptor, 1 + len(work))
            os.fsync(self._descriptor)

    def __enter__(self) -> "StoreLock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
