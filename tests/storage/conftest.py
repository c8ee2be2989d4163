"""Real encrypted databases: every store is tested on the file it will live in."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shakyo_desktop.storage.database import DATABASE_FILE, Database

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new store, open."""
    with Database.create(tmp_path / "data" / DATABASE_FILE, KEY) as opened:
        yield opened


@pytest.fixture
def posix() -> None:
    """Skip a test that needs the signals, limits and users of POSIX."""
    if sys.platform == "win32":
        pytest.skip("needs the signals, limits and users of POSIX")
