"""A copy is complete and proven; what is restored from it goes on as it should."""

import io

import pytest

from shakyo_desktop.domain.errors import (
    BadInput,
    DestinationFailed,
    FileUnreadable,
    StoreLocked,
    StoreMissing,
)
from shakyo_desktop.domain.keeping import SequenceEntry
from shakyo_desktop.services.backup import BackupService, restore
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.own_keys import own_keys, recovery_sheet
from shakyo_desktop.services.own_sequence import next_place
from shakyo_desktop.services.practice import found_practice
from shakyo_desktop.services.roster import RosterService
from shakyo_desktop.services.setups import SetupService
from shakyo_desktop.storage import key_slots
from tests.services.beginnings import KEY_FILE, clock, opened
from tests.services.offices import NOW, WARD

NO_LOCKS = LockChoice(frozenset({"key_file"}))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A ward's folder, its recovery text, and a copy of it."""
    folder = tmp_path_factory.mktemp("office")
    founded = found_office(folder / "ward", WARD, "", KEY_FILE, clock)
    with opened(folder / "ward") as context:
        RosterService(context).add("みほん東地区部会")
        SetupService(context).issue()
        copy = BackupService(context).backup(folder / "out" / "ward.hikae").path
    return folder / "ward", founded.recovery_identity, copy


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    folder = tmp_path_factory.mktemp("district")
    found_practice(folder / "east", clock=clock)
    with opened(folder / "east") as context:
        copy = BackupService(context).backup(folder / "out" / "east.hikae").path
    return folder / "east", copy


def dump_of(folder, without=("settings", "own_keys")):
    out = io.StringIO()
    with opened(folder) as context:
        context.database.dump(out)
    kept, table = [], ""
    for line in out.getvalue().splitlines():
        if line.startswith('{"table":'):
            table = line
        if not any(f'"{name}"' in table for name in without):
            kept.append(line)
    return kept


def keys_of(folder):
    with opened(folder) as context, context.database.reading() as stores:
        return own_keys(stores)


def test_a_restored_office_has_everything_and_the_same_keys(office, tmp_path):
    folder, recovery, copy = office
    restored = restore(copy, tmp_path / "new", recovery, NO_LOCKS, clock)
    assert (restored.org, restored.name, restored.made_at) == (WARD.code, WARD.name, NOW)
    assert "もう一度受け取ってください" in restored.message
    assert dump_of(tmp_path / "new") == dump_of(folder)
    before, after = keys_of(folder), keys_of(tmp_path / "new")
    assert after.signing.fingerprint == before.signing.fingerprint
    assert after.mailbox == before.mailbox
    with opened(tmp_path / "new") as context:
        assert recovery_sheet(context).text == recovery


def test_a_restored_office_goes_on_1000_higher(office, tmp_path):
    folder, recovery, _ = office
    with opened(folder) as context:
        with context.database.transaction() as stores:
            key = own_keys(stores).signing.fingerprint
            entry = SequenceEntry(
                manifest="a" * 64,
                key=key,
                recipient="999999-01",
                seq=7,
                package_id="x",
                kind="answer",
                at=NOW,
            )
            stores.submissions.note_sequence(entry)
            assert next_place(stores, key, "999999-01") == (8, "a" * 64)
            assert next_place(stores, key, "999999-02") == (1, None)
        copy = BackupService(context).backup(tmp_path / "later.hikae").path
    restore(copy, tmp_path / "new", recovery, NO_LOCKS, clock)
    with opened(tmp_path / "new") as context:
        with context.database.reading() as stores:
            assert next_place(stores, key, "999999-01") == (1007, None)
            assert next_place(stores, key, "999999-02") == (1007, None)
        assert SetupService(context).current().up_to_date is False
        assert SetupService(context).issue().serial == 1001


