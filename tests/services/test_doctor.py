"""The doctor finds what is wrong, says what to do, and never tells a secret or a name."""

import io
import json
import zipfile

import pytest

from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.domain.keeping import SequenceEntry
from shakyo_desktop.services.backup import BackupService
from shakyo_desktop.services.doctor import DoctorService
from shakyo_desktop.services.founding import confirm_recovery, found_office
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.services.own_keys import new_own_keys, own_keys
from shakyo_desktop.services.practice import found_practice
from shakyo_desktop.services.roster import RosterService
from shakyo_desktop.services.setup_content import build_setup, setup_of_store
from shakyo_desktop.services.setups import SetupService
from shakyo_desktop.storage.key_slots import Way, slot_file
from tests.services.beginnings import KEY_FILE, clock, opened
from tests.services.offices import NOW, WARD
from tests.storage.samples import keep_evidence


@pytest.fixture
def office(tmp_path):
    founded = found_office(tmp_path / "ward", WARD, "見本 事務", KEY_FILE, clock)
    with opened(tmp_path / "ward") as context:
        RosterService(context).add("みほん東地区部会", contact="見本 太郎")
        SetupService(context).issue()
    return tmp_path / "ward", founded.recovery_identity


def findings_of(folder):
    with opened(folder) as context:
        return {finding.area: finding for finding in DoctorService(context).examine()}


def test_a_sound_office_has_no_fault(office):
    findings = findings_of(office[0])
    assert {area for area, finding in findings.items() if not finding.ok} == set()
    assert "1件すべて" in findings["書きかえ防止の印"].message
    assert "まだありません" in findings["控え"].message
    assert "まだ確かめていません" in findings["データの開き方"].message


def test_what_was_done_is_no_longer_advised(office, tmp_path):
    folder, recovery = office
    confirm_recovery(folder, recovery, clock)
    with opened(folder) as context:
        BackupService(context).backup(tmp_path / "a.hikae")
    findings = findings_of(folder)
    assert "令和8年9月12日" in findings["控え"].message
    assert "まだ" not in findings["データの開き方"].message


def test_the_newest_automatic_copy_is_taken_apart(office):
    with opened(office[0]) as context:
        made = GenerationService(context).make(CopyReason.CHANGED)
    assert "中まで確かめました" in findings_of(office[0])["控え"].message
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    finding = findings_of(office[0])["控え"]
    assert not finding.ok
    assert "こわれています" in finding.message
    assert finding.detail == (made.path.name,)
    assert made.path.exists(), "the doctor changes nothing"


def test_a_damaged_page_is_found(office):
    path = office[0] / "store.db"
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(data)
    with opened(office[0]) as context:
        finding = DoctorService(context)._database()
    assert not finding.ok


def kept_setup_as_evidence(stores, name_changed="", stranger=False):
    """A signed package in the chain of the own key, with one entry changed when it is named."""
    own, keys = stores.organisations.get(WARD.code), own_keys(stores)
    signer = new_own_keys(WARD.code, keys.recovery) if stranger else keys
    setup, data = build_setup(signer, 99, setup_of_store(stores, own), NOW)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist() if name != "mimetype"}
    if name_changed:
        entries[name_changed] += b" "
    keep_evidence(stores, setup.manifest, entries.items())
    place = SequenceEntry(
        manifest=setup.manifest,
        key=keys.signing.fingerprint,
        recipient="999999-01",
        seq=1,
        package_id="x",
        kind="answer",
        at=NOW,
    )
    stores.submissions.note_sequence(place)


@pytest.mark.parametrize(
    ("changed", "ok"),
    [("", True), ("data/organisations.ndjson", False), ("META-INF/signature001.p7s", False)],
)
def test_a_kept_package_is_verified_again(office, changed, ok):
    with opened(office[0]) as context, context.database.transaction() as stores:
        kept_setup_as_evidence(stores, changed)
    finding = findings_of(office[0])["書きかえ防止の印"]
    assert finding.ok is ok
    assert finding.message.startswith("2件")


def test_a_kept_package_of_another_key_is_found(office):
    with opened(office[0]) as context, context.database.transaction() as stores:
        kept_setup_as_evidence(stores, stranger=True)
    finding = findings_of(office[0])["書きかえ防止の印"]
    assert not finding.ok
    assert "sig.unknown_key" in finding.detail[0]


def test_a_store_that_nothing_portable_opens_is_a_fault(office):
    # The program never takes the last portable way away; someone edited the file, or lost a part of it.
    slots = slot_file.load(office[0])
    slot_file.save(office[0], slots.without(*slots.of(Way.RECOVERY)))
    assert not findings_of(office[0])["データの開き方"].ok


def test_missing_keys_are_a_fault(office):
    with opened(office[0]) as context, context.database.transaction() as stores:
        stores.keys.forget_own()
    assert not findings_of(office[0])["登録の鍵"].ok


def test_the_bundle_tells_facts_and_no_names(tmp_path):
    found_practice(tmp_path, clock=clock)
    (tmp_path / "logs").mkdir()
    for name in ("events.log", "events.log.1", "crash-20260912-050000.txt", "花子.log"):
        (tmp_path / "logs" / name).write_text("2026-09-12 INFO started\n", encoding="utf-8")
    (tmp_path / "花子のメモ.txt").write_text("", encoding="utf-8")
    with opened(tmp_path) as context:
        bundle = DoctorService(context).bundle()
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        facts = json.loads(archive.read("facts.json"))
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
        assert set(archive.namelist()) == {
            "facts.json",
            *(f"logs/{name}" for name in ("events.log", "events.log.1", "crash-20260912-050000.txt")),
        }
    assert facts["rows"]["item_statuses"] == 42
    assert facts["role"] == "district"
    for word in ("みほん", "花子", "自治会館", "AGE-SECRET-KEY"):
        assert word not in everything


def test_examining_and_dumping_change_nothing(office):
    def dump():
        out = io.StringIO()
        with opened(office[0]) as context:
            DoctorService(context).dump(out)
        return out.getvalue()

    before = dump()
    findings_of(office[0])
    assert dump() == before
    assert all(json.loads(line) for line in before.splitlines())
