"""Two computers' years joined field by field: nothing that anybody wrote is lost."""

from dataclasses import replace
from typing import Any

import pytest

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.joined_year import joined_year
from shakyo_desktop.domain.joining_years import Joining, Side, is_blank, join_years
from shakyo_desktop.domain.records import ItemStatus, YearRecords
from tests.factories import DISTRICT, FISCAL_YEAR, PLAN_ID, make_activity, make_id, make_photo, make_status

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
    newer = replace(old, participants=12)
    joining = join_years(year(activities=(old,)), year(activities=(newer,)), None, untouched=True)
    assert said(joining) == ({"participants": 12}, {})


def test_a_record_of_which_no_beginning_is_known_is_nobodys_to_take():
    old = make_activity(9, participants=10, note="")
    newer = replace(old, participants=12, note="あちら")
    joining = join_years(year(activities=(old,)), year(activities=(newer,)), None)
    assert said(joining) == ({"note": "あちら"}, {"participants": 12})


def test_what_one_side_threw_away_goes_when_nobody_wrote_in_it():
    old = make_activity(9)
    joining = join_years(year(activities=(old,)), year(), year(activities=(old,)))
    assert (joining.removed, joining.contested) == ((old,), ())
    assert joined_year(year(activities=(old,)), joining, {}).activities == ()


@pytest.mark.parametrize("gone", list(Side))
def test_what_one_side_threw_away_and_the_other_wrote_in_stays_until_a_person_decides(gone):
    old = make_activity(9)
    written = replace(old, participants=99)
    sides = {Side.HERE: year(activities=(written,)), Side.OTHER: year(activities=(written,))}
    sides[gone] = year()
    joining = join_years(sides[Side.HERE], sides[Side.OTHER], year(activities=(old,)))
    assert [(one.record, one.gone) for one in joining.contested] == [(written, gone)]
    assert joined_year(sides[Side.HERE], joining, {}).activities == (written,)
    assert joined_year(sides[Side.HERE], joining, {joining.keys[0]: gone}).activities == ()


def test_an_activity_that_comes_back_has_its_pictures():
    old = make_activity(9)
    picture = make_photo(old.id)
    base, other = year(activities=(old,), photos=(picture,)), replace(old, participants=99)
    joining = join_years(year(), year(activities=(other,), photos=(picture,)), base)
    assert [one.record for one in joining.contested] == [other]
    assert joined_year(year(), joining, {}).photos == (picture,)
    assert joined_year(year(), joining, {joining.keys[0]: Side.HERE}).photos == ()


def test_a_new_picture_keeps_an_activity_that_the_other_side_threw_away():
    old = make_activity(9)
    picture = make_photo(old.id)
    base, here = year(activities=(old,)), year(activities=(old,), photos=(picture,))
    joining = join_years(here, year(), base)
    assert [one.record for one in joining.contested] == [old]
    assert joined_year(here, joining, {}).photos == (picture,)
    assert joined_year(here, joining, {joining.keys[0]: Side.OTHER}).photos == ()


def test_an_item_that_was_emptied_on_one_side_is_emptied_unless_the_other_wrote_in_it():
    emptied = join_years(year(BASE), year(), year(BASE))
    assert is_blank(joined_year(year(BASE), emptied, {}).item_statuses[0])
    written = replace(BASE, outcome="書いた")
    for here, other in ((written, None), (None, written)):
        sides = [year(one) if one else year() for one in (here, other)]
        joining = join_years(*sides, year(BASE))
        assert [one.field for one in joining.unused] == ["outcome"]
        [status] = joined_year(sides[0], joining, dict.fromkeys(joining.keys, Side.OTHER)).item_statuses
        assert status.outcome == ("書いた" if other else "")


def test_text_that_could_not_be_read_is_joined_too():
    here, other = make_activity(9, participants=None), make_activity(9)
    other = replace(here, unread={"participants": "たくさん"})
    joining = join_years(year(activities=(here,)), year(activities=(other,)), year(activities=(here,)))
    [joined] = joined_year(year(activities=(here,)), joining, {}).activities
    assert joined.unread == {"participants": "たくさん"}


def test_a_value_from_last_year_stays_marked_as_such():
    other = replace(BASE, outcome="去年の言葉", carried_over=("outcome",))
    joining = join_years(year(BASE), year(other), year(BASE))
    assert joined_year(year(BASE), joining, {}).item_statuses == (other,)
