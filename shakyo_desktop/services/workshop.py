"""A folder beside the store for the encrypted parts of a copy while it is made or examined."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shakyo_desktop.domain.errors import NotSaved


@contextmanager
def workshop(data_dir: Path) -> Iterator[Path]:
    """A new folder, taken away afterwards; what a killed process left, the next start takes away.

    Raises:
        NotSaved: it cannot be made.
    """
    folder = data_dir / f"copying-{secrets.token_hex(4)}"
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise no_room() from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def no_room() -> NotSaved:
    """The failure to find room for a copy on this computer."""
    return NotSaved(
        "控えを作る場所がありません。入力した内容は残っています。\n"
        "ディスクの空きを増やしてから、もう一度控えを作ってください。"
    )
