"""Pieces of the program run in a process of their own, so that it can be killed or have its rights taken."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_START = """
import os, sys
from pathlib import Path
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.storage.database import Database
from shakyo_desktop.storage.store_lock import StoreLock
import sqlalchemy.dialects.sqlite.pysqlite
path = Path(sys.argv[1])
key = bytes(range(32))
"""


def run(script: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run a script to its end; ``path`` is its database file."""
    command = [sys.executable, "-X", "utf8", "-c", _START + script, str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def start(script: str, path: Path) -> subprocess.Popen[str]:
    """Start a script; it says on its output how far it is, and waits for its input to end."""
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", _START + script, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
