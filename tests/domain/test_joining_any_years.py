"""Whatever two people wrote: joining does not depend on who is first, loses no value, and twice is once."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain.field_values import table_of
from shakyo_desktop.domain.joined_year import joined_year
from shakyo_desktop.domain.joining_years import (
    THROWN_AWAY,
    Side,
    fields_that_differ,
    join_years,
    state_in,
)
from shakyo_desktop.domain.records import Activity, ItemStatus, Record, YearRecords, blank_like
from tests.factories import DISTRICT, FISCAL_YEAR, make_activity, make_photo, make_practice, make_status

STATUSES = tuple(make_status(number) for number in (1, 2))
ACTIVITIES = tuple(make_activity(9) for _ in range(3))
PHOTOS = (make_photo(ACTIVITIES[0].id), make_photo(ACTIVITIES[1].id))
PRACTICES = (make_practice(9),)
BASE = YearRecords(DISTRICT, FISCAL_YEAR, STATUSES, ACTIVITIES, PHOTOS, PRACTICES)
NEW = {
    Side.HERE: (tuple(make_activity(9) for _ in range(2)), make_status(3), make_status(5)),
    Side.OTHER: (tuple(make_activity(9) for _ in range(2)), make_status(4), make_status(5)),
}
WORDS = st.sampled_from(("", "一", "二", "三"))
EDITS: dict[type[Record], dict[str, st.SearchStrategy[Any]]] = {
    ItemStatus: {
        "outcome": WORDS,
        "challenge": WORDS,
        "typed_totals": st.dictionaries(st.sampled_from(("sessions", "helpers")), st.integers(0, 2)),
    },
    Activity: {"venue": WORDS, "participants": st.none() | st.integers(0, 3), "partners": st.just(("npo",))},
}


@st.composite
def written(draw: st.DrawFn, side: Side) -> YearRecords:
    """What one person made of the common beginning: fields written, records thrown away, new ones."""
    activities = [draw(edited(one)) for one in draw(some(ACTIVITIES))]
    more, own, both = NEW[side]
    activities += draw(some(more))
    statuses = [draw(edited(one)) for one in STATUSES] + draw(some((own, draw(edited(both)))))
    there = {one.id for one in activities}
    photos = [replace(one, caption=draw(WORDS)) for one in draw(some(PHOTOS)) if one.activity_id in there]
    practices = [replace(one, title=draw(WORDS)) for one in draw(some(PRACTICES))]
    return YearRecords(
        DISTRICT, FISCAL_YEAR, tuple(statuses), tuple(activities), tuple(photos), tuple(practices)
    )


@st.composite
def edited(draw: st.DrawFn, record: Any) -> Any:
    """The record with some of its fields written over."""
    fields = draw(st.sets(st.sampled_from(sorted(EDITS[type(record)]))))
    return replace(record, **{name: draw(EDITS[type(record)][name]) for name in sorted(fields)})


def some(records: tuple[Any, ...]) -> st.SearchStrategy[list[Any]]:
    """Any of these, in their order."""
    keep = st.lists(st.booleans(), min_size=len(records), max_size=len(records))
    return keep.map(lambda kept: [one for one, wanted in zip(records, kept, strict=True) if wanted])


def every(year: YearRecords) -> tuple[Record, ...]:
    return (*year.item_statuses, *year.activities, *year.photos, *year.good_practices)


def identity(record: Record) -> tuple[object, ...]:
    """Statuses of two computers are the same when they are about the same item."""
    if isinstance(record, ItemStatus):
        return (record.plan_id, record.item_number)
    return (table_of(record), record.id)


def content(year: YearRecords) -> dict[tuple[object, ...], Record]:
    """What a year says, whatever ids its item statuses have."""
    return {identity(one): replace(one, id="") if isinstance(one, ItemStatus) else one for one in every(year)}


def nobody_wrote(record: Record) -> ItemStatus:
    """What an item is before anybody wrote about it; other records begin with the one who made them."""
    assert isinstance(record, ItemStatus)
    return blank_like(record)


def joined(here: YearRecords, other: YearRecords, chosen: Side = Side.HERE) -> YearRecords:
    joining = join_years(here, other, BASE)
    return joined_year(here, joining, dict.fromkeys(joining.keys, chosen))


@given(written(Side.HERE), written(Side.OTHER))
def test_what_is_no_conflict_comes_out_the_same_whoever_is_first(one: YearRecords, two: YearRecords) -> None:
    there, back = join_years(one, two, BASE), join_years(two, one, BASE)
    first, second = content(joined_year(one, there, {})), content(joined_year(two, back, {}))
    assert first.keys() == second.keys()
    disputed = {(identity(change.record), change.field) for change in there.unused}
    assert disputed == {(identity(change.record), change.field) for change in back.unused}
    for key, record in first.items():
        assert {(key, name) for name in fields_that_differ(record, second[key])} <= disputed


@given(written(Side.HERE), written(Side.OTHER), st.sampled_from(list(Side)))
def test_a_decision_is_the_same_decision_from_either_side(
    one: YearRecords, two: YearRecords, chosen: Side
) -> None:
    other = {Side.HERE: Side.OTHER, Side.OTHER: Side.HERE}[chosen]
    assert content(joined(one, two, chosen)) == content(joined(two, one, other))


@given(written(Side.HERE), written(Side.OTHER))
def test_no_value_is_lost(one: YearRecords, two: YearRecords) -> None:
    joining = join_years(one, two, BASE)
    result = content(joined_year(one, joining, {}))
    before = content(BASE)
    offered = {(identity(change.record), change.field): change.value for change in joining.unused}
    for record in (*every(one), *every(two)):
        old = before.get(identity(record))
        new = result.get(identity(record))
        if new is None:  # thrown away on one side, and just as it was on the other
            assert old is not None
            assert not fields_that_differ(record, old)
            continue
        for name in fields_that_differ(record, new):
            value = state_in(record, name)[0]
            beginning = state_in(old or nobody_wrote(record), name)[0]
            assert value == offered.get((identity(record), name), beginning)


@given(written(Side.HERE), written(Side.OTHER), st.sampled_from(list(Side)))
def test_joining_again_changes_nothing(one: YearRecords, two: YearRecords, chosen: Side) -> None:
    first = joined_year(one, join_years(one, two, BASE), {})
    assert content(joined_year(first, join_years(first, two, BASE), {})) == content(first)
    once = joined(one, two, chosen)
    again = join_years(once, two, two)
    assert (again.new, again.taken, again.unused, again.removed, again.contested) == ((), (), (), (), ())
    assert content(joined_year(once, again, {})) == content(once)


@given(written(Side.HERE))
def test_a_year_joined_with_itself_or_with_its_beginning_is_itself(one: YearRecords) -> None:
    assert content(joined(one, one)) == content(one)
    assert content(joined(one, BASE)) == content(one)
    assert content(joined(BASE, one)).keys() == content(one).keys()
    assert not join_years(BASE, one, BASE).keys


def test_a_conflict_about_a_whole_record_has_a_key_of_its_own() -> None:
    activity = replace(ACTIVITIES[0], venue="書いた")
    joining = join_years(replace(BASE, activities=(activity,)), replace(BASE, activities=()), BASE)
    assert [key.rsplit("/", 1)[1] for key in joining.keys] == [THROWN_AWAY]
