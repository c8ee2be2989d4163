"""A draft takes every change; what refers to an entry follows it."""

from dataclasses import replace

from shakyo_desktop.domain.codes import ActivityKind, Reporter
from shakyo_desktop.domain.plan import Direction, Goal, PlanDraft
from shakyo_desktop.domain.plan_edits import (
    moved,
    unread_of,
    with_added,
    with_field,
    with_measure,
    without,
)
from tests.factories import make_plan

PLAN = make_plan()
DRAFT = PlanDraft(PLAN, 1)


def test_fields_of_every_kind_are_changed() -> None:
    draft = with_field(DRAFT, ("plan", 0), "name", "みほん計画")
    draft = with_field(draft, ("items", 2), "kind", "meal")
    draft = with_field(draft, ("items", 2), "reporter", "ward_office")
    draft = with_field(draft, ("items", 2), "priority", True)
    draft = with_field(draft, ("rating_scale", 0), "words", "とても")
    item = draft.plan.items[2]
    assert (item.kind, item.reporter, item.priority) == (ActivityKind.MEAL, Reporter.WARD_OFFICE, True)
    assert (draft.plan.name, draft.plan.rating_scale[0].words) == ("みほん計画", "とても")


def test_a_number_that_cannot_be_read_stays_as_text_until_it_can() -> None:
    draft = with_field(DRAFT, ("items", 2), "direction", None, "あ")
    assert draft.plan.items[2].direction == 0
    assert unread_of(draft, ("items", 2)) == {"direction": "あ"}
    assert unread_of(draft, ("items", 1)) == {}
    assert with_field(draft, ("items", 2), "direction", 1).unread == {}
    year = with_field(DRAFT, ("plan", 0), "first_fiscal_year", None, "来年")
    assert unread_of(year, ("plan", 0)) == {"first_fiscal_year": "来年"}


def test_items_follow_their_direction_and_directions_their_goal() -> None:
    draft = with_field(DRAFT, ("directions", 0), "number", 11)
    assert [item.direction for item in draft.plan.items] == [
        11 if item.direction == 1 else item.direction for item in PLAN.items
    ]
    draft = with_field(draft, ("goals", 0), "number", 7)
    before = [one.goal for one in PLAN.directions]
    assert [one.goal for one in draft.plan.directions] == [7 if goal == 1 else goal for goal in before]


def test_nothing_follows_a_number_that_two_entries_have() -> None:
    twice = with_field(DRAFT, ("directions", 1), "number", 1)
    assert [item.direction for item in with_field(twice, ("directions", 0), "number", 9).plan.items] == [
        item.direction for item in twice.plan.items
    ]


def test_a_new_item_has_the_next_number_and_stands_last_in_its_direction() -> None:
    draft = with_field(DRAFT, ("items", 20), "number", None, "x")
    draft, place = with_added(draft, "items", 1)
    assert place == ("items", 5)
    assert (draft.plan.items[5].number, draft.plan.items[5].direction) == (21, 1)
    assert unread_of(draft, ("items", 21)) == {"number": "x"}


def test_goals_and_directions_are_added_at_the_end() -> None:
    draft, place = with_added(DRAFT, "goals")
    assert (place, draft.plan.goals[-1]) == (("goals", 3), Goal(4, ""))
    draft, place = with_added(draft, "directions", 4)
    assert (place, draft.plan.directions[-1]) == (("directions", 5), Direction(6, 4, ""))


def test_an_entry_is_taken_out_with_what_was_unread_of_it() -> None:
    draft = with_field(DRAFT, ("items", 3), "number", None, "x")
    draft = with_field(draft, ("items", 5), "number", None, "y")
    draft = without(draft, ("items", 3))
    assert len(draft.plan.items) == 20
    assert draft.unread == {"items/4/number": "y"}


def test_an_item_moves_among_those_of_its_direction() -> None:
    draft, place = moved(DRAFT, ("items", 1), -1)
    assert [item.number for item in draft.plan.items[:3]] == [2, 1, 3]
    assert place == ("items", 0)
    assert moved(draft, place, -1) == (draft, place)
    mixed = replace(DRAFT, plan=replace(PLAN, items=(PLAN.items[0], PLAN.items[20], PLAN.items[1])))
    draft, place = moved(mixed, ("items", 2), -1)
    assert [item.number for item in draft.plan.items] == [2, 21, 1]
    assert place == ("items", 0)


def test_a_new_measure_has_a_code_of_its_own() -> None:
    item = PLAN.items[0]
    first = with_measure(item)
    second = with_measure(replace(item, measures=first))
    assert [measure.code for measure in second] == ["extra_1", "extra_2"]
