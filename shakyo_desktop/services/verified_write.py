"""Writes a file so that it is either whole and proven, or as if nothing had been written.

The order of package-format.md, "On the stick", with one comparison more: ``.part`` in the same folder,
flush and fsync, close, read back and compare, replace, find again under its own name. Comparing before
the replacement means that a stick which stores wrong bytes cannot cost the file that was there.
"""

import contextlib
import hashlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.domain.errors import Cancelled
from shakyo_desktop.services.ahead import ahead
from shakyo_desktop.services.destination_messages import cause_of, destination_failed
from shakyo_desktop.services.file_calls import SYSTEM, FileCalls
from shakyo_desktop.services.part_stream import PartStream, Produce

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all; the total is 0 while the file is still being made."""

_CHUNK = 1 << 20
_EDGE = 1 << 16
_MAX_PATH = 240  # package-format.md, "On the stick"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written, read back and compared; ``size`` in bytes, ``sha256`` in hex."""

    path: Path
    size: int
    sha256: str


def write_verified(
    folder: Path,
    name: str,
    produce: Produce,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    calls: FileCalls = SYSTEM,
) -> WrittenFile:
    """Write ``folder/name`` with what ``produce`` writes to its stream; return when it is proven.

    A file of that name is replaced in one step. On any failure the old file is whole, or the new one
    is, and no ``.part`` stays behind where the medium still answers.

    Raises:
        DestinationFailed: the medium is full, protected, gone, or gave back other bytes.
        Cancelled: ``cancelled`` answered True before the file got its name; nothing changed.
    """
    path = folder / name
    if Path(name).name != name:
        raise ValueError("a file name, not a path")
    if len(str(path.absolute())) + len(".part") >= _MAX_PATH:
        raise destination_failed("name")
    work = _Work(calls, progress or (lambda done, total: None), cancelled or (lambda: False))
    try:
        return work.run(path, path.with_name(f"{name}.part"), produce)
    except OSError as error:
        raise destination_failed(cause_of(error)) from error


def made_folder(folder: Path) -> Path:
    """Return ``folder``, made with its parents when it is missing.

    Raises:
        DestinationFailed: it cannot be made there, or a file has its name.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise destination_failed(cause_of(error)) from error
    return folder


@dataclass(frozen=True, slots=True)
class _Edges:
    """A file's size in bytes, its beginning and its end."""

    size: int
    head: bytes
    tail: bytes


@dataclass(frozen=True, slots=True)
class _Work:
    """One verified write: the system's calls, who is told, who may stop it."""

    calls: FileCalls
    progress: Progress
    cancelled: Callable[[], bool]

    def run(self, path: Path, part: Path, produce: Produce) -> WrittenFile:
        """Do every step; whatever fails takes its unfinished file away."""
        try:
            stream = self._write(part, produce)
            edges = self._compare(part, stream)
            self.stop_if_cancelled()
            self.calls.replace(part, path)
        except BaseException:
            self._forget(part)
            raise
        self.calls.sync_folder(path.parent)
        if self._edges(path) != edges:
            self._forget(path)
            raise destination_failed("changed")
        return WrittenFile(path, stream.size, stream.sha256)

    def stop_if_cancelled(self) -> None:
        """Raise when the person pressed 中止する."""
        if self.cancelled():
            raise Cancelled("中止しました。何も変わっていません。")

    def _write(self, part: Path, produce: Produce) -> PartStream:
        """Let ``produce`` fill ``part`` and put it on the medium."""
        file = self.calls.create(part)
        try:
            stream = PartStream(file, self.calls, self._tell)
            stream.fill(produce)
            self.calls.sync(file)
        except BaseException:
            with contextlib.suppress(OSError):  # the first failure is the one to tell
                self.calls.close(file)
            raise
        self.calls.close(file)
        return stream

    def _tell(self, written: int) -> None:
        self.stop_if_cancelled()
        self.progress(written, 0)

    def _compare(self, part: Path, written: PartStream) -> _Edges:
        """Read the whole file back and compare it with what was handed over."""
        digest, size, head, tail = hashlib.sha256(), 0, b"", b""
        with ahead(self._pieces(part)) as pieces:
            for data in pieces:
                self.stop_if_cancelled()
                digest.update(data)
                size += len(data)
                head = head or data[:_EDGE]
                tail = data[-_EDGE:] if len(data) >= _EDGE else (tail + data)[-_EDGE:]
                self.progress(size, written.size)
        if (size, digest.hexdigest()) != (written.size, written.sha256):
            raise destination_failed("changed")
        return _Edges(size, head, tail)

    def _pieces(self, path: Path) -> Generator[bytes, None, None]:
        """A file's bytes in pieces, from opening it to closing it."""
        file = self.calls.open(path)
        try:
            while data := self.calls.read(file, _CHUNK):
                yield data
        finally:
            self.calls.close(file)

    def _edges(self, path: Path) -> _Edges:
        file = self.calls.open(path)
        try:
            size = self.calls.size(file)
            head = self.calls.read(file, min(_EDGE, size))
            self.calls.seek(file, max(0, size - _EDGE))
            return _Edges(size, head, self.calls.read(file, _EDGE))
        finally:
            self.calls.close(file)

    def _forget(self, path: Path) -> None:
        with contextlib.suppress(OSError):  # a stick that is gone has nothing to take away
            self.calls.remove(path)
