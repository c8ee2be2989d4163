"""Files that are handed over: found in folders, read once, put into the order they were made in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.container import MAX_CONTAINER
from shakyo_desktop.exchange.peeking import peek_place

SUFFIX = ".shakyo"
# Nothing larger can be a package; its exact size is judged by the reader.
_MOST = MAX_CONTAINER + 2**20


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file to be judged."""

    path: Path


def files_of(paths: Iterable[Path]) -> list[Arriving]:
    """Every file that was named, and every package in the folders that were, each once."""
    found = dict.fromkeys(file for path in paths for file in _files(path))
    return [Arriving(file) for file in found]


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    yield from sorted(file for file in path.rglob(f"*{SUFFIX}") if file.is_file())


def in_order(files: Sequence[Arriving], identities: Sequence[str]) -> list[Arriving]:
    """Sorted by key and number; what tells neither keeps its place behind them."""
    if len(files) < 2:
        return list(files)
    places = {}
    for file in files:
        try:
            with file.path.open("rb") as sealed:
                place = peek_place(sealed, identities)
        except OSError:
            place = None  # reading it in full will say why
        places[file] = (0, place.key, place.seq) if place else (1, "", 0)
    return sorted(files, key=lambda file: places[file])


def read_file(path: Path) -> bytes:
    """The whole file.

    Raises:
        PackageRefused: ``size.package`` when it is too large, ``file`` when it cannot be read.
    """
    try:
        if path.stat().st_size > _MOST:
            raise PackageRefused("size.package")
        return path.read_bytes()
    except OSError as error:
        raise PackageRefused(
            "file",
            message="このファイルを開けませんでした。\nこれまでの記録は何も変わっていません。\n"
            "USBメモリを差しなおして、もう一度選んでください。",
        ) from error
