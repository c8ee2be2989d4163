"""A store that is made in a folder of its own and takes its place whole, whatever ends the program meanwhile.

The database comes last, so that there is no store until all of it is there. A folder that is
``ready`` and did not get that far takes its place at the next start (``take_place``).
"""

import contextlib
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shakyo_desktop.domain.errors import NotSaved
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.files import write_file

BEGINNING = "beginning-"
"""How the folder of a store begins that is being made."""

_READY = "ready"
_OURS = re.compile(BEGINNING + "[0-9a-f]{8}")


@contextmanager
def made_aside(data_dir: Path) -> Iterator[Path]:
    """A new folder inside ``data_dir`` to make a store in; closed at the end, it becomes the folder's store.

    Raises:
        NotSaved: the folder cannot be written; nothing is left of what was made.
    """
    folder = data_dir / f"{BEGINNING}{secrets.token_hex(4)}"
    try:
        for old in _begun(data_dir):  # by a first start that was cut short
            shutil.rmtree(old, ignore_errors=True)
        with _said():
            folder.mkdir(mode=0o700)
        yield folder
        with _said():
            write_file(folder / _READY, b"")
            _move_in(folder, data_dir)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def take_place(data_dir: Path) -> None:
    """Let a store that was finished take its place, when a power cut came between."""
    if (data_dir / DATABASE_FILE).exists():
        return
    with contextlib.suppress(OSError):  # another start has just done it
        for folder in _begun(data_dir):
            if (folder / _READY).exists():
                _move_in(folder, data_dir)


def _begun(data_dir: Path) -> list[Path]:
    """The folders of this program only: a person may have chosen a folder with others in it."""
    return [path for path in data_dir.glob(f"{BEGINNING}*") if _OURS.fullmatch(path.name)]


def _move_in(folder: Path, data_dir: Path) -> None:
    others = sorted(one.name for one in folder.iterdir() if one.name not in (_READY, DATABASE_FILE))
    for name in (*others, DATABASE_FILE):
        (folder / name).replace(data_dir / name)


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotSaved(
            "データを入れるフォルダーに書きこめませんでした。まだ何も始まっていません。\n"
            "書きこめるフォルダーを選んで、もう一度始めてください。"
        ) from error
