"""The stream behind a verified write: forwards only, counted and digested on the way."""

import hashlib
import io
from collections.abc import Callable
from typing import BinaryIO, cast

from shakyo_desktop.services.file_calls import FileCalls

_BEGIN_SYNC = 4 << 20  # bytes

Produce = Callable[[BinaryIO], object]


class PartStream(io.RawIOBase):
    """What ``produce`` writes to; every write reaches the operating system before it returns."""

    def __init__(self, file: int, calls: FileCalls, written: Callable[[int], None]) -> None:
        """``written`` hears the number of bytes so far before each write and may raise ``Cancelled``."""
        super().__init__()
        self._file = file
        self._calls = calls
        self._written = written
        self._digest = hashlib.sha256()
        self._failure: Exception | None = None
        self.size = 0

    @property
    def sha256(self) -> str:
        """The digest of everything written, in hex."""
        return self._digest.hexdigest()

    def fill(self, produce: Produce) -> None:
        """Run ``produce``. Libraries hide a failed write behind errors of their own; the first cause wins."""
        try:
            produce(cast(BinaryIO, self))
        except Exception as error:
            if self._failure is not None and self._failure is not error:
                raise self._failure from error
            raise
        if self._failure is not None:  # swallowed by a library
            raise self._failure

    def writable(self) -> bool:
        """True: a stream to write to."""
        return True

    def tell(self) -> int:
        """The number of bytes written."""
        return self.size

    def write(self, data: object, /) -> int:
        """Write all of ``data`` (anything bytes-like) and return its length in bytes."""
        view = memoryview(cast(bytes, data)).cast("B")
        try:
            self._written(self.size)
            done = 0
            while done < len(view):
                done += self._calls.write(self._file, view[done:])
        except Exception as failure:  # whatever it is, a library may swallow it
            self._failure = self._failure or failure
            raise
        self._digest.update(view)
        if self.size // _BEGIN_SYNC != (self.size + len(view)) // _BEGIN_SYNC:
            self._calls.begin_sync(self._file)  # a slow stick works from the start, not only at the end
        self.size += len(view)
        return len(view)
