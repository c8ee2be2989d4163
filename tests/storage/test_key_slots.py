"""Each way opens the store, the wrong ones do not, and no way is lost by accident."""

import base64
import json
import subprocess
from dataclasses import replace

import pytest

from shakyo_desktop.domain.errors import NotReady, NotSaved, StoreDamaged, StoreLocked, StoreMissing
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.key_slots import Way, opening, sealing, slot_file

KEY = bytes(range(32))


class FakeKeyRing:
    """A key ring in memory; ``broken`` makes it fail like one that is missing."""

    def __init__(self):
        self.entries = {}
        self.broken = False

    def _works(self):
        if self.broken:
            raise StoreLocked("ない", code="store.no_key_ring")

    def get_password(self, service, name):
        self._works()
        return self.entries.get((service, name))

    def set_password(self, service, name, value):
        self._works()
        self.entries[service, name] = value

    def delete_password(self, service, name):
        self._works()
        self.entries.pop((service, name), None)


@pytest.fixture
def folder(tmp_path):
    key_slots.create_slots(tmp_path, KEY)
    return tmp_path


@pytest.fixture
def quick_passphrase(monkeypatch):
    """Passphrases without scrypt's second, for tests that are not about it; the sealing stays age's."""
    identities = {}

    def identity_of(passphrase):
        return identities.setdefault(sealing.normal(passphrase), sealing.new_identity())

    def seal(key, passphrase):
        return sealing.seal_to(key, identity_of(passphrase)[1])

    def opened(sealed, passphrase):
        return sealing.open_by(sealed, identity_of(passphrase)[0])

    monkeypatch.setattr("shakyo_desktop.storage.key_slots.ways.seal_with_passphrase", seal)
    monkeypatch.setattr("shakyo_desktop.storage.key_slots.opening.open_by_passphrase", opened)


def ways(folder):
    return [slot.way for slot in key_slots.list_slots(folder)]


def test_a_passphrase_opens_the_store_whatever_its_width_and_another_does_not(folder):
    key_slots.add_passphrase(folder, KEY, " みほんﾄﾞｱ１２３ ")
    assert key_slots.open_with_passphrase(folder, "みほんドア123") == KEY
    with pytest.raises(StoreLocked) as refused:
        key_slots.open_with_passphrase(folder, "みほんドア124")
    assert refused.value.code == "store.locked"
    (slot,) = json.loads((folder / key_slots.SLOTS_FILE).read_text())["slots"]
    header, work = base64.b64decode(slot["sealed"]).split(b"\n")[:2]
    assert header == b"age-encryption.org/v1"
    assert int(work.split()[-1]) >= 15  # scrypt's N is at least 2^15


def test_an_empty_passphrase_is_not_taken(folder):
    with pytest.raises(NotReady):
        key_slots.add_passphrase(folder, KEY, " 　")
    assert ways(folder) == []


def test_the_paper_opens_the_store_however_it_is_typed(folder):
    identity = key_slots.add_recovery(folder, KEY)
    typed = [
        identity,
        identity.lower(),
        f" {identity[:20]} {identity[20:40]}\n{identity[40:]} ",
        "".join(chr(ord(letter) + 0xFEE0) for letter in identity),
    ]
    for text in typed:
        assert key_slots.open_with_recovery(folder, text) == KEY
    assert identity not in (folder / key_slots.SLOTS_FILE).read_text()


@pytest.mark.parametrize(
    "wrong",
    ["", "AGE-SECRET-KEY-1", "合言葉", sealing.new_identity()[0]],
    ids=["nothing", "cut", "words", "stranger"],
)
def test_another_paper_does_not(folder, wrong):
    key_slots.add_recovery(folder, KEY)
    with pytest.raises(StoreLocked):
        key_slots.open_with_recovery(folder, wrong)


def test_the_paper_of_the_office_can_serve_for_the_store(folder):
    identity, recipient = sealing.new_identity()
    assert key_slots.add_recovery(folder, KEY, recipient) == ""
    assert key_slots.list_slots(folder)[0].recipient == recipient
    assert key_slots.open_with_recovery(folder, identity) == KEY


