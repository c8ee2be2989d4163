"""Setup files after the first: serials, later setups, a changed office key."""

from dataclasses import replace
from functools import partial
from io import BytesIO

import pytest

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import NotFound, NotReady, PackageRefused, WrongNumber
from shakyo_desktop.exchange.reader import open_package
from shakyo_desktop.exchange.trust import ReceiverKeys
from shakyo_desktop.services.founding import found_office, join
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.own_sequence import jump_ahead
from shakyo_desktop.services.roster import RosterService
from shakyo_desktop.services.setup_files import NobodyKnown, open_setup
from shakyo_desktop.services.setup_intake import apply_setup, current_serial, keep_setup, pinned_offices
from shakyo_desktop.services.setups import SetupService
from tests.services.beginnings import KEY_FILE, clock, opened
from tests.services.offices import NOW, WARD
from tests.services.test_statements import statements_of

EAST = f"{WARD.code}-01"


def found(folder, *names):
    found_office(folder, WARD, "", KEY_FILE, clock)
    with opened(folder) as context:
        for name in names:
            RosterService(context).add(name)
        SetupService(context).issue()


def setup_of(folder):
    """The current setup file of an office, and the number of みほん東's slip."""
    with opened(folder) as context:
        setups = SetupService(context)
        setups.issue()
        return setups.write(folder).path.read_bytes(), setups.slip_numbers([EAST])[0][2]


def rename(folder, name):
    with opened(folder) as context:
        roster = RosterService(context)
        roster.change(replace(roster.districts()[0], name=name))


@pytest.fixture
def office(tmp_path):
    found(tmp_path / "ward", "みほん東地区部会")
    return tmp_path / "ward"


@pytest.fixture
def district(office, tmp_path):
    data, number = setup_of(office)
    join(tmp_path / "east", data, EAST, number, "", KEY_FILE, clock)
    return tmp_path / "east"


def take_in(folder, data):
    opened_setup = open_package(
        BytesIO(data), ReceiverKeys(None, OrganisationKind.DISTRICT, (), frozenset()), NobodyKnown(), NOW
    )
    with opened(folder) as context, context.database.transaction() as stores:
        return apply_setup(stores, opened_setup, data, NOW).result.value


def known_name(folder):
    with opened(folder) as context, context.database.reading() as stores:
        return stores.organisations.get(EAST).name


def test_the_serial_counts_up_only_when_the_content_changed(office):
    with opened(office) as context:
        setups = SetupService(context)
        assert (setups.issue().serial, setups.issue().serial) == (1, 1)
        RosterService(context).add("みほん西地区部会")
        assert setups.current().up_to_date is False
        assert setups.issue().serial == 2
        assert setups.current().up_to_date is True


def test_a_telephone_of_a_district_makes_no_new_setup(office):
    with opened(office) as context:
        roster = RosterService(context)
        roster.change(replace(roster.districts()[0], telephone="000-000-0000"))
        assert SetupService(context).current().up_to_date is True


def test_nothing_is_written_before_the_first_setup(tmp_path):
    found_office(tmp_path, WARD, "", KEY_FILE, clock)
    with opened(tmp_path) as context:
        assert SetupService(context).current() is None
        with pytest.raises(NotReady):
            SetupService(context).write(tmp_path)
        with pytest.raises(NotReady):
            SetupService(context).slips()


def test_slips_are_printed_for_those_who_are_named(office):
    with opened(office) as context:
        RosterService(context).add("みほん西地区部会")
        setups = SetupService(context)
        assert setups.slips([EAST]).startswith(b"%PDF")
        with pytest.raises(NotFound):
            setups.slip_numbers(["121011-01"])


def test_a_district_that_ended_gets_no_slip(office):
    with opened(office) as context:
        roster = RosterService(context)
        roster.change(replace(roster.districts()[0], active=False))
        assert SetupService(context).slip_numbers() == ()


def test_a_later_setup_of_the_same_office_replaces_the_earlier(office, district):
    rename(office, "みほん東部地区部会")
    data, _ = setup_of(office)
    assert take_in(district, data) == "replaced"
    assert known_name(district) == "みほん東部地区部会"
    assert take_in(district, data) == "known"


def test_an_older_setup_changes_nothing(office, district):
    old, _ = setup_of(office)
    rename(office, "みほん東部地区部会")
    take_in(district, setup_of(office)[0])
    assert take_in(district, old) == "known"
    assert known_name(district) == "みほん東部地区部会"


