"""The store as a whole: sealed, whole after anything, and plain about what went wrong."""

import io
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from shakyo_desktop.domain.errors import NotSaved, StoreDamaged, StoreLocked, StoreMissing, StoreTooNew
from shakyo_desktop.domain.keeping import SIGNING, OwnKey
from shakyo_desktop.storage import key_slots, schema
from shakyo_desktop.storage.connection import PAGE_SIZE, single, uri_of
from shakyo_desktop.storage.database import Database
from tests.damage import root_of
from tests.storage import other_process
from tests.storage.conftest import KEY
from tests.storage.samples import JPEG, NOW, ORG, SECRET_WORDS, YEAR, sha256, year

needs_posix = pytest.mark.usefixtures("posix")


def fill(database):
    with database.transaction() as stores:
        stores.blobs.put(sha256(JPEG), JPEG)
        stores.records.replace_year(ORG, YEAR, year())
        stores.settings.set("person_name", SECRET_WORDS)


def dumped(database):
    out = io.StringIO()
    database.dump(out)
    return out.getvalue()


def settings(database):
    with database.reading() as stores:
        return stores.settings.all()


def test_no_file_of_the_store_holds_a_word_of_it(database):
    fill(database)
    files = {path.name: path.read_bytes() for path in database.path.parent.iterdir()}
    assert {"store.db", "store.db-wal"} <= files.keys()
    for content in files.values():
        for word in (SECRET_WORDS.encode(), JPEG, b"CREATE TABLE", b"activities", b"SQLite format", KEY):
            assert word not in content


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/みほん 1/store.db"), "file:///home/%E3%81%BF%E3%81%BB%E3%82%93%201/store.db"),
        (PurePosixPath("/a?b#c%d/store.db"), "file:///a%3Fb%23c%25d/store.db"),
        (PureWindowsPath(r"C:\Users\mihon\store.db"), "file:///C:/Users/mihon/store.db"),
        (PureWindowsPath(r"\\server\share\store.db"), "file:////server/share/store.db"),
    ],
)
def test_a_store_is_found_under_any_name_and_on_a_share(path, uri):
    assert uri_of(path) == uri


def test_a_folder_of_any_name_holds_a_store(tmp_path):
    folder = tmp_path / "みほん #1 100%"
    with Database.create(folder / "store.db", KEY) as database:
        fill(database)
        assert settings(database) == {"person_name": SECRET_WORDS}


def test_everything_is_there_after_closing_and_opening(database):
    fill(database)
    before = dumped(database)
    database.close()
    assert [path.name for path in database.path.parent.iterdir()] == ["store.db"]
    with Database.open(database.path, KEY) as again:
        assert dumped(again) == before


@needs_posix
def test_the_file_is_for_its_owner_only(database):
    assert database.path.stat().st_mode & 0o077 == 0


def test_commits_are_durable_and_references_enforced(database):
    with database.transaction() as stores:
        connection = stores.settings._connection
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store", "cipher_page_size")
        }
    full, memory = 2, 2
    assert values == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "temp_store": memory,
        "cipher_page_size": "8192",
    }


def test_nothing_of_a_failed_piece_of_work_stays(database):
    fill(database)
    before = dumped(database)
    with suppress(ZeroDivisionError), database.transaction() as stores:
        stores.records.delete_year(ORG, YEAR)
        raise ZeroDivisionError
    assert dumped(database) == before


def test_a_transaction_inside_a_transaction_is_a_bug_said_at_once(database):
    with database.transaction(), pytest.raises(RuntimeError, match="inside"), database.transaction():
        pass
    fill(database)


def test_reading_refuses_to_write(database):
    with pytest.raises(NotSaved), database.reading() as stores:
        stores.settings.set("a", 1)
    assert settings(database) == {}


def test_a_reader_sees_one_state_and_does_not_wait_for_a_writer(database):
    written, go_on = threading.Event(), threading.Event()

    def write():
        with database.transaction() as stores:
            stores.settings.set("a", 1)
            written.set()
            go_on.wait()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait()
    with database.reading() as stores:
        before = stores.settings.get("a")
        go_on.set()
        writer.join()
        after = stores.settings.get("a")
    assert (before, after) == (None, None)
    assert settings(database) == {"a": 1}


def test_many_threads_lose_no_write(database):
    failures = []

    def count_up():
        try:
            for _ in range(25):
                with database.transaction() as stores:
                    stores.settings.set("n", stores.settings.get("n", 0) + 1)
                settings(database)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert settings(database) == {"n": 100}


def test_a_wrong_key_opens_nothing_and_gives_no_hint(database):
    database.close()
    with pytest.raises(StoreLocked) as wrong:
        Database.open(database.path, bytes(32))
    assert wrong.value.code == "store.locked"
    with Database.open(database.path, KEY) as again:
        assert again.integrity_problems() == []


