"""Small files beside the database, whole or as if never written."""

import os
from pathlib import Path


def replace_file(part: Path, path: Path) -> None:
    """Give a finished file its name, so that a crash leaves the old or the new one.

    Raises:
        OSError: nothing has changed under ``path``.
    """
    descriptor = os.open(part, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    part.replace(path)
    if os.name != "nt":  # Windows has no handle on a folder to flush; its rename is journalled
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_file(path: Path, data: bytes) -> None:
    """Write a private file (mode 0600) atomically.

    Raises:
        OSError: the file is as it was before.
    """
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
        replace_file(part, path)
    finally:
        part.unlink(missing_ok=True)
