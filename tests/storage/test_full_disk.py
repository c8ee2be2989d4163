"""A disk without room while a store is opened, brought up to date or made: said, and nothing touched."""

from pathlib import Path

from tests.small_disk import run_on_small_disk

BEGIN = """
import hashlib
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.storage.database import Database
from shakyo_desktop.storage.schema import SCHEMA_VERSION
import sqlalchemy.dialects.sqlite.pysqlite

key, path = bytes(range(32)), disk / "store.db"

def attempt(work):
    try:
        work().close()
        print("done")
    except ShakyoError as error:
        print(error.code, "空き" in error.message or "書き込めない" in error.message)

def digest():
    return hashlib.sha256(path.read_bytes()).hexdigest()
"""

MIGRATING = """
shutil.copy(source, path)
before = digest()
fill()
attempt(lambda: Database.open(path, key))
print(digest() == before)
tidy_up()
attempt(lambda: Database.open(path, key))
with Database.open(path, key) as database:
    print(database.integrity_problems())
    with database.reading() as stores:
        print(stores.settings.get("release"))
"""

OPENING = """
with Database.create(path, key) as database:
    with database.transaction() as stores:
        stores.settings.set("a", 1)
fill()
attempt(lambda: Database.open(path, key))
attempt(lambda: Database.create(disk / "other.db", key))
tidy_up()
print(sorted(found.name for found in disk.iterdir() if not found.name.startswith("store.db-")))
with Database.open(path, key) as database:
    with database.reading() as stores:
        print(stores.settings.get("a"), database.integrity_problems())
"""


def test_a_store_that_finds_no_room_to_be_brought_up_to_date_is_left_as_it_was(tmp_path: Path) -> None:
    old = Path(__file__).parent / "data" / "store-0003.db"
    ran = run_on_small_disk(BEGIN + MIGRATING, old, tmp_path / "disk", 4)
    assert ran.lines == ["store.not_saved True", "True", "done", "[]", "store-0003"], ran.way


def test_a_full_disk_while_opening_costs_nothing(tmp_path: Path) -> None:
    ran = run_on_small_disk(BEGIN + OPENING, tmp_path, tmp_path / "disk", 4)
    assert ran.lines == ["store.not_saved True", "store.not_saved True", "['store.db']", "1 []"], ran.way