def test_the_paper_works_with_the_age_program_alone(folder, tmp_path, needs_tool):
    age = needs_tool("age")
    (tmp_path / "paper.txt").write_text(key_slots.add_recovery(folder, KEY))
    (slot,) = json.loads((folder / key_slots.SLOTS_FILE).read_text())["slots"]
    opened = subprocess.run(
        [age, "-d", "-i", tmp_path / "paper.txt"],
        input=base64.b64decode(slot["sealed"]),
        capture_output=True,
        check=True,
    )
    assert opened.stdout == KEY


def test_the_key_ring_opens_without_asking_and_holds_no_store_key(folder):
    ring = FakeKeyRing()
    key_slots.add_key_ring(folder, KEY, ring)
    assert key_slots.open_with_key_ring(folder, ring) == KEY
    assert key_slots.open_without_asking(folder, ring) == KEY
    (value,) = ring.entries.values()
    assert value.startswith("AGE-SECRET-KEY-1")


def test_another_computers_key_ring_does_not_open(folder):
    key_slots.add_key_ring(folder, KEY, FakeKeyRing())
    with pytest.raises(StoreLocked):
        key_slots.open_with_key_ring(folder, FakeKeyRing())


def test_a_key_ring_that_fails_is_said_and_nothing_is_added(folder):
    ring = FakeKeyRing()
    ring.broken = True
    with pytest.raises(StoreLocked) as refused:
        key_slots.add_key_ring(folder, KEY, ring)
    assert refused.value.code == "store.no_key_ring"
    assert ways(folder) == []


def test_a_key_ring_that_forgets_is_not_trusted(folder):
    ring = FakeKeyRing()
    ring.set_password = lambda *_: None
    with pytest.raises(StoreLocked):
        key_slots.add_key_ring(folder, KEY, ring)
    assert ways(folder) == []


def test_the_platforms_key_ring_fails_in_one_way_only(folder, monkeypatch):
    import keyring

    def broken(*_):
        raise OSError("no D-Bus")

    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, broken)
    with pytest.raises(StoreLocked) as refused:
        key_slots.add_key_ring(folder, KEY)
    assert refused.value.code == "store.no_key_ring"


def test_the_key_file_opens_for_whoever_has_the_folder(folder):
    key_slots.add_key_file(folder, KEY)
    assert key_slots.open_without_asking(folder, FakeKeyRing()) == KEY
    (folder / key_slots.KEY_FILE).write_bytes(bytes(32))
    with pytest.raises(StoreLocked):
        key_slots.open_with_key_file(folder)
    (folder / key_slots.KEY_FILE).unlink()
    with pytest.raises(StoreLocked):
        key_slots.open_without_asking(folder, FakeKeyRing())


def test_a_broken_key_ring_does_not_hide_the_key_file(folder):
    ring = FakeKeyRing()
    key_slots.add_key_ring(folder, KEY, ring)
    key_slots.add_key_file(folder, KEY)
    ring.broken = True
    assert key_slots.open_without_asking(folder, ring) == KEY


def test_a_person_is_asked_when_only_they_can_open(folder):
    key_slots.add_recovery(folder, KEY)
    with pytest.raises(StoreLocked):
        key_slots.open_without_asking(folder, FakeKeyRing())


def test_a_way_that_is_added_again_replaces_the_old_one(folder, quick_passphrase):
    ring = FakeKeyRing()
    for passphrase in ("古い合言葉", "新しい合言葉"):
        key_slots.add_passphrase(folder, KEY, passphrase)
        key_slots.add_key_ring(folder, KEY, ring)
    assert ways(folder) == [Way.PASSPHRASE, Way.KEY_RING]
    assert len(ring.entries) == 1
    assert key_slots.open_with_passphrase(folder, "新しい合言葉") == KEY
    with pytest.raises(StoreLocked):
        key_slots.open_with_passphrase(folder, "古い合言葉")