def test_a_restored_district_is_a_new_installation_with_all_its_records(district, tmp_path, monkeypatch):
    folder, copy = district
    monkeypatch.setenv("SHAKYO_DATA_DIR", str(folder))
    restored = restore(copy, tmp_path / "new", None, NO_LOCKS, clock)
    assert "確認番号を確かめるまで保留" in restored.message
    assert dump_of(tmp_path / "new") == dump_of(folder)
    before, after = keys_of(folder), keys_of(tmp_path / "new")
    assert after.signing.fingerprint != before.signing.fingerprint
    assert after.mailbox != before.mailbox


def test_a_handover_copy_opens_with_its_printed_passphrase(district, tmp_path):
    with opened(district[0]) as context:
        copy = BackupService(context).backup(tmp_path / "handover.hikae", "みほんの引継ぎの言葉").path
        ways = {slot.way.value for slot in key_slots.list_slots(context.data_dir)}
    assert "passphrase" not in ways
    restored = restore(copy, tmp_path / "new", "みほんの引継ぎの言葉", NO_LOCKS, clock)
    assert restored.org == "999999-01"


def test_nothing_of_a_store_is_readable_in_its_copy(district, office):
    for copy in (district[1], office[2]):
        data = copy.read_bytes()
        for words in ("みほん", "自治会館", "AGE-SECRET-KEY"):
            assert words.encode() not in data


def test_a_copy_is_remembered(office):
    with opened(office[0]) as context:
        service = BackupService(context)
        assert "ward.hikae" in [copy.file_name for copy in service.copies()]
        assert service.last().at == NOW
        assert service.suggested_name() == "999999-20260912.hikae"


def test_making_a_copy_leaves_nothing_else_behind(office):
    assert not list(office[0].glob("copying-*"))


def refused(copy, folder, secret):
    with pytest.raises((StoreLocked, FileUnreadable, StoreMissing)) as caught:
        restore(copy, folder, secret, NO_LOCKS, clock)
    return caught.value


def test_a_wrong_secret_opens_nothing_and_leaves_nothing(office, tmp_path):
    error = refused(office[2], tmp_path / "new", "AGE-SECRET-KEY-1WRONG")
    assert "まだ何も変えていません" in error.message
    assert list((tmp_path / "new").iterdir()) == []


def test_without_a_secret_a_store_nearby_opens_its_own_copy_only(office, tmp_path, monkeypatch):
    monkeypatch.setenv("SHAKYO_DATA_DIR", str(tmp_path / "none"))
    far = tmp_path / "far" / "away" / "ward.hikae"
    far.parent.mkdir(parents=True)
    far.write_bytes(office[2].read_bytes())
    assert isinstance(refused(far, tmp_path / "new", None), StoreLocked)
    monkeypatch.setenv("SHAKYO_DATA_DIR", str(office[0]))
    assert restore(far, tmp_path / "new", None, NO_LOCKS, clock).org == WARD.code


def test_a_copy_is_not_restored_over_a_store(office):
    assert refused(office[2], office[0], office[1]).code == "store.exists"


def test_a_damaged_copy_leaves_nothing(office, tmp_path):
    data = bytearray(office[2].read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "damaged.hikae").write_bytes(data)
    error = refused(tmp_path / "damaged.hikae", tmp_path / "new", office[1])
    assert "こわれています" in error.message
    assert list((tmp_path / "new").iterdir()) == []


def test_a_short_passphrase_makes_no_copy(office, tmp_path):
    with opened(office[0]) as context, pytest.raises(BadInput):
        BackupService(context).backup(tmp_path / "x.hikae", "みじかい")
    assert not (tmp_path / "x.hikae").exists()


def test_a_place_that_cannot_be_written_says_so(office, tmp_path):
    (tmp_path / "taken.hikae").mkdir()
    (tmp_path / "taken.hikae" / "file").write_bytes(b"")
    with opened(office[0]) as context, pytest.raises(DestinationFailed):
        BackupService(context).backup(tmp_path / "taken.hikae")
