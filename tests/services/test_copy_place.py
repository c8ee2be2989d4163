"""Copies on another drive: known by what lies there, caught up when it is seen, and never a disturbance."""

from datetime import timedelta

import pytest

from shakyo_desktop.domain.copies import CopyReason, CopyState
from shakyo_desktop.domain.errors import BadInput, DestinationFailed, FileUnreadable, NotReady
from shakyo_desktop.services import disks
from shakyo_desktop.services.backup import BackupService
from shakyo_desktop.services.copy_place import MARKER, CopyPlaceService
from shakyo_desktop.services.copy_rounds import CopyRounds
from shakyo_desktop.services.drives import Drive, DriveService
from shakyo_desktop.services.generations import list_generations
from shakyo_desktop.storage import key_slots
from tests.services.conftest import STORE_KEY
from tests.services.copying import PLENTY, service_of, with_slots, write
from tests.services.test_generations import spoil


class Sticks:
    """Sticks that are plugged in under whatever name; ``drives`` are there now."""

    def __init__(self):
        self.drives = []

    def list(self):
        return self.drives

    def plug(self, path, name="みどりのUSB"):
        path.mkdir(parents=True, exist_ok=True)
        self.drives = [Drive(path.name, name, "", path, 1, 1, "usb")]
        return path


@pytest.fixture
def sticks():
    return Sticks()


@pytest.fixture
def sheet(district):
    return with_slots(district)


@pytest.fixture
def copies(district, sheet):
    return service_of(district)


@pytest.fixture
def place(district, copies, sticks):
    return CopyPlaceService(district, copies, DriveService(sticks), free=lambda _folder: PLENTY)


@pytest.fixture
def rounds(district, copies, place):
    return CopyRounds(district, copies, place, BackupService(district))


@pytest.fixture
def apart(monkeypatch):
    """The stick and the data folder are on two disks."""
    monkeypatch.setattr(disks, "same_disk", lambda one, other: False)


def test_the_newest_copy_is_brought_to_the_place_once(district, copies, place, sticks, tmp_path, clock):
    stick = sticks.plug(tmp_path / "E")
    chosen = place.choose(stick)
    assert (chosen.here, chosen.name, chosen.copied_at) == (True, "みどりのUSB", None)
    assert place.catch_up() is None  # there is nothing yet
    first = copies.make(CopyReason.CHANGED)
    made = place.catch_up()
    assert (made.number, made.state, made.elsewhere) == (1, CopyState.GOOD, True)
    assert made.path.read_bytes() == first.path.read_bytes()
    assert made.path.parent == stick / f"hikae-990011-01-{first.store}"
    assert place.catch_up() is None
    assert place.place().copied_at == clock()
    assert not copies.has_changed(), "what is noted about the place is no reason for another copy"


def test_the_place_is_found_under_another_letter_and_a_strange_stick_is_not_taken_for_it(
    district, copies, place, sticks, tmp_path, clock
):
    place.choose(sticks.plug(tmp_path / "E"))
    copies.make(CopyReason.CHANGED)
    place.catch_up()
    (tmp_path / "E").rename(tmp_path / "F")
    strange = sticks.plug(tmp_path / "E")
    inner = place.place().folder
    assert not place.place().here
    inner.mkdir()
    (inner / MARKER).write_text('{"format": "shakyo-copies", "place": "another"}')
    write(district, "見本次郎")
    copies.make(CopyReason.CHANGED)
    seen = clock()
    clock.turn(days=40)
    assert place.catch_up() is None
    assert [path.name for path in inner.iterdir()] == [MARKER]
    assert (place.place().here, place.place().seen_at) == (False, seen)
    sticks.plug(tmp_path / "F")
    assert place.catch_up().number == 2
    now = place.place()
    assert (now.here, now.folder.parent, now.seen_at) == (True, tmp_path / "F", clock())
    assert [one.number for one in place.generations()] == [2, 1]
    assert list(strange.iterdir()) == [inner]


