"""Two computers wrote in one year: nothing of either is lost, nothing that stands here goes unseen."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.joining_years import FieldChange, Joining, is_blank, join_years
from shakyo_desktop.domain.records import ItemStatus, YearRecords, blank_like
from tests.factories import DISTRICT, FISCAL_YEAR, NOW, make_activity, make_photo, make_practice, make_status

BASE = make_status(6, outcome="まえ", challenge="まえ")
ACTIVITY = make_activity(9, content="まえ", measures={"venues": 1})


def year(*statuses: ItemStatus, **records: Any) -> YearRecords:
    return YearRecords(DISTRICT, FISCAL_YEAR, item_statuses=statuses, **records)


def changed(joining: Joining) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values taken and the values only remembered, by field."""
    taken, unused = ({one.field: one.value for one in ones} for ones in (joining.taken, joining.unused))
    return taken, unused


ONE_FIELD: dict[str, tuple[str, str, tuple[dict[str, Any], dict[str, Any]]]] = {
    "only the other side wrote": ("まえ", "むこう", ({"outcome": "むこう"}, {})),
    "only this side wrote": ("ここ", "まえ", ({}, {})),
    "both wrote the same": ("おなじ", "おなじ", ({}, {})),
    "both wrote": ("ここ", "むこう", ({}, {"outcome": "むこう"})),
    "the other side emptied it": ("まえ", "", ({"outcome": ""}, {})),
}


@pytest.mark.parametrize(("here", "other", "expected"), ONE_FIELD.values(), ids=ONE_FIELD)
def test_a_field_takes_the_one_change_and_keeps_the_other_of_two(
    here: str, other: str, expected: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    joining = join_years(year(replace(BASE, outcome=here)), year(replace(BASE, outcome=other)), year(BASE))
    assert changed(joining) == expected
    assert (joining.new, joining.replaced) == ((), ())


def test_different_fields_of_one_record_are_both_kept() -> None:
    here, other = replace(BASE, outcome="ここ"), replace(BASE, challenge="むこう")
    assert changed(join_years(year(here), year(other), year(BASE))) == ({"challenge": "むこう"}, {})


def test_a_mapping_is_joined_entry_by_entry() -> None:
    here = replace(ACTIVITY, measures={"venues": 2})
    other = replace(ACTIVITY, measures={"venues": 1, "rain": True})
    sides = (YearRecords(DISTRICT, FISCAL_YEAR, activities=(one,)) for one in (here, other, ACTIVITY))
    assert changed(join_years(*sides)) == ({"measures.rain": True}, {})


def test_with_no_common_past_what_stands_here_stays_and_the_rest_is_remembered() -> None:
    here, other = replace(BASE, outcome="ここ", challenge=""), replace(BASE, outcome="むこう")
    taken, unused = changed(join_years(year(here), year(other), None))
    assert (taken, unused) == ({"challenge": "まえ"}, {"outcome": "むこう"})


def test_statuses_of_two_computers_meet_by_their_item() -> None:
    other = make_status(6, outcome="むこう", challenge="まえ")
    joining = join_years(year(replace(BASE, outcome="")), year(other), None)
    assert joining.new == ()
    assert [(one.record.id, one.field, one.value) for one in joining.taken] == [
        (BASE.id, "outcome", "むこう")
    ]


def test_a_blank_status_makes_room_for_the_other_sides_own() -> None:
    blank, other = blank_like(BASE), make_status(6)
    joining = join_years(year(blank), year(other), None)
    assert (joining.new, joining.replaced) == ((other,), (blank,))
    assert not join_years(year(blank), year(replace(BASE)), year(blank)).replaced


def test_a_value_that_only_came_from_last_year_gives_way() -> None:
    here = replace(BASE, outcome="前年度の文", carried_over=("outcome",))
    assert changed(join_years(year(here), year(replace(BASE, outcome="むこう")), year(BASE))) == (
        {"outcome": "むこう"},
        {},
    )


def test_a_record_that_only_one_side_has_is_kept_and_the_bin_stays_shut() -> None:
    mine, theirs, thrown = make_activity(9), make_activity(9), make_activity(9)
    photo, practice = make_photo(theirs.id), make_practice(9)
    here = YearRecords(DISTRICT, FISCAL_YEAR, activities=(mine,))
    other = YearRecords(
        DISTRICT, FISCAL_YEAR, activities=(theirs, thrown), photos=(photo,), good_practices=(practice,)
    )
    gone = YearRecords(DISTRICT, FISCAL_YEAR, activities=(replace(thrown, deleted_at=NOW),))
    assert join_years(here, other, None, gone) == Joining(new=(theirs, photo, practice))


def test_where_a_record_came_from_is_no_difference() -> None:
    other = replace(ACTIVITY, keyed_by="別の人", unread={"held_on": "きのう"})
    sides = (YearRecords(DISTRICT, FISCAL_YEAR, activities=(one,)) for one in (ACTIVITY, other, ACTIVITY))
    assert join_years(*sides) == Joining()


def test_only_a_status_nobody_wrote_in_is_blank() -> None:
    assert is_blank(blank_like(BASE))
    assert not is_blank(replace(blank_like(BASE), state=ImplementationState.PREPARING))


TEXTS = st.sampled_from(["", "あ", "い", "う"])


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_of_either_side_disappears(before: str, here: str, other: str) -> None:
    sides = [replace(BASE, outcome=text) for text in (here, other, before)]
    joining = join_years(*(year(side) for side in sides))
    stands = next((one.value for one in joining.taken), here)
    remembered: list[FieldChange] = list(joining.unused)
    kept = {stands, before, *(one.value for one in remembered)}
    assert {here, other} <= kept
