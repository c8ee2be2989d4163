"""Proving a copy: taken apart again, every page examined, every row counted."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.services.copy_file import damaged_copy, open_copy
from shakyo_desktop.services.workshop import no_room
from shakyo_desktop.storage import failures, inspection


def row_counts(path: Path, key: bytes) -> dict[str, int]:
    """How many rows each table of a store's file holds.

    Raises:
        StoreDamaged, StoreLocked: it cannot be read.
    """
    with failures.translated():
        return inspection.row_counts(path, key)


def prove(copy: Path, key: bytes, scratch: Path, rows: Mapping[str, int] | None = None) -> None:
    """Examine a copy as it lies on its medium; nothing is changed, and nothing stays in ``scratch``.

    Args:
        key: the store key, which never leaves the memory.
        scratch: a folder with room for the store once more.
        rows: how many rows each table must hold; None where nobody counted them.

    Raises:
        FileUnreadable: the copy is damaged: a digest, its code, a page's seal, the form of a table, a
            reference or a number of rows is not what it was.
        NotSaved: there is no room to take it apart.
    """
    unpacked = scratch / "proof.db"
    try:
        with open_copy(copy) as opened:
            opened.slots()
            opened.check_code(key)
            try:
                opened.take_store(unpacked)
            except OSError as error:
                raise no_room() from error
        _examine(unpacked, key, rows)
    finally:
        for path in scratch.glob("proof.db*"):
            with contextlib.suppress(OSError):
                path.unlink()


def _examine(store: Path, key: bytes, rows: Mapping[str, int] | None) -> None:
    try:
        with failures.translated():
            problems = inspection.integrity_problems(store, key)
        counted = row_counts(store, key) if rows is not None else {}  # an older release has other tables
    except ShakyoError as error:
        raise damaged_copy() from error
    if problems or counted != dict(rows or {}):
        raise damaged_copy()