def test_a_place_that_is_chosen_again_keeps_its_number(place, sticks, tmp_path):
    stick = sticks.plug(tmp_path / "E")
    first = place.choose(stick)
    marker = (first.folder / MARKER).read_bytes()
    place.forget()
    assert place.place() is None
    assert place.choose(stick).folder == first.folder
    assert place.choose(first.folder).folder == first.folder
    assert (first.folder / MARKER).read_bytes() == marker


def test_a_store_that_nothing_portable_opens_has_no_copies_elsewhere(district, sticks, tmp_path):
    key_slots.create_slots(district.data_dir, STORE_KEY)
    key_slots.add_key_file(district.data_dir, STORE_KEY)
    place = CopyPlaceService(district, service_of(district), DriveService(sticks))
    with pytest.raises(NotReady, match="合い言葉を決めて"):
        place.choose(tmp_path)


def test_a_copy_from_before_the_passphrase_is_made_anew_for_another_place(
    district, sticks, tmp_path, quick_passphrases
):
    key_slots.create_slots(district.data_dir, STORE_KEY)
    key_slots.add_key_file(district.data_dir, STORE_KEY)
    copies = service_of(district)
    copies.make(CopyReason.CHANGED)
    key_slots.add_passphrase(district.data_dir, STORE_KEY, "みほんの合い言葉")
    place = CopyPlaceService(district, copies, DriveService(sticks), free=lambda _folder: PLENTY)
    place.choose(sticks.plug(tmp_path / "E"))
    assert place.catch_up().number == 2


def test_a_folder_inside_the_data_folder_is_no_other_place(district, place):
    with pytest.raises(BadInput, match="データのフォルダーの中"):
        place.choose(district.data_dir / "copies")


def test_a_copy_that_became_bad_at_home_is_not_spread(district, copies, place, sticks, tmp_path):
    place.choose(sticks.plug(tmp_path / "E"))
    made = copies.make(CopyReason.CHANGED)
    spoil(made.path, 0.9)
    with pytest.raises(FileUnreadable):
        place.catch_up()
    assert copies.newest_good() is None
    assert place.generations() == ()
    copies.make(CopyReason.CHANGED)
    assert place.catch_up().number == 2


def test_a_full_stick_keeps_its_newest_two_and_work_is_not_disturbed(
    district, copies, rounds, sticks, tmp_path
):
    rounds.place.choose(sticks.plug(tmp_path / "E"))
    for number in range(3):
        write(district, f"見本 {number}")
        rounds.round()
    rounds.place._free = lambda _folder: 0
    write(district, "見本次郎")
    rounds.round()
    assert "控えを作る場所がありません" in rounds.status().trouble
    assert [one.number for one in rounds.place.generations()] == [3, 2]
    assert copies.newest_good().number == 4
    rounds.place._free = lambda _folder: PLENTY
    rounds.round()
    assert rounds.status().trouble == ""
    assert [one.number for one in rounds.place.generations()] == [4, 3, 2]


def test_a_place_that_became_read_only_is_told_and_the_copy_at_home_is_made(
    district, copies, rounds, sticks, tmp_path
):
    place = rounds.place.choose(sticks.plug(tmp_path / "E"))

    class ReadOnly(type(rounds.place._calls)):
        def create(self, path):
            raise OSError(30, "read-only")

    rounds.place._calls = ReadOnly()
    rounds.round()
    assert "書きこみが止められています" in rounds.status().trouble
    assert copies.newest_good().number == 1
    assert list_generations(district.data_dir, place.folder)[0].elsewhere is False
    with pytest.raises(DestinationFailed):
        rounds.make_now()


def test_a_round_makes_one_copy_and_the_next_none(rounds):
    rounds.round()
    rounds.round()
    status = rounds.status()
    assert [one.number for one in status.generations] == [1]
    assert (status.changed, status.place, status.outside_at, status.trouble) == (False, None, None, "")


def test_closing_copies_a_small_store_and_leaves_a_big_one_for_the_next_time(
    district, copies, rounds, monkeypatch
):
    rounds.closing()
    assert copies.newest_good().reason is CopyReason.CLOSING
    write(district, "見本次郎")
    monkeypatch.setattr("shakyo_desktop.services.generations.QUICK", 0)
    rounds.closing()
    assert copies.newest_good().number == 1
    assert rounds.status().changed


