"""The history keeps of a field everything that undo must bring back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus, Photo, Record
from shakyo_desktop.services.field_states import state_of, unread_in, value_in, with_carried_over, with_state

ACTIVITY = Activity(id="a", org="999999-01", fiscal_year=2026, plan_id="p", item_number=6)
STATUS = ItemStatus(id="s", org="999999-01", fiscal_year=2026, plan_id="p", item_number=6)
PRACTICE = GoodPractice(id="g", org="999999-01", fiscal_year=2026, plan_id="p", item_number=6)
PHOTO = Photo(
    id="f", org="999999-01", fiscal_year=2026, activity_id="a", sha256="00", size=1, width=2, height=3
)

STATES: dict[str, tuple[Record, Record, str, object]] = {
    "number": (ACTIVITY, replace(ACTIVITY, participants=24), "participants", 24),
    "date": (ACTIVITY, replace(ACTIVITY, held_on=date(2026, 9, 12)), "held_on", "2026-09-12"),
    "entry of a mapping": (ACTIVITY, replace(ACTIVITY, breakdown={"elderly": 3}), "breakdown.elderly", 3),
    "text nobody could read": (
        ACTIVITY,
        replace(ACTIVITY, unread={"participants": "十数人"}),
        "participants",
        {"value": None, "unread": "十数人"},
    ),
    "choice": (STATUS, replace(STATUS, state=ImplementationState.RUNNING), "state", "running"),
    "carried over": (
        STATUS,
        replace(STATUS, outcome="集まった", carried_over=("outcome",)),
        "outcome",
        {"value": "集まった", "carried_over": True},
    ),
    "list": (
        STATUS,
        replace(STATUS, needs_support=("people", "place")),
        "needs_support",
        ["people", "place"],
    ),
    "reason": (STATUS, replace(STATUS, reasons={"state:x.y": "ため"}), "reasons.state:x.y", "ため"),
    "deletion": (
        PRACTICE,
        replace(PRACTICE, deleted_at=datetime(2026, 9, 12, 5, tzinfo=UTC)),
        "deleted_at",
        "2026-09-12T05:00:00Z",
    ),
    "turned picture": (
        PHOTO,
        replace(PHOTO, sha256="11", size=9, width=3, height=2),
        "sha256",
        {"picture": {"sha256": "11", "size": 9, "width": 3, "height": 2}},
    ),
    "caption": (PHOTO, replace(PHOTO, caption="体操"), "caption", "体操"),
}


@pytest.mark.parametrize("before, after, field, state", STATES.values(), ids=STATES)
def test_a_field_goes_back_and_forth_whole(before: Record, after: Record, field: str, state: object) -> None:
    assert state_of(after, field) == state
    stored = json.loads(json.dumps(state))
    assert with_state(before, field, stored) == after
    assert with_state(after, field, json.loads(json.dumps(state_of(before, field)))) == before


def test_the_value_and_the_unread_text_can_be_shown() -> None:
    assert value_in({"value": None, "unread": "十数人"}) is None
    assert unread_in({"value": None, "unread": "十数人"}) == "十数人"
    assert (value_in(24), unread_in(24)) == (24, "")
    assert value_in({"picture": {"sha256": "11"}}) == "11"


def test_only_item_statuses_carry_over_and_the_marks_stay_in_order() -> None:
    assert with_carried_over(ACTIVITY, "venue", True) == ACTIVITY
    marked = with_carried_over(with_carried_over(STATUS, "outcome", True), "challenge", True)
    assert marked.carried_over == ("challenge", "outcome")
    assert with_carried_over(marked, "outcome", True) == marked
    assert with_carried_over(marked, "outcome", False).carried_over == ("challenge",)
