"""Two computers' years joined field by field: nothing that anybody wrote is lost."""

from dataclasses import replace
from typing import Any

import pytest

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.joining_years import Joining, join_years
from shakyo_desktop.domain.records import ItemStatus, YearRecords
from tests.factories import DISTRICT, FISCAL_YEAR, PLAN_ID, make_activity, make_id, make_status

BASE = make_status(6, outcome="もとの成果", challenge="もとの課題")


def year(*statuses: ItemStatus, **others: Any) -> YearRecords:
    return YearRecords(DISTRICT, FISCAL_YEAR, item_statuses=statuses, **others)


def blank(number: int = 6) -> ItemStatus:
    return ItemStatus(
        id=make_id(), org=DISTRICT, fiscal_year=FISCAL_YEAR, plan_id=PLAN_ID, item_number=number
    )


def said(joining: Joining) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values that were taken, and values that were not, by field."""
    return (
        {one.field: one.value for one in joining.taken},
        {one.field: one.value for one in joining.unused},
    )


# name → here, other (against BASE), taken, unused
FIELDS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "nobody changed anything": ({}, {}, {}, {}),
    "only here": ({"outcome": "こちら"}, {}, {}, {}),
    "only there": ({}, {"outcome": "あちら"}, {"outcome": "あちら"}, {}),
    "both the same": ({"outcome": "同じ"}, {"outcome": "同じ"}, {}, {}),
    "both, differently": ({"outcome": "こちら"}, {"outcome": "あちら"}, {}, {"outcome": "あちら"}),
    "each another field": (
        {"outcome": "こちら"},
        {"challenge": "あちら"},
        {"challenge": "あちら"},
        {},
    ),
    "emptied there": ({}, {"outcome": ""}, {"outcome": ""}, {}),
    "an entry of a mapping": (
        {"typed_totals": {"sessions": 3}},
        {"typed_totals": {"person_times": 40}},
        {"typed_totals.person_times": 40},
        {},
    ),
    "taken from last year here and not confirmed": (
        {"outcome": "去年の言葉", "carried_over": ("outcome",)},
        {"outcome": "あちら"},
        {"outcome": "あちら"},
        {},
    ),
}


@pytest.mark.parametrize(("here", "other", "taken", "unused"), FIELDS.values(), ids=FIELDS)
def test_fields_are_joined_against_what_both_were_made_from(here, other, taken, unused):
    joining = join_years(year(replace(BASE, **here)), year(replace(BASE, **other)), year(BASE))
    assert said(joining) == (taken, unused)
    assert (joining.new, joining.replaced) == ((), ())


def test_without_a_common_beginning_what_stands_here_stays():
    here, other = make_status(6, outcome="こちら", challenge=""), make_status(6, outcome="あちら")
    taken, unused = said(join_years(year(here), year(other), None))
    assert unused == {"outcome": "あちら"}
    assert taken == {"challenge": other.challenge}


def test_a_blank_item_takes_the_other_sides_record_with_its_id():
    here, other = blank(), make_status(6)
    joining = join_years(year(here), year(other), None)
    assert (joining.new, joining.replaced, said(joining)) == ((other,), (here,), ({}, {}))


def test_a_blank_item_of_the_same_id_takes_the_values():
    other = make_status(6, state=ImplementationState.RUNNING)
    here = replace(blank(), id=other.id)
    joining = join_years(year(here), year(other), None)
    assert joining.new == joining.replaced == ()
    assert said(joining)[0]["state"] is ImplementationState.RUNNING


def test_records_of_either_side_are_kept():
    mine, theirs = make_activity(9), make_activity(9)
    joining = join_years(year(activities=(mine,)), year(activities=(theirs,)), None)
    assert joining.new == (theirs,)


def test_what_was_thrown_away_here_stays_thrown_away():
    gone = make_activity(9)
    joining = join_years(year(), year(activities=(gone,)), year(activities=(gone,)), year(activities=(gone,)))
    assert joining == Joining()


def test_an_unchanged_record_of_an_older_copy_takes_what_is_newer():
    old = make_activity(9, participants=10)
    joining = join_years(year(activities=(old,)), year(activities=(replace(old, participants=12),)), None)
    assert said(joining) == ({"participants": 12}, {})
