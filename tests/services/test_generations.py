"""Automatic copies: made when something changed, proven after writing, thinned without losing the newest."""

import errno
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from shakyo_desktop.domain.copies import CopyReason, CopyState
from shakyo_desktop.domain.errors import Cancelled, DestinationFailed, FileUnreadable, NotSaved
from shakyo_desktop.services import generation_proof, generations
from shakyo_desktop.services.generation_room import make_room, thin
from shakyo_desktop.services.generations import MARGIN, list_generations
from shakyo_desktop.services.handover_facts import newest_copy
from shakyo_desktop.storage import inspection, key_slots
from shakyo_desktop.storage.database import Database
from tests.services.conftest import STORE_KEY
from tests.services.copying import PLENTY, fake, files_unchanged, service_of, with_slots, write
from tests.services.test_verified_write import CountedCalls, raises

NOON = datetime(2026, 9, 12, 3, 0, tzinfo=UTC)


@pytest.fixture
def sheet(district):
    return with_slots(district)


@pytest.fixture
def copies(district, sheet):
    return service_of(district)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_is_named_by_number_time_and_store_and_says_why(district, copies, clock):
    made = copies.make(CopyReason.CHANGED)
    tag = key_slots.fingerprint(district.data_dir)[:8]
    assert made.path == district.data_dir / "copies" / f"000001-20260912-1400-{tag}.hikae"
    assert (made.state, made.reason, made.number) == (CopyState.GOOD, CopyReason.CHANGED, 1)
    assert (made.at, made.size) == (clock(), made.path.stat().st_size)
    assert list_generations(district.data_dir) == (made,)
    assert not list(district.data_dir.glob("copying-*"))


def test_a_copy_holds_everything_and_is_opened_by_the_sheet(district, copies, sheet, tmp_path, clock):
    write(district, "見本次郎")
    made = copies.make(CopyReason.CHANGED)
    key = key_slots.open_with_recovery(district.data_dir, sheet)
    generation_proof.prove(made.path, key, tmp_path)
    rows = generation_proof.row_counts(district.database.path, STORE_KEY)
    generation_proof.prove(made.path, key, tmp_path, rows)
    with pytest.raises(FileUnreadable):
        generation_proof.prove(made.path, key, tmp_path, {**rows, "settings": 0})
    assert names(tmp_path) == ["district"]


def test_nothing_of_the_store_is_readable_in_a_copy_or_its_name(district, copies):
    write(district, "見本花子")
    made = copies.make(CopyReason.CHANGED)
    for words in ("見本花子", "みほん東地区部会", "990011-01"):
        assert words.encode() not in made.path.read_bytes()
        assert words not in made.path.name


def test_a_handover_names_the_newest_copy_whoever_made_it(district, copies, clock):
    def named():
        with district.database.reading() as stores:
            return newest_copy(district, stores)

    assert named() == "作っていません"
    by_itself = copies.make(CopyReason.CHANGED)
    assert named() == f"このパソコンの中の {by_itself.path.name}（令和8年9月12日 14:00）"
    later = (clock() + timedelta(hours=1)).isoformat()
    with district.database.transaction() as stores:
        stores.settings.set("copies", [{"at": later, "file_name": "手で作った.hikae"}])
    assert named() == "手で作った.hikae（令和8年9月12日 15:00）"


def test_no_copy_is_made_while_nothing_changed(district, copies):
    assert copies.has_changed()
    assert copies.make_if_changed()
    assert not copies.has_changed()
    assert copies.make_if_changed() is None
    write(district, "見本次郎")
    assert copies.has_changed()
    assert copies.make_if_changed().number == 2
    assert copies.make_if_changed() is None


def test_reading_and_refused_work_are_no_change(district, copies):
    copies.make(CopyReason.CHANGED)
    with district.database.reading() as stores:
        stores.settings.all()
    with suppress(ZeroDivisionError), district.database.transaction() as stores:
        stores.settings.set("person_name", "見本次郎")
        _ = 1 / 0
    with district.database.transaction(marks=False) as stores:
        stores.settings.set("copy_place", {})
    assert not copies.has_changed()


def test_whether_something_changed_is_known_after_a_restart_too(district, copies):
    copies.make(CopyReason.CHANGED)
    district.database.close()
    with Database.open(district.database.path, STORE_KEY) as database:
        again = service_of(type(district)(database, district.data_dir, district.clock))
        assert not again.has_changed()
        with database.transaction() as stores:
            stores.settings.set("person_name", "見本次郎")
        assert again.has_changed()