def test_a_way_that_is_removed_opens_no_more_and_the_last_one_stays(folder):
    ring = FakeKeyRing()
    key_slots.add_key_ring(folder, KEY, ring)
    key_slots.add_key_file(folder, KEY)
    identity = key_slots.add_recovery(folder, KEY)
    for slot in key_slots.list_slots(folder)[:2]:
        key_slots.remove(folder, slot.id, ring)
        key_slots.remove(folder, slot.id, ring)
    assert ring.entries == {}
    assert not (folder / key_slots.KEY_FILE).exists()
    with pytest.raises(NotReady):
        key_slots.remove(folder, key_slots.list_slots(folder)[0].id, ring)
    assert key_slots.open_with_recovery(folder, identity) == KEY


def test_the_last_way_that_opens_on_another_computer_stays(folder, quick_passphrase):
    key_slots.add_key_ring(folder, KEY, FakeKeyRing())
    key_slots.add_key_file(folder, KEY)
    key_slots.add_recovery(folder, KEY)
    passphrase = key_slots.add_passphrase(folder, KEY, "合言葉")
    key_slots.remove(folder, passphrase.id)
    paper = key_slots.list_slots(folder)[-1]
    with pytest.raises(NotReady):
        key_slots.remove(folder, paper.id)
    assert ways(folder) == [Way.KEY_RING, Way.KEY_FILE, Way.RECOVERY]


def test_a_key_file_that_cannot_be_removed_keeps_its_place_among_the_ways(folder, monkeypatch):
    key_slots.add_recovery(folder, KEY)
    slot = key_slots.add_key_file(folder, KEY)

    def held(self, missing_ok=False):
        raise PermissionError(13, "in use")

    monkeypatch.setattr("pathlib.Path.unlink", held)
    with pytest.raises(NotSaved):
        key_slots.remove(folder, slot.id)
    assert ways(folder) == [Way.RECOVERY, Way.KEY_FILE]


def test_a_backup_carries_the_portable_ways_only(folder, tmp_path, quick_passphrase):
    key_slots.add_key_ring(folder, KEY, FakeKeyRing())
    key_slots.add_passphrase(folder, KEY, "合言葉")
    key_slots.add_key_file(folder, KEY)
    identity = key_slots.add_recovery(folder, KEY)
    other = tmp_path / "restored"
    other.mkdir()
    (other / key_slots.SLOTS_FILE).write_bytes(key_slots.slots_for_backup(folder, KEY))
    assert ways(other) == [Way.PASSPHRASE, Way.RECOVERY]
    assert key_slots.open_with_recovery(other, identity) == KEY


def test_slots_take_only_the_key_they_were_made_for(folder):
    assert key_slots.fits(folder, KEY)
    assert not key_slots.fits(folder, bytes(32))
    with pytest.raises(ValueError, match="not the key"):
        key_slots.add_recovery(folder, bytes(32))
    assert len({key_slots.new_key() for _ in range(3)}) == 3


def test_slots_are_not_made_over_others_nor_found_where_there_are_none(folder, tmp_path):
    with pytest.raises(StoreMissing) as refused:
        key_slots.create_slots(folder, KEY)
    assert refused.value.code == "store.exists"
    with pytest.raises(StoreMissing):
        key_slots.open_without_asking(tmp_path / "nowhere")
    key_slots.create_slots(tmp_path / "new" / "place", KEY)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"\xff", b'{"format": "shakyo-store-slots", "version": 2}', b'{"format": 1}', b"null"],
)
def test_a_slots_file_that_cannot_be_read_is_said(folder, content):
    for name in (key_slots.SLOTS_FILE, key_slots.SPARE_FILE):
        (folder / name).write_bytes(content)
    with pytest.raises(StoreDamaged):
        key_slots.list_slots(folder)


def test_a_slots_file_is_written_whole_or_not_at_all(folder, monkeypatch):
    identity = key_slots.add_recovery(folder, KEY)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shakyo_desktop.storage.files.replace_file", full)
    with pytest.raises(NotSaved):
        key_slots.add_recovery(folder, KEY)
    assert sorted(path.name for path in folder.iterdir()) == [key_slots.SLOTS_FILE, key_slots.SPARE_FILE]
    assert key_slots.open_with_recovery(folder, identity) == KEY


@pytest.mark.usefixtures("posix")
def test_the_files_are_for_their_owner_only(folder):
    key_slots.add_key_file(folder, KEY)
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}


