"""The first start of an office and of a district, on real encrypted stores."""

from dataclasses import replace
from io import BytesIO

import pytest

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import (
    BadInput,
    FileUnreadable,
    NotFound,
    PackageRefused,
    StoreMissing,
    WrongNumber,
)
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.exchange.sealing import seal
from shakyo_desktop.services.founding import (
    LockChoice,
    confirm_recovery,
    found_office,
    join,
    known_organisations,
    read_setup,
)
from shakyo_desktop.services.own_keys import own_check_number, own_keys, public_keys, recovery_sheet
from shakyo_desktop.services.roster import RosterService
from shakyo_desktop.services.setup_intake import current_serial, pinned_offices
from shakyo_desktop.services.setups import SetupService
from shakyo_desktop.storage import key_slots
from tests.services.beginnings import KEY_FILE, clock, opened
from tests.services.offices import WARD


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A ward with two districts: its folder, what founding gave, its setup file, the slips' numbers."""
    folder = tmp_path_factory.mktemp("office") / "ward"
    founded = found_office(folder, WARD, " みほん 事務 ", KEY_FILE, clock)
    with opened(folder) as context:
        for name in ("みほん東地区部会", "みほん西地区部会"):
            RosterService(context).add(name, telephone="000-000-0009", contact="見本 太郎")
        setups = SetupService(context)
        setups.issue()
        numbers = {org: number for org, _, number in setups.slip_numbers()}
        setup = setups.write(folder).path.read_bytes()
    return folder, founded, setup, numbers


EAST, WEST = f"{WARD.code}-01", f"{WARD.code}-02"