def test_a_change_while_the_copy_is_made_is_a_change_after_it(district, copies, monkeypatch):
    real = Database.backup_to

    def slow(self, path, **options):
        real(self, path, **options)
        write(district, "見本次郎")

    monkeypatch.setattr(Database, "backup_to", slow)
    copies.make(CopyReason.CHANGED)
    assert copies.has_changed()


def test_a_clock_set_back_does_not_make_an_old_copy_the_newest(district, copies, clock):
    copies.make(CopyReason.CHANGED)
    clock.turn(days=-900)
    write(district, "見本次郎")
    later = copies.make(CopyReason.CHANGED)
    assert later.number == 2
    assert copies.newest_good() == later
    assert [one.number for one in list_generations(district.data_dir)] == [2, 1]
    assert not copies.has_changed()


def test_thinning_leaves_the_newest_ten_then_one_a_day(tmp_path):
    for number in range(1, 17):
        fake(tmp_path / "copies", number, NOON + timedelta(days=(number - 1) // 2))
    assert thin(list_generations(tmp_path), PLENTY) is False
    assert [one.number for one in list_generations(tmp_path)] == [*range(16, 6, -1), 6, 4, 2]


def spoil(path, at=0.5):
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 1
    path.write_bytes(data)


def test_a_copy_that_became_bad_is_found_out_named_so_and_not_counted(district, copies):
    first, second = copies.make(CopyReason.CHANGED), copies.make(CopyReason.ASKED)
    spoil(second.path)
    assert copies.examine(first) == first
    found = copies.examine(second)
    assert found.state is CopyState.BAD
    assert found.path.name == second.path.name + ".bad"
    assert copies.newest_good() == first
    assert copies.make(CopyReason.CHANGED).number == 3


def test_a_copy_cut_short_is_bad_at_a_glance(district, copies):
    first, second = copies.make(CopyReason.CHANGED), copies.make(CopyReason.CHANGED)
    os.truncate(second.path, second.size - 20)
    assert [one.state for one in copies.generations()] == [CopyState.BAD, CopyState.GOOD]
    assert copies.newest_good() == first


@pytest.mark.parametrize("lie", ["a byte of the medium", "a page", "a row"])
def test_a_copy_that_does_not_stand_its_examination_is_named_bad(district, copies, monkeypatch, lie):
    good = copies.make(CopyReason.CHANGED)
    if lie == "a byte of the medium":
        real = generations.prove

        def late(path, *rest):
            spoil(path)
            real(path, *rest)

        monkeypatch.setattr(generations, "prove", late)
    elif lie == "a page":
        real_problems = inspection.integrity_problems
        monkeypatch.setattr(
            inspection,
            "integrity_problems",
            lambda path, key: ["seal: 3"] if path.name == "proof.db" else real_problems(path, key),
        )
    else:
        real_counts = inspection.row_counts
        monkeypatch.setattr(
            inspection,
            "row_counts",
            lambda path, key: real_counts(path, key) | ({"settings": 0} if path.name == "proof.db" else {}),
        )
    with pytest.raises(FileUnreadable):
        copies.make(CopyReason.CHANGED)
    monkeypatch.undo()
    states = [(one.number, one.state) for one in list_generations(district.data_dir)]
    assert states == [(2, CopyState.BAD), (1, CopyState.GOOD)]
    assert copies.newest_good() == good
    assert not list(district.data_dir.glob("copying-*"))


def spoiled(generation):
    spoil(generation.path)
    return generation


def test_bad_copies_stay_until_a_good_one_is_newer_and_then_the_newest_two(district, copies):
    for made in [copies.make(CopyReason.CHANGED) for _ in range(4)]:
        copies.examine(spoiled(made))
    assert [one.state for one in copies.generations()] == [CopyState.BAD] * 4
    assert copies.newest_good() is None
    copies.make(CopyReason.CHANGED)
    assert [one.number for one in copies.generations()] == [5, 4, 3]


def test_a_file_put_into_the_folder_by_hand_is_listed_and_never_thinned(tmp_path):
    folder = tmp_path / "copies"
    by_hand = fake(folder, 1, NOON).rename(folder / "usb.hikae")
    (folder / "memo.txt").write_text("")
    for number in range(1, 15):
        fake(folder, number, NOON + timedelta(minutes=number))
    thin(list_generations(tmp_path), 0)
    listed = list_generations(tmp_path)
    assert [one.number for one in listed] == [14, 13, 0]
    assert (listed[-1].path, listed[-1].state) == (by_hand, CopyState.UNCHECKED)


def test_when_room_is_short_the_oldest_go_and_the_newest_two_stay(tmp_path):
    folder = tmp_path / "copies"
    size = {fake(folder, number, NOON).stat().st_size for number in range(1, 7)}.pop()

    def free():
        return (10 - len(names(folder))) * size

    assert make_room(list_generations(tmp_path), 4 * size, free) is False
    assert make_room(list_generations(tmp_path), 5 * size + 1, free) is True
    assert [one.number for one in list_generations(tmp_path)] == [6, 5, 4, 3]
    with pytest.raises(NotSaved, match="控えを作る場所がありません"):
        make_room(list_generations(tmp_path), 9 * size, free)
    assert [one.number for one in list_generations(tmp_path)] == [6, 5]


def test_a_disk_without_room_for_a_copy_says_so_and_keeps_what_is_there(district, copies):
    made = copies.make(CopyReason.CHANGED)
    full = service_of(district, free=lambda _folder: MARGIN)
    with files_unchanged(district.data_dir), pytest.raises(NotSaved, match="入力した内容は残っています"):
        full.make(CopyReason.CHANGED)
    assert copies.generations() == (made,)


def test_copies_take_no_more_than_a_quarter_of_the_room(tmp_path):
    size = {fake(tmp_path / "copies", number, NOON).stat().st_size for number in range(1, 9)}.pop()
    assert thin(list_generations(tmp_path), 8 * size) is True
    assert [one.number for one in list_generations(tmp_path)] == [8, 7, 6, 5]


def test_a_copy_that_is_stopped_leaves_nothing(district, copies):
    copies.make(CopyReason.CHANGED)
    with files_unchanged(copies.folder), pytest.raises(Cancelled):
        copies.make(CopyReason.CHANGED, cancelled=lambda: True)


def test_a_failing_call_leaves_the_earlier_copies_and_nothing_half_written(district, copies):
    copies.make(CopyReason.CHANGED)
    counted = CountedCalls()
    service_of(district, calls=counted).make(CopyReason.CHANGED)
    places = {name: number for number, name in enumerate(counted.made)}  # the last of each kind
    for name, number in places.items():
        with pytest.raises(DestinationFailed):
            service_of(district, calls=CountedCalls(number, raises(errno.ENOSPC))).make(CopyReason.CHANGED)
        assert {1, 2} <= {one.number for one in copies.generations() if one.is_good}, name
    copies.make(CopyReason.CHANGED)
    assert all(name.endswith(".hikae") for name in names(copies.folder))


def test_what_a_killed_process_left_is_swept_before_the_next_copy(district, copies):
    copies.make(CopyReason.CHANGED)
    for name in ("000009-20260912-1400-00000000.hikae.unproven", "000009-20260912-1400-00000000.hikae.part"):
        (copies.folder / name).write_bytes(b"x")
    copies.make(CopyReason.CHANGED)
    assert len(names(copies.folder)) == 2


def test_a_copy_of_a_store_without_paper_carries_the_key_rings_slot(district):
    key_slots.create_slots(district.data_dir, STORE_KEY)
    key_slots.add_key_file(district.data_dir, STORE_KEY)
    made = service_of(district).make(CopyReason.CHANGED)
    assert made.is_good


def test_the_copies_of_another_store_are_listed_after_and_left_alone(district, copies):
    other = copies.make(CopyReason.CHANGED)
    foreign = other.path.with_name(other.path.name.replace("000001", "000900").replace(other.store, "0" * 8))
    other.path.rename(foreign)
    made = copies.make(CopyReason.CHANGED)
    assert [one.path for one in list_generations(district.data_dir)] == [made.path, foreign]
    assert copies.generations() == (made,)


def test_copies_in_another_folder_are_found_by_the_folder_around_them(district, copies, tmp_path):
    made = copies.make(CopyReason.CHANGED)
    inside = tmp_path / "usb" / "hikae-990011-01"
    inside.mkdir(parents=True)
    (inside / made.path.name).write_bytes(made.path.read_bytes())
    for folder in (inside, inside.parent):
        listed = list_generations(district.data_dir, folder)
        assert [(one.number, one.elsewhere) for one in listed] == [(1, False), (1, True)]
    assert list_generations(tmp_path / "nothing", tmp_path / "nothing") == ()
