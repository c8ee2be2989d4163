"""One process per store; a crash frees it."""

import pytest

from shakyo_desktop.domain.errors import StoreInUse
from shakyo_desktop.storage.store_lock import StoreLock
from tests.storage import other_process

HOLD = """
with StoreLock(path.parent):
    print("held", flush=True)
    sys.stdin.read()
"""
TRY = """
try:
    StoreLock(path.parent).acquire()
    print("free")
except ShakyoError as error:
    print(error.code)
"""


def test_a_second_lock_is_refused_until_the_first_is_released(tmp_path):
    first, second = StoreLock(tmp_path), StoreLock(tmp_path)
    with first:
        first.acquire()
        with pytest.raises(StoreInUse) as refused:
            second.acquire()
        assert refused.value.code == "store.in_use"
    with second:
        second.release()
        second.release()
    with first:
        pass


def test_another_process_is_kept_out_and_comes_in_after_a_crash(tmp_path):
    database_file = tmp_path / "store.db"
    holder = other_process.start(HOLD, database_file)
    assert holder.stdout.readline() == "held\n"
    assert other_process.run(TRY, database_file).stdout == "store.in_use\n"
    with pytest.raises(StoreInUse):
        StoreLock(tmp_path).acquire()
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    with StoreLock(tmp_path):
        assert other_process.run(TRY, database_file).stdout == "store.in_use\n"


def test_stores_in_different_folders_do_not_meet(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with StoreLock(tmp_path / "a"), StoreLock(tmp_path / "b"):
        pass


NOTE = """
lock = StoreLock(path.parent)
lock.acquire()
lock.note("receive")
lock.note("copy")
os._exit(9)
"""


def test_what_a_holder_did_when_it_died_is_found_by_the_next(tmp_path):
    other_process.run(NOTE, tmp_path / "store.db")
    first = StoreLock(tmp_path)
    first.acquire()
    assert first.left == "copy"
    first.note("submit")
    first.release(used=False)  # it could not open the store: nobody was told yet
    second = StoreLock(tmp_path)
    with second:
        assert second.left == "copy"
        second.note("submit")
    with StoreLock(tmp_path) as third:
        assert third.left == ""
