"""Files that are handed over: found in folders, read once, put into the order they were made in."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.container import MAX_CONTAINER
from shakyo_desktop.exchange.peeking import peek_place
from shakyo_desktop.exchange.reader import PLAIN_START
from shakyo_desktop.exchange.refusal import refused

SUFFIX = ".shakyo"
UNREADABLE = "file"
"""The code of a file that could not be read at all; not a code of the package format."""

# Nothing larger can be a package; its exact size is judged by the reader.
_MOST = MAX_CONTAINER + 2**20
_READ_ONLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_SETUP, _PLACED, _UNKNOWN = range(3)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Every file that was named, and every package in the folders that were, each once."""
    return list(dict.fromkeys(file for path in paths for file in _files(path)))


def _files(path: Path) -> Iterator[Path]:
    """A folder's packages; what other systems leave on a stick (``._name``) is none of them.

    A folder that cannot be looked into shows nothing.
    """
    if not stat.S_ISDIR(_mode(path)):
        yield path
        return
    every = sorted(Path(folder, name) for folder, _, names in os.walk(path) for name in names)
    for file in every:
        if file.suffix.lower() == SUFFIX and not file.name.startswith(".") and stat.S_ISREG(_mode(file)):
            yield file


def _mode(path: Path) -> int:
    """What a name stands for, 0 when that cannot be said: a failing stick, a loop, a name of no file."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def in_order(files: Sequence[Path], identities: Sequence[str]) -> list[Path]:
    """Setups first, then by key and number, whatever the names are; what tells neither comes last."""
    if len(files) < 2:
        return list(files)
    places = {file: _place(file, identities) for file in files}
    return sorted(files, key=lambda file: places[file])


def _place(file: Path, identities: Sequence[str]) -> tuple[int, str, int]:
    try:
        with open_file(file) as sealed:
            if sealed.read(len(PLAIN_START)) == PLAIN_START:
                return _SETUP, "", 0
            sealed.seek(0)
            place = peek_place(sealed, identities)
    except OSError:
        place = None  # reading it in full will say why
    return (_PLACED, place.key, place.seq) if place else (_UNKNOWN, "", 0)


def name_of(path: Path) -> str:
    """The file's name as text that can be kept, even when its bytes are no text."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


def open_file(path: Path) -> BinaryIO:
    """An ordinary file to read from.

    Raises:
        OSError: there is none, or it is a device, a pipe (which nobody may ever write to) or a folder.
    """
    try:
        file = os.open(path, _READ_ONLY)
    except ValueError as error:  # a name that no file can have
        raise OSError("not a name of a file") from error
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError("not an ordinary file")
    return os.fdopen(file, "rb")


def read_file(path: Path) -> bytes:
    """The whole file.

    Raises:
        PackageRefused: ``size.package`` when it is too large, ``file`` when it cannot be read or changes
            while it is.
    """
    try:
        with open_file(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > _MOST:
                raise refused("size.package")
            data = file.read(size + 1)
        if len(data) != size:
            raise OSError("it is still being written")
        return data
    except OSError as error:
        raise PackageRefused(
            UNREADABLE,
            message="このファイルを開けませんでした。\nこれまでの記録は何も変わっていません。\n"
            "USBメモリを差しなおして、もう一度選んでください。",
        ) from error
