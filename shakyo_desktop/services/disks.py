"""What a copy needs to know about disks: how much is free, and whether two folders go together."""

import shutil
from pathlib import Path


def free_bytes(folder: Path) -> int:
    """The room on the disk of a folder; OSError where there is none to ask about."""
    return shutil.disk_usage(folder).free


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders share a file system, so that both are lost with it."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False
