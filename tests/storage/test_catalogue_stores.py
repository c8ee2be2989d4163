"""Settings, roster, offices, calendar, setups and plans."""

from dataclasses import replace
from datetime import date

import pytest

from shakyo_desktop.domain.codes import ActivityKind, OrganisationKind, Reporter
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.keeping import Setup
from shakyo_desktop.domain.organisations import Office, Organisation, ScheduleEntry
from shakyo_desktop.domain.plan import Crosswalk, Direction, Goal, Item, Measure, Plan, RatingLevel
from tests.storage.samples import NOW, later, sha256

WARD = Organisation("990011", "みほん区", OrganisationKind.WARD, "990000", "043-000-0000")
EAST = Organisation(
    "990011-01",
    "みほん東",
    OrganisationKind.DISTRICT,
    "990011",
    "1",
    "見本花子",
    has_computer=False,
    active=False,
)
WEST = Organisation("990011-02", "みほん西", OrganisationKind.DISTRICT, "990011")

PLAN = Plan(
    id="plan-7",
    name="第7次計画",
    owner="990000",
    first_fiscal_year=2024,
    last_fiscal_year=2029,
    goals=(Goal(1, "つながる"),),
    directions=(Direction(1, 1, "見守る"), Direction(2, 1, "集う")),
    items=(
        Item(10, 2, "居場所", ActivityKind.GATHERING, priority=True),
        Item(
            9,
            1,
            "見守り",
            ActivityKind.WATCH,
            Reporter.WARD_OFFICE,
            new=True,
            measures=(Measure("walks", "散歩", "回", "max"),),
        ),
    ),
    nickname="いきいき",
    philosophy="理念",
    slogan="合言葉",
    rating_scale=(RatingLevel("excellent", "A", "とても"),),
)


@pytest.mark.parametrize("value", [None, 0, "小", True, ["a"], {"b": {"a": 1}}])
def test_a_setting_comes_back_as_it_was(database, value):
    with database.transaction() as stores:
        stores.settings.set("key", "old")
        stores.settings.set("key", value)
    with database.reading() as stores:
        assert stores.settings.get("key", "default") == value


def test_settings_have_defaults_prefixes_and_an_end(database):
    with database.transaction() as stores:
        for name in ("lock.a", "lock_b", "other"):
            stores.settings.set(name, 1)
        assert stores.settings.all("lock.") == {"lock.a": 1}
        assert stores.settings.get("missing", "default") == "default"
        stores.settings.remove("other")
        assert set(stores.settings.all()) == {"lock.a", "lock_b"}


def test_the_roster_keeps_every_field_and_changes_by_code(database):
    with database.transaction() as stores:
        stores.organisations.save(WEST, EAST, WARD)
        stores.organisations.save()
        assert stores.organisations.all() == (WARD, EAST, WEST)
        assert stores.organisations.all(OrganisationKind.DISTRICT, active_only=True) == (WEST,)
        assert stores.organisations.all(parent="990000") == (WARD,)
        stores.organisations.save(replace(WEST, name="みほん北"))
        assert stores.organisations.get("990011-02").name == "みほん北"
        assert stores.organisations.find("990011-03") is None
        with pytest.raises(NotFound, match="990011-03"):
            stores.organisations.get("990011-03")


def test_the_offices_of_an_organisation_are_replaced_together(database):
    old = Office("990011", b"der-1", "k1", ("age1a",), "age1r", "043")
    new = Office("990011", b"der-2", "k2", ("age1b", "age1a"), "age1r", "043")
    city = Office("990000", b"der-3", "k3", (), "age1c")
    with database.transaction() as stores:
        stores.organisations.replace_offices(["990011"], [old])
        stores.organisations.replace_offices(["990000"], [city])
        stores.organisations.replace_offices(["990011"], [new, old])
        assert stores.organisations.offices() == (city, old, new)
        assert stores.organisations.offices("990011") == (old, new)


def test_the_calendar_is_sorted_by_date(database):
    final = ScheduleEntry("b", 2026, "final", "年度の報告", date(2027, 6, 30))
    interim = ScheduleEntry("c", 2026, "interim", "途中の報告", date(2027, 5, 31))
    other = ScheduleEntry("a", 2025, "other", "総会", date(2026, 6, 1))
    with database.transaction() as stores:
        stores.organisations.save_schedule(final, interim, other)
        assert stores.organisations.schedule(2026) == (interim, final)
        assert stores.organisations.full_schedule() == (other, interim, final)
        stores.organisations.save_schedule(replace(final, due=date(2027, 5, 1)))
        assert stores.organisations.schedule(2026)[0].id == "b"
        stores.organisations.remove_schedule("b")
        stores.organisations.replace_schedule([other])
        assert stores.organisations.full_schedule() == (other,)


def setup(serial, org="990011", **changes):
    values = {"manifest": sha256(f"{org}{serial}".encode()), "org": org, "key": "k", "serial": serial}
    return Setup(**{**values, "created_at": NOW, "stored_at": later(1), **changes})


def test_the_setup_with_the_highest_serial_is_the_newest(database):
    with database.transaction() as stores:
        assert stores.setups.newest() is None
        for one in (setup(2), setup(10), setup(9), setup(11, "990012")):
            stores.setups.add(one, f"file {one.serial}".encode())
        stores.setups.add(setup(10), b"another file under the same manifest")
        assert stores.setups.newest("990011") == setup(10)
        assert [one.serial for one in stores.setups.all()] == [11, 10, 9, 2]
        assert stores.setups.package(setup(10).manifest) == b"file 10"
        with pytest.raises(NotFound):
            stores.setups.package("unknown")


def test_a_plan_comes_back_as_it_was_in_the_order_of_its_catalogue(database):
    with database.transaction() as stores:
        stores.plans.save(PLAN, NOW)
        assert stores.plans.get("plan-7") == PLAN
        assert stores.plans.version("plan-7") == 1


def test_a_plan_that_is_saved_again_replaces_the_old_one_and_counts_up(database):
    ward_plan = replace(PLAN, id="ward-5", first_fiscal_year=2021, last_fiscal_year=2026)
    with database.transaction() as stores:
        stores.plans.save(PLAN, NOW)
        stores.plans.save(ward_plan, NOW)
        smaller = replace(PLAN, items=PLAN.items[:1], name="改訂版")
        stores.plans.save(smaller, later(1))
        assert stores.plans.all() == (smaller, ward_plan)
        assert stores.plans.version("plan-7") == 2
        assert stores.plans.for_year(2022) == (ward_plan,)
        stores.plans.remove("plan-7")
        assert stores.plans.all() == (ward_plan,)
        assert stores.plans.version("plan-7") == 0
        with pytest.raises(NotFound, match="plan-7"):
            stores.plans.get("plan-7")


def test_the_crosswalk_is_replaced_as_a_whole(database):
    pairs = (Crosswalk("a", 1, "b", 2), Crosswalk("a", 1, "b", 3), Crosswalk("a", 2, "b", 2))
    with database.transaction() as stores:
        stores.plans.replace_crosswalk([pairs[2], pairs[0], pairs[0]])
        stores.plans.replace_crosswalk(reversed(pairs))
        assert stores.plans.crosswalk() == pairs