def test_a_store_is_not_made_over_another(database):
    fill(database)
    with pytest.raises(StoreMissing) as refused:
        Database.create(database.path, KEY)
    assert refused.value.code == "store.exists"
    assert settings(database) == {"person_name": SECRET_WORDS}


def test_a_store_that_was_never_finished_is_made_again(tmp_path):
    path = tmp_path / "store.db"
    path.with_name("store.db.part").write_bytes(b"half a store")
    with pytest.raises(StoreMissing):
        Database.open(path, KEY)
    Database.create(path, KEY).close()
    assert [left.name for left in tmp_path.iterdir()] == ["store.db"]


def damage(path: Path, at: int, length: int = 1):
    content = bytearray(path.read_bytes())
    content[at : at + length] = bytes(byte ^ 0xFF for byte in content[at : at + length])
    path.write_bytes(content)


def test_a_damaged_page_is_found_and_named(database):
    with database.transaction() as stores:
        stores.blobs.add(bytes(range(256)) * 2000)
    database.close()
    damage(database.path, database.path.stat().st_size - 100_000)
    with Database.open(database.path, KEY) as again:
        (problem,) = again.integrity_problems()
        assert "seal" in problem
        with pytest.raises(StoreDamaged):
            dumped(again)


@pytest.mark.parametrize("zeroed", [False, True], ids=["changed", "zeroed"])
@pytest.mark.parametrize("name", ["blobs", "ix_activities_held_on"])
def test_a_store_with_a_damaged_page_is_not_sealed_anew(database, name, zeroed):
    """Neither by taking out what was deleted, nor by another key: the page would be lost, or look good."""
    fill(database)
    database.close()
    start = (root_of(database.path, KEY, name) - 1) * PAGE_SIZE
    content = database.path.read_bytes()
    page = bytes(PAGE_SIZE) if zeroed else content[start : start + PAGE_SIZE][::-1]
    before = content[:start] + page + content[start + PAGE_SIZE :]
    database.path.write_bytes(before)
    with pytest.raises(StoreDamaged), Database.open(database.path, KEY) as opened:
        opened.erase_deleted()
    with pytest.raises(StoreDamaged):
        Database.change_key(database.path, KEY, bytes(32))
    assert database.path.read_bytes() == before


def test_a_damaged_head_is_told_from_a_wrong_key_by_the_slots(database):
    database.close()
    folder = database.path.parent
    damage(database.path, 100)
    with pytest.raises(StoreLocked):
        Database.open(database.path, KEY)
    key_slots.create_slots(folder, KEY)
    with pytest.raises(StoreDamaged):
        Database.open(database.path, KEY)
    with pytest.raises(StoreLocked):
        Database.open(database.path, bytes(32))


@pytest.mark.parametrize("content", [b"", b"not a store", bytes(20_000)], ids=["empty", "short", "zeros"])
def test_a_file_that_is_no_store_is_refused(tmp_path, content):
    path = tmp_path / "store.db"
    path.write_bytes(content)
    with pytest.raises((StoreDamaged, StoreLocked)):
        Database.open(path, KEY)
    assert path.read_bytes() == content


def test_a_store_of_a_newer_program_is_left_alone(database):
    with database.transaction() as stores:
        stores.settings._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    before = database.path.read_bytes()
    with pytest.raises(StoreTooNew):
        Database.open(database.path, KEY)
    assert database.path.read_bytes() == before


def test_a_sealed_file_that_is_not_ours_is_damaged(tmp_path):
    path = tmp_path / "store.db"
    with single(path, KEY, create=True) as connection:
        connection.execute("CREATE TABLE other (id)")
    with pytest.raises(StoreDamaged):
        Database.open(path, KEY)


def test_a_full_disk_keeps_what_was_saved_and_says_so(database):
    fill(database)
    before = dumped(database)
    with database.transaction() as stores:
        pages = stores.settings._connection.exec_driver_sql("PRAGMA page_count").scalar()
        stores.settings._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(NotSaved, match="空き"), database.transaction() as stores:
        stores.blobs.add(bytes(1_000_000))
    assert dumped(database) == before
    assert database.integrity_problems() == []


@needs_posix
def test_a_disk_that_takes_no_more_bytes_keeps_what_was_saved(database):
    fill(database)
    before = dumped(database)
    database.close()
    done = other_process.run(
        """
import resource
database = Database.open(path, key)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    with database.transaction() as stores:
        stores.blobs.add(bytes(2_000_000))
except ShakyoError as error:
    print(error.code)
with database.reading() as stores:
    print(len(stores.settings.all()))
""",
        database.path,
    )
    assert done.stdout.split() == ["store.not_saved", "1"], done.stderr
    with Database.open(database.path, KEY) as again:
        assert dumped(again) == before
        assert again.integrity_problems() == []


