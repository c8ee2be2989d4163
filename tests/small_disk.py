"""A disk that fills up for real, in a process of its own.

A small file system where the system lets us mount one (root, or a name space of one's own); elsewhere a limit
on the size of a file, which stops the same writes. ``WAY`` of the answer says which of the two it was.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

PRELUDE = """
import os, resource, shutil, signal, subprocess, sys
from pathlib import Path
source, disk, way, mebibytes = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
filler, unlimited = disk / "filler", resource.getrlimit(resource.RLIMIT_FSIZE)

disk.mkdir()
if way == "mount":
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "small", disk], check=True)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

def fill(left=0):
    "Leave so many bytes: on the whole disk, or in any one file (the log of a store begins empty)."
    if way == "mount":
        with filler.open("wb") as out:
            out.write(bytes(shutil.disk_usage(disk).free - left))
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (left, unlimited[1]))

def tidy_up():
    "Give the room back."
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    filler.unlink(missing_ok=True)
"""


@dataclass(frozen=True)
class Ran:
    """How the disk was made small ("mount" or "limit"), and what the script printed."""

    way: str
    lines: list[str]


def run_on_small_disk(script: str, source: Path, disk: Path, mebibytes: int) -> Ran:
    """Run a script that knows ``source``, ``disk``, ``way``, ``fill(left)`` and ``tidy_up()``."""
    if sys.platform == "win32":
        pytest.skip("needs the mounts or the limits of POSIX")
    start = _way_to_mount()
    way = "mount" if start else "limit"
    command = [*start, sys.executable, "-X", "utf8", "-c", PRELUDE + script]
    done = subprocess.run(
        [*command, str(source), str(disk), way, str(mebibytes)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, (way, done.stdout, done.stderr)
    return Ran(way, done.stdout.splitlines())


@cache
def _way_to_mount() -> tuple[str, ...]:
    """The beginning of a command in which a mount works and nobody else sees it; empty when there is none."""
    for start in (("unshare", "-m"), ("unshare", "-rm")):
        with tempfile.TemporaryDirectory() as folder:
            mount = [*start, "mount", "-t", "tmpfs", "none", folder]
            if shutil.which("unshare") and not subprocess.run(mount, capture_output=True).returncode:
                return start
    return ()