def files_of(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_new_office_knows_itself_its_city_and_the_shipped_plans(office):
    with opened(office[0]) as context, context.database.reading() as stores:
        assert stores.settings.get("role") == "ward"
        assert stores.settings.get("person_name") == "みほん 事務"
        assert stores.organisations.get(WARD.code) == WARD
        assert stores.organisations.get(WARD.parent).kind is OrganisationKind.CITY
        assert [len(plan.items) for plan in stores.plans.all()] == [21]


def test_the_recovery_sheet_opens_the_store_and_reads_the_offices_mail(office):
    folder, founded, _, _ = office
    with opened(folder) as context:
        with context.database.reading() as stores:
            assert own_keys(stores).recovery.identity == founded.recovery_identity
        sheet = recovery_sheet(context)
    assert key_slots.open_with_recovery(folder, founded.recovery_identity) == key_slots.open_with_key_file(
        folder
    )
    assert sheet.text == founded.recovery_identity
    assert sheet.pdf == founded.recovery_sheet_pdf
    assert founded.recovery_sheet_pdf.startswith(b"%PDF")


def test_the_recovery_text_is_confirmed_only_when_it_opens_the_store(office):
    folder, founded, _, _ = office
    other = "P" if founded.recovery_identity.endswith("Q") else "Q"
    assert not confirm_recovery(folder, founded.recovery_identity[:-1] + other, clock)
    with opened(folder) as context, context.database.reading() as stores:
        assert stores.settings.get("recovery_confirmed_at") is None
    assert confirm_recovery(folder, f" {founded.recovery_identity.lower()} ", clock)
    with opened(folder) as context, context.database.reading() as stores:
        assert stores.settings.get("recovery_confirmed_at") is not None


def test_an_offices_own_number_is_the_same_every_time(office):
    with opened(office[0]) as context:
        number = own_check_number(context)
        assert len(number) == 12
        assert public_keys(context).check_number == number
        assert public_keys(context).certificate_pem.startswith("-----BEGIN CERTIFICATE-----")


def test_a_second_office_is_not_founded_over_the_first(office):
    before = files_of(office[0])
    with pytest.raises(StoreMissing) as caught:
        found_office(office[0], WARD, "", KEY_FILE, clock)
    assert caught.value.code == "store.exists"
    assert files_of(office[0]) == before


BAD_OFFICES = {
    "no name": (replace(WARD, name=" "), KEY_FILE),
    "a code in letters": (replace(WARD, code="99999A"), KEY_FILE),
    "a district's code": (replace(WARD, code="999999-01"), KEY_FILE),
    "a short passphrase": (WARD, LockChoice(frozenset({"passphrase"}), "みじかい")),
}


@pytest.mark.parametrize(("organisation", "locks"), BAD_OFFICES.values(), ids=BAD_OFFICES)
def test_a_refused_office_leaves_nothing_behind(organisation, locks, tmp_path):
    with pytest.raises(BadInput):
        found_office(tmp_path / "ward", organisation, "", locks, clock)
    assert files_of(tmp_path / "ward") == []


def test_a_failure_on_the_way_leaves_nothing_behind(tmp_path):
    def broken():
        yield from ()
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        found_office(tmp_path / "ward", WARD, "", KEY_FILE, clock, broken())
    assert files_of(tmp_path / "ward") == []


def test_an_office_gets_every_way_to_open_it_that_was_chosen(tmp_path, monkeypatch):
    added = []
    monkeypatch.setattr(key_slots, "add_passphrase", lambda folder, key, words: added.append(words))
    ways = frozenset({"passphrase", "key_file"})
    found_office(tmp_path, WARD, "", LockChoice(ways, " みほんの合言葉です "), clock)
    assert added == ["みほんの合言葉です"]
    assert {slot.way.value for slot in key_slots.list_slots(tmp_path)} == {"recovery", "key_file"}


def test_a_city_starts_with_its_wards(tmp_path):
    city = next(org for org in known_organisations() if org.kind is OrganisationKind.CITY)
    found_office(tmp_path, city, "", KEY_FILE, clock)
    with opened(tmp_path) as context:
        assert len(RosterService(context).districts()) == 6


def test_a_setup_file_says_whose_it_seems_to_be(office):
    preview = read_setup(office[2], clock)
    assert (preview.office, preview.office_code, preview.serial) == (WARD.name, WARD.code, 1)
    assert [org.code for org in preview.districts] == [EAST, WEST]


def test_a_setup_file_holds_no_telephone_or_name_of_a_district(office):
    assert b"000-000-0009" not in office[2]
    assert "見本 太郎".encode() not in office[2]
    assert WARD.telephone.encode() in office[2]


def test_a_district_joins_with_the_number_of_its_slip(office, tmp_path):
    _, _, setup, numbers = office
    joined = join(tmp_path, setup, WEST, show_check_number(numbers[WEST]), "みほん 花子", KEY_FILE, clock)
    assert (joined.org, joined.name) == (WEST, "みほん西地区部会")
    with opened(office[0]) as context, context.database.reading() as stores:
        office_key = own_keys(stores).signing.fingerprint
    with opened(tmp_path) as context, context.database.reading() as stores:
        assert stores.settings.get("role") == "district"
        assert stores.settings.get("office") == WARD.code
        assert [row.key for row in pinned_offices(stores)] == [office_key]
        assert current_serial(stores, WARD.code) == 1
        assert stores.setups.package(stores.setups.newest().manifest) == setup
        assert stores.organisations.get(WARD.code).telephone == WARD.telephone
        assert len(stores.plans.all()[0].items) == 21
        assert stores.organisations.schedule(2026)
        assert own_keys(stores).signing.org == WEST
    assert confirm_recovery(tmp_path, joined.recovery_identity, clock)


def test_the_district_follows_from_the_number(office, tmp_path):
    _, _, setup, numbers = office
    seen = []
    joined = join(tmp_path, setup, None, numbers[WEST], "", KEY_FILE, clock, lambda *at: seen.append(at))
    assert joined.org == WEST
    assert seen == [(0, 2), (1, 2)]


def wrong_digit(number):
    return f"{(int(number[0]) + 1) % 10}{number[1:]}"


BAD_JOINS = {
    "a wrong digit": (lambda setup, n: (setup, WEST, wrong_digit(n[WEST])), WrongNumber),
    "another district's slip": (lambda setup, n: (setup, WEST, n[EAST]), WrongNumber),
    "eleven digits": (lambda setup, n: (setup, WEST, n[WEST][1:]), WrongNumber),
    "a district that is not in the file": (lambda setup, n: (setup, "999999-77", n[WEST]), NotFound),
    "a changed file": (lambda setup, n: (setup[:-400] + b"X" + setup[-399:], WEST, n[WEST]), PackageRefused),
    "a text file": (lambda setup, n: (b"hello" * 100, WEST, n[WEST]), PackageRefused),
}


@pytest.mark.parametrize(("make", "kind"), BAD_JOINS.values(), ids=BAD_JOINS)
def test_a_refused_start_leaves_nothing_behind(office, tmp_path, make, kind):
    setup, org, number = make(office[2], office[3])
    with pytest.raises(kind) as caught:
        join(tmp_path / "new", setup, org, number, "", KEY_FILE, clock)
    assert len(caught.value.message) > 10
    assert files_of(tmp_path / "new") == []


def test_a_sealed_file_is_not_taken_for_a_setup(tmp_path):
    out = BytesIO()
    seal(iter([memoryview(b"x" * 500)]), (Mailbox.generate().recipient,), out)
    with pytest.raises(FileUnreadable) as caught:
        read_setup(out.getvalue(), clock)
    assert "設定ファイルではありません" in caught.value.message


def test_an_office_whose_city_is_unknown_can_be_founded(tmp_path):
    lonely = Organisation("998877", "みほん町", OrganisationKind.WARD, parent="998800")
    found_office(tmp_path, lonely, "", KEY_FILE, clock)
    with opened(tmp_path) as context:
        RosterService(context).add("みほん東地区部会")
        assert SetupService(context).issue().serial == 1
