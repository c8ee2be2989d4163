"""Last year's values can be taken over, and stay marked until a person confirms them."""

from dataclasses import replace
from datetime import date

import pytest

from shakyo_desktop.domain.codes import ImplementationState, SelfRating, Source
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Crosswalk, Plan
from shakyo_desktop.domain.records import ItemStatus, RecordRef
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.recording import RecordingService
from tests.services.conftest import PLAN_ID

YEAR, ITEM = 2026, 9


@pytest.fixture
def recording(district: ServiceContext) -> RecordingService:
    service = RecordingService(district)
    before = ref_of(service.status_for(YEAR - 1, PLAN_ID, ITEM))
    service.change(before, "state", ImplementationState.RUNNING)
    service.change(before, "self_rating", SelfRating.GOOD)
    service.change(before, "outcome", "参加が増えた")
    service.change(before, "needs_support", ("people",))
    for day in (5, 12):
        activity = ref_of(service.new_activity(YEAR - 1, PLAN_ID, ITEM, date(2025, 9, day)))
        service.change(activity, "participants", 10)
    return service


@pytest.fixture
def ref(recording: RecordingService) -> RecordRef:
    return ref_of(recording.status_for(YEAR, PLAN_ID, ITEM))


def test_a_copied_field_is_marked_until_it_is_confirmed(recording: RecordingService, ref: RecordRef) -> None:
    copied = recording.copy_last_year(ref, "outcome")
    assert (copied.outcome, copied.carried_over) == ("参加が増えた", ("outcome",))
    assert recording.history(ref)[-1].source is Source.LAST_YEAR
    confirmed = recording.confirm_carried_over(ref, "outcome")
    assert (confirmed.outcome, confirmed.carried_over) == ("参加が増えた", ())
    assert len(recording.history(ref)) == 2
    assert recording.confirm_carried_over(ref, "outcome") == confirmed
    assert len(recording.history(ref)) == 2


def test_undo_brings_the_mark_back_and_takes_the_copy_away(
    recording: RecordingService, ref: RecordRef
) -> None:
    blank = recording.status_for(YEAR, PLAN_ID, ITEM)
    copied = recording.copy_last_year(ref, "outcome")
    recording.confirm_carried_over(ref, "outcome")
    assert recording.undo(ref) == copied
    assert recording.undo(ref) == blank


def test_writing_in_a_copied_field_confirms_it_in_the_same_commit(
    recording: RecordingService, ref: RecordRef
) -> None:
    copied = recording.copy_last_year(ref, "outcome")
    changed = recording.change(ref, "outcome", "もっと増えた")
    assert isinstance(changed, ItemStatus)
    assert (changed.outcome, changed.carried_over) == ("もっと増えた", ())
    assert len(recording.history(ref)) == 2
    assert recording.undo(ref) == copied


def test_the_whole_item_is_copied_where_it_is_blank(recording: RecordingService, ref: RecordRef) -> None:
    recording.change(ref, "outcome", "今年の文")
    recording.change(ref, "target_value", None, unread="たくさん")
    copied = recording.same_as_last_year(ref)
    assert (copied.state, copied.self_rating, copied.outcome) == (
        ImplementationState.RUNNING,
        SelfRating.GOOD,
        "今年の文",
    )
    assert copied.needs_support == ("people",)
    assert copied.carried_over == ("needs_support", "self_rating", "state")
    assert (copied.typed_totals, copied.unread) == ({}, {"target_value": "たくさん"})
    assert len([row for row in recording.history(ref) if row.source is Source.LAST_YEAR]) == 3


def test_a_total_is_copied_as_last_years_diary_counted_it(
    recording: RecordingService, ref: RecordRef
) -> None:
    copied = recording.copy_last_year(ref, "typed_totals.person_times")
    assert copied.typed_totals == {"person_times": 20}
    assert copied.carried_over == ("typed_totals.person_times",)


@pytest.mark.parametrize("field", ["challenge", "typed_totals.unique_persons"])
def test_nothing_is_copied_from_a_blank(recording: RecordingService, ref: RecordRef, field: str) -> None:
    before = recording.status_for(YEAR, PLAN_ID, ITEM)
    assert recording.copy_last_year(ref, field) == before
    assert recording.history(ref) == ()


def test_an_item_that_is_new_this_year_has_no_last_year(recording: RecordingService) -> None:
    status = recording.status_for(2022, PLAN_ID, ITEM)
    assert recording.copy_last_year(ref_of(status), "outcome") == status
    assert recording.same_as_last_year(ref_of(status)) == status


def test_only_item_statuses_have_a_last_year(recording: RecordingService) -> None:
    activity = recording.new_activity(YEAR, PLAN_ID, ITEM)
    with pytest.raises(NotFound):
        recording.copy_last_year(ref_of(activity), "venue")


@pytest.fixture
def successor(district: ServiceContext, plan: Plan) -> Plan:
    """A plan from 2027 whose item 3 goes on with item 9, and item 4 with items 9 and 10."""
    new = replace(plan, id="next", first_fiscal_year=2027, last_fiscal_year=2031)
    with district.database.transaction() as stores:
        stores.plans.save(new, district.now())
        pairs = [(3, 9), (4, 9), (4, 10)]
        stores.plans.replace_crosswalk([Crosswalk("next", a, PLAN_ID, b) for a, b in pairs])
    return new


def test_the_successor_plan_finds_last_year_through_the_crosswalk(
    recording: RecordingService, ref: RecordRef, successor: Plan
) -> None:
    recording.change(ref, "outcome", "今年の文")
    one = ref_of(recording.status_for(2027, "next", 3))
    assert recording.copy_last_year(one, "outcome").outcome == "今年の文"
    many = ref_of(recording.status_for(2027, "next", 4))
    assert recording.copy_last_year(many, "outcome").outcome == "", "two items of last year: a person decides"
