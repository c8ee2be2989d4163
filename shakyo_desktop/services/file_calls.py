"""The calls to the operating system that a verified write makes, one method each.

A test replaces this class to make any one of them fail; the program uses it as it is.
"""

import contextlib
import os
import sys
from pathlib import Path


class FileCalls:
    """Unbuffered files, so that every byte handed over has reached the operating system."""

    def create(self, path: Path) -> int:
        """Open ``path`` empty for writing and return its descriptor; a left-over is overwritten."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o644)

    def write(self, file: int, data: memoryview) -> int:
        """Write some of ``data`` and return how many bytes were taken."""
        return os.write(file, data)

    def begin_sync(self, file: int) -> None:
        """Have the system start to put what is written on the medium, and return at once."""
        if sys.platform == "linux":  # the others begin by themselves
            with contextlib.suppress(OSError):  # no more than a hint
                os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)

    def sync(self, file: int) -> None:
        """Return when everything written is on the medium itself."""
        os.fsync(file)
        if sys.platform == "linux":  # so that reading back asks the medium and not the memory
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self, file: int) -> None:
        """Close a descriptor."""
        os.close(file)

    def open(self, path: Path) -> int:
        """Open ``path`` for reading, past the memory's copy where the system allows it."""
        file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        if sys.platform == "darwin":
            import fcntl  # exists on POSIX only

            fcntl.fcntl(file, fcntl.F_NOCACHE, 1)
        return file

    def read(self, file: int, size: int) -> bytes:
        """Return up to ``size`` bytes; none at the end."""
        return os.read(file, size)

    def seek(self, file: int, offset: int) -> None:
        """Go on reading ``offset`` bytes from the beginning."""
        os.lseek(file, offset, os.SEEK_SET)

    def size(self, file: int) -> int:
        """Return the size of an open file in bytes."""
        return os.fstat(file).st_size

    def replace(self, source: Path, target: Path) -> None:
        """Give ``source`` the name ``target`` in one step, in place of what stood there."""
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Put the new name itself on the medium, where the system has a call for that."""
        if os.name != "posix":
            return
        file = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # some file systems have no such call; the data is synced
                os.fsync(file)
        finally:
            os.close(file)

    def remove(self, path: Path) -> None:
        """Delete a file; one that is not there is no failure."""
        path.unlink(missing_ok=True)


SYSTEM = FileCalls()