@pytest.mark.parametrize("content", [None, b"", b"{}", bytes(300)], ids=["gone", "empty", "odd", "zeros"])
def test_slots_that_are_gone_or_damaged_open_by_their_spare(tmp_path, content):
    key = key_slots.new_key()
    key_slots.create_slots(tmp_path, key)
    key_slots.add_key_file(tmp_path, key)
    path = tmp_path / key_slots.SLOTS_FILE
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert key_slots.open_with_key_file(tmp_path) == key
    key_slots.add_recovery(tmp_path, key)  # both are written anew
    assert key_slots.open_with_key_file(tmp_path) == key
    assert path.read_bytes() == (tmp_path / key_slots.SPARE_FILE).read_bytes()


def test_what_was_taken_away_opens_no_spare_either(tmp_path, quick_passphrases):
    key = key_slots.new_key()
    key_slots.create_slots(tmp_path, key)
    key_slots.add_passphrase(tmp_path, key, "はなみずきの咲く通り")
    [slot] = key_slots.list_slots(tmp_path)
    key_slots.add_recovery(tmp_path, key)
    key_slots.remove(tmp_path, slot.id)
    (tmp_path / key_slots.SLOTS_FILE).unlink()
    with pytest.raises(StoreLocked):
        key_slots.open_with_passphrase(tmp_path, "はなみずきの咲く通り")


@pytest.mark.parametrize(
    "change",
    [
        lambda folder, key, slot: key_slots.remove(folder, slot.id),
        lambda folder, key, slot: key_slots.add_passphrase(folder, key, "きんもくせいの香る道"),
    ],
    ids=["remove", "replace"],
)
def test_a_power_cut_between_the_two_files_leaves_no_closed_way_in_the_spare(
    tmp_path, quick_passphrases, monkeypatch, change
):
    key, passphrase = key_slots.new_key(), "はなみずきの咲く通り"
    key_slots.create_slots(tmp_path, key)
    slot = key_slots.add_passphrase(tmp_path, key, passphrase)
    key_slots.add_recovery(tmp_path, key)
    real, written = slot_file.write, []

    def write(path, data):
        if written:
            raise KeyboardInterrupt  # as if the power went
        written.append(path.name)
        real(path, data)

    monkeypatch.setattr(slot_file, "write", write)
    with pytest.raises(KeyboardInterrupt):
        change(tmp_path, key, slot)
    monkeypatch.undo()
    assert key_slots.open_with_passphrase(tmp_path, passphrase) == key  # not done, and not half done
    (tmp_path / key_slots.SLOTS_FILE).unlink()
    with pytest.raises(StoreLocked):
        key_slots.open_with_passphrase(tmp_path, passphrase)


def test_slots_whose_fingerprint_is_no_fingerprint_are_damaged(tmp_path):
    slot_file.save(tmp_path, slot_file.Slots(check="あ"))
    with pytest.raises(StoreDamaged):
        key_slots.fits(tmp_path, KEY)


@pytest.mark.parametrize(
    ("way", "opens"),
    [
        (Way.PASSPHRASE, lambda folder: key_slots.open_with_secret(folder, "はなみずきの咲く通り")),
        (Way.RECOVERY, lambda folder: key_slots.open_with_recovery(folder, sealing.new_identity()[0])),
        (Way.KEY_RING, lambda folder: key_slots.open_with_key_ring(folder, FakeKeyRing())),
        (Way.KEY_FILE, key_slots.open_with_key_file),
    ],
    ids=lambda one: one.value if isinstance(one, Way) else "",
)
def test_of_thousands_of_slots_only_a_few_are_tried(folder, monkeypatch, way, opens):
    tried = []

    def in_vain(sealed, *_secret):
        tried.append(sealed)
        raise ValueError("another key")

    for name in ("open_by_passphrase", "open_by"):
        monkeypatch.setattr(opening, name, in_vain)
    monkeypatch.setattr(opening.slot_file, "read", in_vain)
    many = tuple(slot_file.new_slot(way, b"%d" % number) for number in range(3000))
    slot_file.save(folder, replace(slot_file.load(folder), slots=many))
    with pytest.raises(StoreLocked):
        opens(folder)
    assert len(tried) == 4
