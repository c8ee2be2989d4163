"""A text as typed means a value of its field, or stays as it was typed."""

from datetime import date

import pytest

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.records import ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, PHOTOS
from shakyo_desktop.services.typed_text import editable_spec, read_typed, repaired

READ = [
    (ACTIVITIES, "participants", "１２人", 12, ""),
    (ACTIVITIES, "participants", "十数人", None, "十数人"),
    (ACTIVITIES, "participants", " ", None, ""),
    (ACTIVITIES, "breakdown.elderly", "1,200", 1200, ""),
    (ACTIVITIES, "measures.visits", "5回", 5, ""),
    (ACTIVITIES, "measures.style", "配食", "delivery", ""),
    (ACTIVITIES, "measures.own_figure", "7", 7, ""),
    (ACTIVITIES, "measures.theme", "認知症", "認知症", ""),
    (ACTIVITIES, "held_on", "9/12", date(2026, 9, 12), ""),
    (ACTIVITIES, "held_on", "あした", None, "あした"),
    (ACTIVITIES, "month", "9", "2026-09", ""),
    (ACTIVITIES, "start_time", "9時半", "09:30", ""),
    (ACTIVITIES, "content", "一行目\r\n二行目", "一行目\n二行目", ""),
    (ACTIVITIES, "venue", "公民館\n", "公民館 ", ""),
    (ACTIVITIES, "partners", "自治会", None, "自治会"),
    (ITEM_STATUSES, "target_value", "1.5", 1500, ""),
    (ITEM_STATUSES, "state", "一部実施", ImplementationState.PARTIAL, ""),
    (ITEM_STATUSES, "state", "running", ImplementationState.RUNNING, ""),
    (ITEM_STATUSES, "state", "たぶん", None, "たぶん"),
    (ITEM_STATUSES, "typed_totals.sessions", "12", 12, ""),
    (ITEM_STATUSES, "reasons.state:a.b", "ため", "ため", ""),
    (PHOTOS, "caption", "体操", "体操", ""),
]


@pytest.mark.parametrize("table, field, text, value, unread", READ)
def test_a_typed_text_is_read_or_kept(table: str, field: str, text: str, value: object, unread: str) -> None:
    assert read_typed(editable_spec(table, field), text, 2026) == (value, unread)


@pytest.mark.parametrize(
    "table, field",
    [
        (ACTIVITIES, "id"),
        (ACTIVITIES, "org"),
        (ACTIVITIES, "deleted_at"),
        (ITEM_STATUSES, "carried_over"),
        (ITEM_STATUSES, "counted_totals.sessions"),
        (PHOTOS, "sha256"),
        (ACTIVITIES, "photo_ids"),
    ],
)
def test_what_is_not_theirs_cannot_be_changed(table: str, field: str) -> None:
    with pytest.raises(AttributeError):
        editable_spec(table, field)


def test_photos_of_a_good_practice_can_be_chosen() -> None:
    assert editable_spec(GOOD_PRACTICES, "photo_ids").label == "写真"


def test_text_loses_what_a_file_could_not_carry() -> None:
    assert repaired(editable_spec(ACTIVITIES, "content"), "a\u200bb\tc\r\nd") == "ab c\nd"
    assert repaired(editable_spec(ACTIVITIES, "participants"), 3) == 3
