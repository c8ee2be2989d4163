"""A first start as people do it, and the stores opened again afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.founding import LockChoice
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from tests.services.offices import NOW

KEY_FILE = LockChoice(frozenset({"key_file"}))


def clock():
    """The moment of these tests."""
    return NOW


@contextmanager
def opened(folder: Path) -> Iterator[ServiceContext]:
    """A store opened by its key file."""
    with Database.open(folder / DATABASE_FILE, key_slots.open_with_key_file(folder)) as database:
        yield ServiceContext(database, folder, clock)