def test_a_setup_of_another_key_is_refused_until_its_number_is_typed(office, district, tmp_path):
    other = tmp_path / "other"
    found(other, "みほん新東地区部会")
    data, number = setup_of(other)
    with pytest.raises(PackageRefused) as caught:
        take_in(district, data)
    assert caught.value.code == "setup.other_key"
    with opened(district) as context:
        with pytest.raises(WrongNumber):
            SetupService(context).accept_new_office_key(data, "000000000000")
        assert known_name_in(context) == "みほん東地区部会"
        SetupService(context).accept_new_office_key(data, number)
        assert known_name_in(context) == "みほん新東地区部会"
        with context.database.reading() as stores:
            assert [row.org for row in pinned_offices(stores)] == [WARD.code]
    rename(office, "みほん旧東地区部会")
    late, _ = setup_of(office)
    with pytest.raises(PackageRefused):
        take_in(district, late)


def known_name_in(context):
    with context.database.reading() as stores:
        return stores.organisations.get(EAST).name


def test_a_setup_without_this_district_is_refused(office, tmp_path):
    with opened(office) as context:
        RosterService(context).add("みほん西地区部会")
    data, _ = setup_of(office)
    with opened(office) as context:
        west = SetupService(context).slip_numbers()[1]
    join(tmp_path / "west", data, west[0], west[2], "", KEY_FILE, clock)
    other = tmp_path / "other"
    found(other, "みほん東地区部会")
    with opened(tmp_path / "west") as context, pytest.raises(PackageRefused) as caught:
        SetupService(context).accept_new_office_key(setup_of(other)[0], "000000000000")
    assert caught.value.code == "bind.recipient"


def test_a_ward_joins_its_city_and_keeps_its_own_roster(office, tmp_path):
    from shakyo_desktop.services.known_organisations import FICTIONAL_CITY

    found_office(tmp_path / "city", FICTIONAL_CITY, "", KEY_FILE, clock)
    with opened(tmp_path / "city") as context:
        setups = SetupService(context)
        setups.issue()
        data = setups.write(tmp_path).path.read_bytes()
        (number,) = [digits for org, _, digits in setups.slip_numbers() if org == WARD.code]
    with opened(office) as context:
        before = RosterService(context).districts()
        SetupService(context).accept_new_office_key(data, number)
        assert RosterService(context).districts() == before
        with context.database.reading() as stores:
            assert [row.org for row in pinned_offices(stores)] == [FICTIONAL_CITY.code]
            assert stores.organisations.get(WARD.code).telephone == WARD.telephone
            assert current_serial(stores, WARD.code) == 1


def test_a_setup_that_names_many_is_kept_in_few_statements(office, district):
    data, _ = setup_of(office)
    with opened(district) as context:
        for number in (3, 300):
            setup = naming(open_setup(data, NOW), number)
            assert statements_of(context, partial(keep, context, setup)) <= 25
        with context.database.reading() as stores:
            assert len(stores.organisations.offices()) == 301
            assert stores.plans.version("plan-2") == 1
            assert stores.plans.version("plan-299") == 1


def naming(setup, number):
    """The setup with so many plans, organisations and offices more."""
    plan, organisation, office = (
        getattr(setup.content, name)[-1] for name in ("plans", "organisations", "offices")
    )
    codes = [f"{code:06d}" for code in range(200_000, 200_000 + number)]
    content = replace(
        setup.content,
        organisations=(*setup.content.organisations, *(replace(organisation, code=code) for code in codes)),
        plans=tuple(replace(plan, id=f"plan-{one}") for one in range(number)),
        offices=(*setup.content.offices, *(replace(office, org=code) for code in codes)),
    )
    return replace(setup, opened=replace(setup.opened, manifest=f"{number:064x}"), content=content)


def keep(context, setup):
    with context.database.transaction() as stores:
        keep_setup(stores, setup, NOW)


def test_after_a_restore_the_serial_jumps(office):
    with opened(office) as context:
        with context.database.transaction() as stores:
            jump_ahead(stores, own_keys(stores).signing.fingerprint, WARD.code, clock())
        RosterService(context).add("みほん西地区部会")
        assert SetupService(context).issue().serial == 1001