def test_a_disk_that_is_full_at_closing_keeps_nobody_waiting(copies, rounds):
    copies._free = lambda _folder: 0
    rounds.closing()
    assert copies.newest_good() is None


def test_copies_of_one_number_are_told_together(rounds, sticks, tmp_path):
    rounds.place.choose(sticks.plug(tmp_path / "E"))
    rounds.round()
    [both] = rounds.status().by_number()
    assert [one.elsewhere for one in both] == [False, True]


@pytest.mark.usefixtures("apart")
def test_advice_comes_when_no_copy_outside_is_younger_than_30_days(district, rounds, sticks, tmp_path, clock):
    [slot, *_] = key_slots.list_slots(district.data_dir)
    clock.moment = slot.made_at + timedelta(days=13)
    assert rounds.advice() == ""
    clock.turn(days=1)
    assert "まだありません" in rounds.advice()
    rounds.place.choose(sticks.plug(tmp_path / "E"))
    rounds.round()
    assert rounds.advice() == ""
    clock.turn(days=30)
    assert rounds.advice() == ""
    clock.turn(days=1)
    assert "いちばん新しい" in rounds.advice()
    rounds.put_advice_aside()
    assert rounds.advice() == ""
    clock.turn(days=29)
    assert rounds.advice() == ""
    clock.turn(days=1)
    assert rounds.advice()
    clock.turn(days=-30, seconds=-1)  # set back to before it was put aside
    assert rounds.advice()
    BackupService(district).backup(tmp_path / "usb" / "a.hikae")
    assert rounds.advice() == ""


def test_a_copy_on_the_same_disk_is_none_outside(district, rounds, sticks, tmp_path):
    rounds.place.choose(sticks.plug(tmp_path / "E"))
    rounds.round()
    BackupService(district).backup(tmp_path / "a.hikae")
    assert rounds.place.place().same_disk
    assert rounds.status().outside_at is None


def test_practice_is_not_advised(district, rounds, clock):
    clock.turn(days=4000)
    assert rounds.advice()
    with district.database.transaction() as stores:
        stores.settings.set("practice", True)
    assert rounds.advice() == ""


def test_a_place_that_is_pulled_while_it_is_asked_for_room_is_told(district, copies, place, sticks, tmp_path):
    place.choose(sticks.plug(tmp_path / "E"))
    copies.make(CopyReason.CHANGED)

    def gone(_folder):
        raise FileNotFoundError(2, "gone")

    place._free = gone
    with pytest.raises(DestinationFailed):
        place.catch_up()


def test_a_round_while_the_store_is_closed_is_no_trouble(district, rounds):
    district.database.close()
    rounds.round()
    rounds.closing()
    district.database.open_again(STORE_KEY)
    assert rounds.status().trouble == ""
    assert rounds.status().changed


def test_a_new_computer_goes_on_with_the_copies_of_the_one_before_on_the_same_stick(
    district, copies, place, sticks, tmp_path
):
    place.choose(sticks.plug(tmp_path / "E"))
    for number in range(3):
        write(district, f"みほん{number}")
        copies.make(CopyReason.CHANGED)
    place.catch_up()
    for one in list_generations(district.data_dir):  # of a new computer the data folder is new
        one.path.unlink()
    write(district, "新しいパソコン")
    assert copies.make(CopyReason.CHANGED).number == 1
    made = place.catch_up()
    assert (made.number, made.mark) == (4, district.database.change_mark())
    assert place.catch_up() is None
    assert [one.number for one in place.generations()] == [4, 3]
    assert copies.newest_good().number == 4


def test_a_name_with_an_absurd_number_on_the_stick_is_not_counted_on_from(
    district, copies, place, sticks, tmp_path
):
    folder = place.choose(sticks.plug(tmp_path / "E")).folder
    first = copies.make(CopyReason.CHANGED)
    absurd = first.path.name.replace("000001", "9" * 180)
    (folder / absurd).write_bytes(first.path.read_bytes())
    assert place.catch_up().number == 1
    assert copies.newest_good().number == 1
