from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain.activity_checks import check_activity
from shakyo_desktop.domain.codes import ActivityKind, Granularity, OutcomeState
from shakyo_desktop.domain.plan import Measure
from shakyo_desktop.domain.totals import (
    achievement_rate,
    as_reported,
    count_totals,
    effective_totals,
    item_achievement,
    show_rate,
    total_specs,
)
from tests.factories import NOW, make_activity, make_item, make_status

SALON = make_item(9)


def test_an_item_has_the_common_totals_its_kinds_and_its_own() -> None:
    item = replace(make_item(6), measures=(Measure("bags", "配った袋", "枚"), Measure("visits", "別", "回")))
    assert [spec.code for spec in total_specs(item)] == [
        "sessions",
        "places",
        "person_times",
        "unique_persons",
        "helpers",
        "subjects",
        "visits",
        "referrals",
        "bags",
    ]
    assert next(spec for spec in total_specs(item) if spec.code == "visits").label == "見守り回数"


def test_events_and_tallies_are_counted() -> None:
    counted = count_totals(
        SALON,
        [
            make_activity(9, participants=20, helpers=3),
            make_activity(9, participants=24, helpers=None, venue=" みほん 自治会館"),
            make_activity(9, venue="みほん公民館", granularity=Granularity.MONTHLY_TOTAL, sessions=4),
        ],
    )
    assert counted == {"sessions": 6, "places": 2, "person_times": 68, "helpers": 9}


def test_what_nobody_counted_is_absent_and_never_zero() -> None:
    assert count_totals(SALON, []) == {}
    unknown = make_activity(9, participants=None, participants_unknown=True, helpers=None, venue="")
    assert count_totals(SALON, [unknown]) == {"sessions": 1}
    assert count_totals(SALON, [make_activity(9, participants=0, helpers=0, venue="")]) == {
        "sessions": 1,
        "person_times": 0,
        "helpers": 0,
    }


@pytest.mark.parametrize(
    "left_out",
    [
        make_activity(9, outcome_state=OutcomeState.CANCELLED),
        make_activity(9, outcome_state=OutcomeState.POSTPONED),
        make_activity(9, deleted_at=NOW),
        make_activity(10),
        make_activity(10, related_items=(9,)),
    ],
    ids=["cancelled", "postponed", "deleted", "another item", "another item that is related"],
)
def test_what_did_not_happen_for_this_item_is_not_counted(left_out: object) -> None:
    assert count_totals(SALON, [left_out]) == {}  # type: ignore[list-item]


def test_what_was_done_another_way_counts() -> None:
    assert count_totals(SALON, [make_activity(9, outcome_state=OutcomeState.SUBSTITUTE)])["sessions"] == 1


def test_figures_total_as_their_measure_says() -> None:
    months = [
        make_activity(6, month="2026-05", measures={"subjects": 7, "visits": 10}),
        make_activity(6, month="2026-04", measures={"subjects": 9, "visits": 20, "referrals": 0}),
        make_activity(6, month="2026-06", measures={"visits": 5}),
    ]
    counted = count_totals(make_item(6), months)
    assert (counted["subjects"], counted["visits"], counted["referrals"]) == (9, 35, 0)
    registered = [
        make_activity(7, month="2026-06", measures={"registered": 8}),
        make_activity(7, month="2026-04", measures={"registered": 12}),
        make_activity(7, month="2026-07", measures={}),
    ]
    assert count_totals(make_item(7), registered)["registered"] == 8


def test_a_figure_left_from_another_kind_is_not_counted() -> None:
    item = replace(make_item(6), measures=(Measure("bags", "配った袋", "枚"),))
    other = make_activity(6, kind=ActivityKind.OTHER, measures={"visits": 12, "venues": 9, "bags": 3})
    counted = count_totals(item, [other, make_activity(6, measures={"visits": 5})])
    assert (counted["visits"], counted["bags"], counted["places"]) == (5, 3, 1)


def test_a_tally_of_several_venues_counts_as_so_many_places() -> None:
    tally = make_activity(9, granularity=Granularity.MONTHLY_TOTAL, sessions=6, measures={"venues": 3})
    assert count_totals(SALON, [tally])["places"] == 3


def test_typed_totals_stand_over_the_count_and_both_are_kept() -> None:
    counted = {"sessions": 10, "helpers": 4}
    status = make_status(9, typed_totals={"sessions": 12, "unique_persons": 30})
    assert effective_totals(status, counted) == {"sessions": 12, "helpers": 4, "unique_persons": 30}
    assert effective_totals(None, counted) == counted
    assert counted == {"sessions": 10, "helpers": 4}


@given(st.lists(st.none() | st.integers(0, 10_000), max_size=8), st.randoms())
def test_sums_do_not_depend_on_the_order_of_the_diary(counts: list[int | None], random: object) -> None:
    activities = [make_activity(9, participants=count) for count in counts]
    shuffled = list(activities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    known = [count for count in counts if count is not None]
    counted = count_totals(SALON, shuffled)
    assert counted == count_totals(SALON, activities)
    assert counted.get("person_times") == (sum(known) if known else None)


@pytest.mark.parametrize(
    ("actual", "target", "per_mille"),
    [
        (12, 12_000, 1000),
        (19, 20_000, 950),
        (1, 3_000, 333),
        (2, 3_000, 667),
        (1, 2_000_000, 1),  # 0.05 % rounds half up
        (0, 5_000, 0),
        (30, 12_500, 2400),
        (5, 0, None),
        (5, None, None),
        (None, 5_000, None),
        (5, -1_000, None),
    ],
)
def test_a_rate_needs_a_figure_and_a_target_above_zero(
    actual: int | None, target: int | None, per_mille: int | None
) -> None:
    assert achievement_rate(actual, target) == per_mille


def test_a_rate_is_shown_to_a_tenth_of_a_per_cent() -> None:
    assert [show_rate(rate) for rate in (955, 1000, 3, 0)] == ["95.5%", "100.0%", "0.3%", "0.0%"]


def test_a_target_is_set_against_the_total_with_its_unit() -> None:
    totals = {"sessions": 9, "person_times": 300}
    assert item_achievement(SALON, make_status(9, target_value=12_000, target_unit="回"), totals) == 750
    assert item_achievement(SALON, make_status(9, target_value=400_000, target_unit="延べ人"), totals) == 750
    assert item_achievement(SALON, make_status(9, target_value=12_000, target_unit="袋"), totals) is None
    assert item_achievement(SALON, make_status(9, target_value=12_000), totals) is None


def test_figures_of_an_earlier_kind_stay_in_the_record_and_are_not_handed_in():
    item = make_item(12)
    activity = make_activity(
        12,
        measures={"visits": 3, "meals": 20},
        unread={"measures.visits": "三回", "measures.meals": "二十", "helpers": "数名"},
    )
    reported = as_reported(item, activity)
    assert reported.measures == {"meals": 20}
    assert reported.unread == {"measures.meals": "二十", "helpers": "数名"}
    assert not any(
        one.field == "measures.visits" for one in check_activity(activity, item, 2026, date(2027, 3, 31))
    )