@needs_posix
def test_a_folder_that_cannot_be_written_is_said(database):
    fill(database)
    database.close()
    done = other_process.run(
        """
os.chmod(path, 0o444)
os.chmod(path.parent, 0o555)
if os.geteuid() == 0:  # nothing is read-only for root
    for parent in list(path.parents)[1:-2]:
        os.chmod(parent, 0o755)
    os.seteuid(65534)
for work in (lambda: Database.open(path, key).close(), StoreLock(path.parent).acquire,
             lambda: Database.create(path.with_name("new.db"), key)):
    try:
        work()
    except ShakyoError as error:
        print(error.code)
""",
        database.path,
    )
    database.path.parent.chmod(0o755)
    database.path.chmod(0o600)
    assert done.stdout.split() == ["store.not_saved"] * 3, done.stderr
    with Database.open(database.path, KEY) as again:
        assert again.integrity_problems() == []


@needs_posix
@pytest.mark.parametrize("committed", [True, False])
def test_a_killed_program_loses_no_commit_and_keeps_no_half(database, committed):
    database.close()
    process = other_process.start(
        """
database = Database.open(path, key)
for number in range(50):
    with database.transaction() as stores:
        stores.settings.set("n", number)
        stores.blobs.add(b"committed %d" % number)
"""
        + (
            "print('ready', flush=True); sys.stdin.read()"
            if committed
            else """
with database.transaction() as stores:
    stores.settings.set("n", "half")
    stores.blobs.add(bytes(20_000_000))
    print("ready", flush=True)
    sys.stdin.read()
"""
        ),
        database.path,
    )
    assert process.stdout.readline() == "ready\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    with Database.open(database.path, KEY) as again:
        assert settings(again) == {"n": 49}
        with again.reading() as stores:
            assert len(stores.blobs.unreferenced()) == 50
        assert again.integrity_problems() == []


def test_a_backup_is_the_same_store_under_the_same_key(database, tmp_path):
    fill(database)
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"an older backup")
    database.backup_to(copy)
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == ["copy.db"]
    with Database.open(copy, KEY) as opened:
        assert dumped(opened) == dumped(database)


def test_a_backup_for_a_successor_leaves_the_private_keys_out(database, tmp_path):
    fill(database)
    key = OwnKey(public="p", purpose=SIGNING, org=ORG, secret=b"private", created_at=NOW)
    with database.transaction() as stores:
        stores.keys.add_own(key)
    database.backup_to(tmp_path / "copy.db", own_keys=False)
    with Database.open(tmp_path / "copy.db", KEY) as opened, opened.reading() as stores:
        assert stores.keys.own(SIGNING) == ()
        assert stores.records.year(ORG, YEAR) == year()
    with database.reading() as stores:
        assert stores.keys.own(SIGNING) == (key,)


def test_a_backup_that_cannot_be_written_leaves_the_old_one(database, tmp_path):
    fill(database)
    with pytest.raises(NotSaved):
        database.backup_to(tmp_path / "no such folder" / "copy.db")


def test_a_dump_is_the_same_for_the_same_content_and_shows_no_private_key(tmp_path):
    key = OwnKey(public="p", purpose=SIGNING, org=ORG, secret=b"AGE-SECRET-KEY-1", created_at=NOW)
    dumps = []
    for name, order in (("one", ["a", "b"]), ("two", ["b", "a"])):
        with Database.create(tmp_path / name / "store.db", KEY) as database:
            with database.transaction() as stores:
                stores.keys.add_own(key)
                for setting in order:
                    stores.settings.set(setting, {"z": 1, "a": [2]})
            dumps.append(dumped(database))
    assert dumps[0] == dumps[1]
    assert "AGE-SECRET" not in dumps[0]
    assert sha256(b"AGE-SECRET-KEY-1") in dumps[0]
    assert '{"key":"a","value":{"a":[2],"z":1}}' in dumps[0].splitlines()
    tables = [line for line in dumps[0].splitlines() if line.startswith('{"table":') and line.count(":") == 1]
    assert tables == sorted(tables)
    assert len(tables) == len(schema.metadata.tables)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE drafts DROP COLUMN text",
        "DROP TABLE deletions",
        "ALTER TABLE settings ADD COLUMN more TEXT",
        "CREATE TRIGGER more AFTER INSERT ON settings BEGIN DELETE FROM drafts; END",
        "CREATE VIEW more AS SELECT * FROM settings",
    ],
)
def test_a_store_whose_tables_somebody_changed_does_not_pass_its_check(tmp_path, statement):
    with Database.create(tmp_path / "store.db", KEY) as database:
        with database.transaction() as stores:
            stores.settings._connection.exec_driver_sql(statement)
        assert any(problem.startswith("table:") for problem in database.integrity_problems())


@pytest.mark.parametrize("version", ["0000", "", "00011x", "-1"])
def test_a_store_of_a_version_that_never_was_is_damaged(tmp_path, version):
    with Database.create(tmp_path / "store.db", KEY) as database, database.transaction() as stores:
        stores.settings._connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (version,))
    with pytest.raises(StoreDamaged):
        Database.open(tmp_path / "store.db", KEY)
