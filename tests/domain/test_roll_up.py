"""From statuses to a ward's figures: nothing missing is a zero, nothing that must not be added is added."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain.codes import ImplementationState, SelfRating
from shakyo_desktop.domain.compilation import MappedTotals
from shakyo_desktop.domain.plan import Crosswalk
from shakyo_desktop.domain.records import blank_like
from shakyo_desktop.domain.roll_up import roll_up, year_facts
from tests.factories import WARD, make_plan, make_practice, make_status

EAST, WEST, NORTH = (f"{WARD}-0{number}" for number in (1, 2, 3))
WATCH, WARD_ITEM = 6, 3


def facts(*statuses, reported=(EAST, WEST), expected=3, practices=()):
    return year_facts(WARD, expected, reported, statuses, practices)


def item(number, *statuses, **more):
    rolled = roll_up(make_plan(), facts(*statuses, **more))
    return next(one for one in rolled if one.item_number == number)


def sums(rolled):
    return {one.code: (one.total, one.stated, one.expected) for one in rolled.sums}


def said(org, number=WATCH, **changes):
    return make_status(number, org=org, typed_totals={}, **changes)


def test_items_stand_in_the_order_of_the_plan():
    assert [one.item_number for one in roll_up(make_plan(), facts())] == [
        one.number for one in make_plan().items
    ]


def test_states_and_ratings_are_counted_by_district_and_the_missing_are_unreported():
    rolled = item(
        WATCH,
        said(EAST, state=ImplementationState.RUNNING, self_rating=SelfRating.EXCELLENT),
        said(WEST, state=ImplementationState.SUSPENDED, self_rating=None),
    )
    assert rolled.states == {"running": 1, "suspended": 1}
    assert rolled.ratings == {"excellent": 1}
    assert rolled.unreported == 1


def test_a_district_that_reported_without_a_state_is_unreported_too():
    assert item(WATCH, said(EAST, state=None)).unreported == 3


def test_a_sum_says_how_many_districts_state_it_and_missing_is_no_zero():
    rolled = item(WATCH, said(EAST, counted_totals={"sessions": 0}), said(WEST, counted_totals={}))
    assert sums(rolled)["sessions"] == (0, 1, 3)
    assert sums(rolled)["person_times"] == (None, 0, 3)


def test_what_was_typed_over_the_count_is_what_is_added():
    rolled = item(
        WATCH,
        make_status(
            WATCH, org=EAST, counted_totals={"sessions": 10, "helpers": 4}, typed_totals={"sessions": 12}
        ),
        make_status(WATCH, org=WEST, counted_totals={"sessions": 1}, typed_totals={"sessions": 7}),
    )
    assert sums(rolled)["sessions"] == (19, 2, 3)
    assert sums(rolled)["helpers"] == (4, 1, 3)


def test_persons_are_never_added_across_districts():
    two = [said(org, counted_totals={"unique_persons": 30}) for org in (EAST, WEST)]
    assert sums(item(WATCH, *two))["unique_persons"] == (None, 2, 3)


@pytest.mark.parametrize("code", ["subjects", "visits", "referrals"])
def test_a_figure_that_is_the_most_or_the_last_of_a_districts_year_is_added_over_districts(code):
    two = [said(org, counted_totals={code: 5}) for org in (EAST, WEST)]
    assert sums(item(WATCH, *two))[code] == (10, 2, 3)


def test_an_item_of_the_ward_office_is_never_unreported_and_shows_the_wards_own_status():
    own = make_status(WARD_ITEM, org=WARD)
    rolled = item(WARD_ITEM, own, said(EAST, WARD_ITEM, counted_totals={"sessions": 2}))
    assert rolled.unreported == 0
    assert rolled.ward_status == own
    assert rolled.states == {"running": 1}
    assert sums(rolled)["sessions"] == (2, 1, 1)


def test_a_ward_status_that_nobody_wrote_in_is_none():
    assert item(WARD_ITEM, blank_like(make_status(WARD_ITEM, org=WARD))).ward_status is None


def test_records_of_a_district_whose_report_does_not_count_are_left_out():
    rolled = item(WATCH, said(NORTH), practices=[make_practice(WATCH, org=NORTH)])
    assert (rolled.states, rolled.practices) == ({}, ())
    assert [line.org for line in rolled.districts] == [EAST, WEST]


def test_an_item_that_a_report_states_twice_counts_once():
    first, second = said(EAST, counted_totals={"sessions": 3}), said(EAST, counted_totals={"sessions": 9})
    for order in ((first, second), (second, first)):
        assert sums(item(WATCH, *order))["sessions"] == (3, 1, 3)


def with_last_year(earlier, pairs=(), others=()):
    rolled = roll_up(make_plan(), facts(), earlier, pairs, others)
    return next(one for one in rolled if one.item_number == WATCH).last_year


def test_last_years_figures_stand_beside_without_last_years_lines():
    before = with_last_year(facts(said(EAST, counted_totals={"sessions": 8})))
    assert before is not None
    assert (before.states, sums(before)["sessions"]) == ({"running": 1}, (8, 1, 3))
    assert (before.districts, before.practices, before.last_year) == ((), (), None)


def test_nothing_held_of_last_year_is_no_last_year():
    assert with_last_year(facts()) is None
    assert with_last_year(facts(said(EAST, state=None, counted_totals={}))) is None


def test_an_item_of_an_earlier_plan_is_last_years_when_the_crosswalk_names_just_one():
    ended = replace(make_plan(), id="old", last_fiscal_year=make_plan().first_fiscal_year - 1)
    old = make_status(4, org=EAST, plan_id="old", typed_totals={}, counted_totals={"sessions": 5})
    pair = Crosswalk("old", 4, make_plan().id, WATCH)
    found = with_last_year(facts(old), [pair], [ended])
    assert found is not None
    assert sums(found)["sessions"] == (5, 1, 3)
    other = make_status(5, org=EAST, plan_id="old")
    pairs = [pair, Crosswalk("old", 5, make_plan().id, WATCH)]
    assert with_last_year(facts(old, other), pairs, [ended]) is None


def test_a_plan_that_runs_beside_this_one_never_stands_for_last_year():
    beside = replace(make_plan(), id="beside")
    old = make_status(4, org=EAST, plan_id="beside", typed_totals={}, counted_totals={"sessions": 5})
    pair = Crosswalk("beside", 4, make_plan().id, WATCH)
    assert with_last_year(facts(old), [pair], [beside]) is None
    assert with_last_year(facts(old), [pair]) is None, "a plan nobody knows"


FIGURES = st.dictionaries(
    st.sampled_from(["sessions", "person_times", "helpers", "visits", "unique_persons"]),
    st.integers(0, 999),
)


@given(st.lists(FIGURES, max_size=8), st.integers(0, 4))
def test_a_sum_is_the_sum_of_its_lines_and_covers_just_those_that_state_it(figures, missing):
    orgs = [f"{WARD}-{number:02d}" for number in range(1, len(figures) + 1)]
    statuses = [said(org, counted_totals=one) for org, one in zip(orgs, figures, strict=True)]
    rolled = item(WATCH, *statuses, reported=orgs, expected=len(orgs) + missing)
    for one in rolled.sums:
        stated = [figure[one.code] for figure in figures if one.code in figure]
        assert (one.stated, one.expected) == (len(stated), len(orgs) + missing)
        assert one.total == (sum(stated) if stated and one.code != "unique_persons" else None)


WARD_PLAN = replace(make_plan(), id="ward-plan", name="みほん区計画")


def mapped_item(*statuses, pairs, number=9):
    rolled = roll_up(WARD_PLAN, facts(*statuses), None, pairs, [make_plan()])
    return next(one for one in rolled if one.item_number == number)


def to_ward(number, *others):
    return [Crosswalk(make_plan().id, number, "ward-plan", other) for other in others]


def test_what_another_plans_item_counted_is_added_once_and_said():
    rolled = mapped_item(
        said(EAST, counted_totals={"sessions": 12, "person_times": 340, "places": 3, "unique_persons": 40}),
        said(WEST, counted_totals={"sessions": 2}),
        said(EAST, 9, plan_id="ward-plan", counted_totals={"sessions": 5, "places": 1}),
        pairs=to_ward(WATCH, 9),
    )
    assert sums(rolled)["sessions"] == (19, 2, 3)
    assert sums(rolled)["person_times"] == (340, 1, 3)
    assert sums(rolled)["places"] == (1, 1, 3)
    assert sums(rolled)["unique_persons"] == (None, 0, 3)
    name = make_plan().item(WATCH).name
    assert rolled.mapped == (
        MappedTotals(
            make_plan().id, make_plan().name, WATCH, name, {"sessions": 14, "person_times": 340}, districts=2
        ),
    )
    east = rolled.districts[0]
    assert (east.totals["sessions"], east.mapped) == (17, {"sessions": 12, "person_times": 340})
    assert (rolled.states, rolled.unreported) == ({"running": 1}, 2)


def test_of_two_partners_in_one_plan_only_the_first_counts():
    status = said(EAST, counted_totals={"sessions": 12})
    pairs = to_ward(WATCH, 10, 9)
    assert sums(mapped_item(status, pairs=pairs))["sessions"] == (12, 1, 3)
    assert sums(mapped_item(status, pairs=pairs, number=10))["sessions"] == (None, 0, 3)
    assert mapped_item(status, pairs=pairs, number=10).mapped == ()


def test_a_figure_typed_over_the_diary_is_what_counts_in_the_other_plan_too():
    status = make_status(WATCH, org=EAST, counted_totals={"sessions": 12}, typed_totals={"sessions": 20})
    assert sums(mapped_item(status, pairs=to_ward(WATCH, 9)))["sessions"] == (20, 1, 3)


@given(
    st.lists(st.tuples(st.integers(1, 21), st.integers(1, 21)), max_size=30),
    st.dictionaries(st.integers(1, 21), st.integers(0, 99)),
)
def test_no_figure_of_one_plan_counts_twice_in_another(numbers, sessions):
    pairs = [Crosswalk(make_plan().id, one, "ward-plan", other) for one, other in numbers]
    statuses = [said(EAST, number, counted_totals={"sessions": count}) for number, count in sessions.items()]
    rolled = roll_up(WARD_PLAN, facts(*statuses), None, pairs, [make_plan()])
    paired = {one for one, _ in numbers}
    assert sum(sums(one)["sessions"][0] or 0 for one in rolled) == sum(
        count for number, count in sessions.items() if number in paired
    )
