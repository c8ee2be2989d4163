from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain import codes
from shakyo_desktop.domain.field_values import from_json, get_field, ref_of, to_json, with_field
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, Activity, ItemStatus, Photo, RecordRef

ACTIVITY = Activity(id="a", org="121011-01", fiscal_year=2026, plan_id="p", item_number=6)
STATUS = ItemStatus(id="s", org="121011-01", fiscal_year=2026, plan_id="p", item_number=6)
PHOTO = Photo(
    id="f", org="121011-01", fiscal_year=2026, activity_id="a", sha256="", size=1, width=1, height=1
)

VALUES: dict[str, Any] = {
    "kind": codes.ActivityKind.MEAL,
    "method": codes.Method.VISIT,
    "held_on": date(2026, 9, 12),
    "deleted_at": datetime(2026, 9, 12, 3, 4, 5, tzinfo=UTC),
    "related_items": (7, 9),
    "partners": ("npo", "other"),
    "participants": 24,
    "participants_unknown": True,
    "venue": "みほん自治会館",
    "breakdown.elderly": 20,
    "measures.style": "together",
    "reasons.participants:activity.participants.many": "運動会のため",
    "unread.breakdown.elderly": "たくさん",
}


@pytest.mark.parametrize(("name", "value"), VALUES.items(), ids=VALUES)
def test_a_field_survives_json_and_goes_back_into_the_record(name: str, value: object) -> None:
    changed = with_field(ACTIVITY, name, value)
    assert get_field(changed, name) == value
    restored = from_json(ACTIVITIES, name, to_json(get_field(changed, name)))
    assert restored == value
    assert type(restored) is type(value)
    assert get_field(ACTIVITY, name) != value


@given(
    st.dictionaries(st.sampled_from(list(codes.Beneficiary)), st.integers(0, 10**6)),
    st.text(max_size=20),
    st.none() | st.dates(),
    st.lists(st.integers(1, 99)),
)
def test_any_value_round_trips(
    groups: dict[str, int], venue: str, held_on: date | None, items: list[int]
) -> None:
    record = ACTIVITY
    values = {"venue": venue, "held_on": held_on, "related_items": tuple(items), "breakdown": groups}
    for name, value in values.items():
        record = with_field(record, name, value)
    for name, value in values.items():
        assert from_json(ACTIVITIES, name, to_json(get_field(record, name))) == value


def test_what_cannot_be_read_is_kept_and_cleared_by_the_next_value() -> None:
    unread = with_field(ACTIVITY, "breakdown.elderly", None, unread="たくさん")
    assert unread.unread == {"breakdown.elderly": "たくさん"}
    assert unread.breakdown == {}
    read = with_field(unread, "breakdown.elderly", 20)
    assert (read.unread, read.breakdown) == ({}, {"elderly": 20})


def test_none_empties_a_field_and_removes_an_entry() -> None:
    filled = with_field(with_field(ACTIVITY, "venue", "会館"), "breakdown.elderly", 3)
    emptied = with_field(with_field(filled, "venue", None), "breakdown.elderly", None)
    assert emptied == ACTIVITY
    assert with_field(ACTIVITY, "item_number", None, unread="？").item_number == 6
    assert with_field(STATUS, "typed_totals.sessions", 3).typed_totals == {"sessions": 3}


def test_the_json_form_of_a_code_is_taken_too() -> None:
    assert with_field(STATUS, "state", "running").state is codes.ImplementationState.RUNNING
    with pytest.raises(ValueError, match="ImplementationState"):
        with_field(STATUS, "state", "未報告")


def test_an_unknown_field_is_a_bug() -> None:
    for name in ("nothing", "nothing.inner"):
        with pytest.raises(AttributeError):
            with_field(ACTIVITY, name, 1)
        with pytest.raises(AttributeError):
            from_json(ITEM_STATUSES, name, 1)


def test_a_record_without_kept_text_can_be_changed_too() -> None:
    assert with_field(PHOTO, "caption", "会食のようす").caption == "会食のようす"
    assert ref_of(PHOTO) == RecordRef("photos", "f")
