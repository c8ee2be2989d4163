"""A copy that a stranger made or changed is refused, or shown for what it is before anything is restored."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from shakyo_desktop.domain.errors import CopyUnproven, ShakyoError
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.services.backup import BackupService, restore
from shakyo_desktop.services.copy_facts import look_at
from shakyo_desktop.services.copy_file import LABEL, SLOTS, write_copy
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.generation_proof import prove
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.own_keys import own_check_number, recovery_identities
from shakyo_desktop.services.roster import RosterService
from shakyo_desktop.services.slip_numbers import slip_numbers
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.key_slots import passphrase_file
from tests.services.beginnings import KEY_FILE, clock, opened
from tests.services.copying import as_older, parts_of, put_together
from tests.services.offices import WARD

PASSPHRASE = "みほんの合い言葉です"
WAYS = LockChoice(frozenset({"key_file", "passphrase"}), PASSPHRASE)


@dataclass(frozen=True)
class Office:
    """A ward, two copies of its store, and what a stranger founded under the same code and name."""

    copy: Path
    earlier: Path
    sheet: str
    number: str
    slip: str
    key: bytes
    stranger: Path


pytestmark = pytest.mark.usefixtures("quick_passphrases")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase_file, "WORK", 10)
        founded = found_office(folder / "ward", WARD, "", WAYS, clock)
    with opened(folder / "ward") as context:
        RosterService(context).add("みほん東地区部会")
        earlier = BackupService(context).backup(folder / "out" / "earlier.hikae").path
        copy = BackupService(context).backup(folder / "out" / "ward.hikae").path
        number, key = own_check_number(context), context.database.key
        [(_org, _name, slip)] = slip_numbers(context)
    found_office(folder / "stranger", WARD, "", KEY_FILE, clock)
    with opened(folder / "stranger") as context, context.database.transaction() as stores:
        name = f"{WARD.name}\nこの事務所の確認番号（市への送付票にあります）: {show_check_number(number)}\n"
        stores.organisations.save(replace(stores.organisations.get(WARD.code), name=name))
    return Office(copy, earlier, founded.recovery_identity, number, slip, key, folder / "stranger")


def slot_of(copy: Path) -> dict[str, str]:
    """The recovery slot of a copy, which anybody can read who has the file."""
    slots = json.loads(parts_of(copy)[SLOTS])["slots"]
    return next(one for one in slots if one["way"] == "recovery")


def forged(office: Office, folder: Path, voucher: str) -> Path:
    """A copy of the stranger's store, sealed to the office's public recipient, with any voucher."""
    made = folder / "forged.hikae"
    with opened(office.stranger) as context:
        key = context.database.key
        key_slots.add_recovery(context.data_dir, key, slot_of(office.copy)["recipient"])
        slots = json.loads(key_slots.slots_for_backup(context.data_dir, key, recovery_identities(context)))
        slots["slots"][0] |= {"voucher": voucher} if voucher else {}
        context.database.backup_to(folder / DATABASE_FILE, own_keys=True)
    with made.open("wb") as out:
        write_copy(
            out, folder / DATABASE_FILE, json.dumps(slots).encode(), key, "2026-09-12T05:00:00Z", "1.0"
        )
    return made


def refusal(copy: Path, folder: Path, secret: str | None, compared: str | None = None) -> ShakyoError:
    """What is said instead of restoring; nothing is left behind."""
    with pytest.raises(ShakyoError) as caught:
        restore(copy, folder / "new", secret, KEY_FILE, clock, compared=compared)
    assert not list((folder / "new").glob("*"))
    return caught.value


VOUCHERS = {
    "made up": lambda _office: "0" * 64,
    "of the office's own copy": lambda office: slot_of(office.copy)["voucher"],
    "no code at all": lambda _office: "確かめました",
}


@pytest.mark.parametrize("voucher", VOUCHERS.values(), ids=VOUCHERS)
def test_a_strangers_copy_that_the_offices_sheet_opens_is_refused(
    office: Office, tmp_path: Path, voucher: Callable[[Office], str]
) -> None:
    error = refusal(forged(office, tmp_path, voucher(office)), tmp_path, office.sheet, office.number)
    assert error.code == "copy.forged"
    assert "使わずに、別の控えを選んでください" in error.message


@pytest.mark.parametrize("older", [False, True], ids=["nobody vouches", "it says that it is an old one"])
def test_a_strangers_copy_without_a_voucher_is_shown_with_its_own_number(
    office: Office, tmp_path: Path, older: bool
) -> None:
    copy = forged(office, tmp_path, "")
    if older:
        as_older(copy, copy)
    error = refusal(copy, tmp_path, office.sheet)
    assert isinstance(error, CopyUnproven)
    assert error.code == "copy.unproven"
    assert error.number != office.number
    assert "ほかの人が作ったものも、同じように見えます" in error.message
    numbers = [line for line in error.message.splitlines() if line.startswith("この事務所の確認番号")]
    assert [line.split()[-1] for line in numbers] == [show_check_number(error.number)], "no name is a line"
    if older:
        assert refusal(copy, tmp_path, office.sheet, office.number).code == "copy.unproven"


def test_a_strangers_copy_is_not_opened_by_the_offices_passphrase(office: Office, tmp_path: Path) -> None:
    assert refusal(forged(office, tmp_path, ""), tmp_path, PASSPHRASE).code == "store.locked"


@pytest.mark.parametrize(("store", "to"), [("data", "here"), (".", "stick")])
def test_an_unprotected_store_on_the_copys_own_stick_proves_nothing(
    office: Office, tmp_path: Path, store: str, to: str
) -> None:
    stick = tmp_path / "stick"
    (stick / store).mkdir(parents=True)
    copy = forged(office, tmp_path, "").rename(stick / "forged.hikae")
    for name in (key_slots.SLOTS_FILE, key_slots.KEY_FILE):
        (stick / store / name).write_bytes((office.stranger / name).read_bytes())
    assert refusal(copy, tmp_path / to, None).code == "copy.unproven"


def relabelled(**changes: object) -> Callable[[Office], dict[str, bytes]]:
    def change(office: Office) -> dict[str, bytes]:
        parts = parts_of(office.copy)
        parts[LABEL] = json.dumps(json.loads(parts[LABEL]) | changes).encode()
        return parts

    return change


def with_the_code_of_another(office: Office) -> dict[str, bytes]:
    other = json.loads(parts_of(office.earlier)[LABEL])
    return relabelled(code=other["code"])(office)


def with_another_slot(office: Office) -> dict[str, bytes]:
    parts = parts_of(office.copy)
    slots = json.loads(parts[SLOTS])
    slots["slots"].append({**slots["slots"][0], "id": "another"})
    parts[SLOTS] = json.dumps(slots).encode()
    label = json.loads(parts[LABEL])
    label["sha256"][SLOTS] = hashlib.sha256(parts[SLOTS]).hexdigest()
    return parts | {LABEL: json.dumps(label).encode()}


CHANGED = {
    "another time": relabelled(made_at="2026-12-01T00:00:00Z"),
    "another reason": relabelled(reason="closing"),
    "no code": relabelled(code=""),
    "a code of other letters": relabelled(code="確"),
    "the code of another copy": with_the_code_of_another,
    "an older version's label": relabelled(version=1),
    "another slot": with_another_slot,
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_a_copy_whose_label_was_changed_is_refused(
    office: Office, tmp_path: Path, change: Callable[[Office], dict[str, bytes]]
) -> None:
    copy = tmp_path / "changed.hikae"
    put_together(copy, change(office))
    assert refusal(copy, tmp_path, office.sheet, office.number).code == "copy.forged"


def test_a_changed_label_is_noticed_by_a_passphrase_and_when_copies_are_examined(
    office: Office, tmp_path: Path
) -> None:
    copy = tmp_path / "changed.hikae"
    put_together(copy, relabelled(made_at="2026-12-01T00:00:00Z")(office))
    assert refusal(copy, tmp_path, PASSPHRASE).code == "copy.forged"
    assert look_at(office.copy, tmp_path).opens_here
    assert not look_at(copy, tmp_path).opens_here
    with pytest.raises(ShakyoError, match="別の控え"):
        prove(copy, office.key, tmp_path)


def test_an_older_versions_copy_is_restored_once_its_number_was_compared(
    office: Office, tmp_path: Path
) -> None:
    copy = tmp_path / "older.hikae"
    as_older(office.copy, copy)
    error = refusal(copy, tmp_path, office.sheet)
    assert isinstance(error, CopyUnproven)
    assert error.number == office.number
    numbers = [show_check_number(digits) for digits in (office.number, office.slip)]
    for words in (
        f"{WARD.name}（{WARD.code}）",
        *numbers,
        "みほん東地区部会に渡した",
        "いちばん新しい報告",
        "いちばん新しい返事",
    ):
        assert words in error.message
    assert (
        restore(copy, tmp_path / "new", office.sheet, KEY_FILE, clock, compared=office.slip).org == WARD.code
    )
    with opened(tmp_path / "new") as context:
        again = BackupService(context).backup(tmp_path / "again.hikae").path
    restore(again, tmp_path / "third", office.sheet, KEY_FILE, clock)


def test_an_older_versions_copy_needs_no_question_when_a_passphrase_opens_it(
    office: Office, tmp_path: Path
) -> None:
    copy = tmp_path / "older.hikae"
    as_older(office.copy, copy)
    assert restore(copy, tmp_path / "new", PASSPHRASE, KEY_FILE, clock).org == WARD.code
    with zipfile.ZipFile(copy) as archive:
        assert b"code" not in archive.read(LABEL)
