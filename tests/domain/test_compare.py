from dataclasses import replace
from datetime import date

import pytest

from shakyo_desktop.domain.codes import ActivityKind, ImplementationState
from shakyo_desktop.domain.compare import differences, field_label, record_title, show_value
from shakyo_desktop.domain.plan import Measure, RatingLevel
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, PHOTOS, RecordRef
from tests.factories import make_activity, make_id, make_photo, make_plan, make_status, make_year

PLAN = make_plan()

SHOWN = {
    "a number with its unit": (ACTIVITIES, "participants", 1200, "1,200人"),
    "a group": (ACTIVITIES, "breakdown.elderly", 20, "20人"),
    "a date": (ACTIVITIES, "held_on", date(2026, 9, 12), "令和8年9月12日（土）"),
    "a month": (ACTIVITIES, "month", "2026-09", "令和8年9月"),
    "a time": (ACTIVITIES, "start_time", "10:00", "10:00"),
    "a choice": (ACTIVITIES, "outcome_state", "cancelled", "中止"),
    "choices": (ACTIVITIES, "partners", ("npo", "school_pta"), "NPO、学校・PTA"),
    "an item": (ACTIVITIES, "item_number", 6, "6 見守り活動の促進"),
    "items": (ACTIVITIES, "related_items", (6, 17), "6 見守り活動の促進、17 大学と地域の連携の推進"),
    "a flag": (ACTIVITIES, "participants_unknown", True, "はい"),
    "a measure": (ACTIVITIES, "measures.distance_m", 1500, "1,500m"),
    "a chosen measure": (ACTIVITIES, "measures.style", "delivery", "配食"),
    "a measure that is a flag": (ACTIVITIES, "measures.rain", False, "いいえ"),
    "a typed total": (ITEM_STATUSES, "typed_totals.sessions", 12, "12回"),
    "a target": (ITEM_STATUSES, "target_value", 12_500, "12.5"),
    "a rating": (ITEM_STATUSES, "self_rating", "good", "○ おおむね予定どおり"),
    "no rating": (ITEM_STATUSES, "self_rating", "not_rated", "評価しない"),
    "fields from last year": (ITEM_STATUSES, "carried_over", ("outcome", "challenge"), "成果、課題"),
    "zero": (ACTIVITIES, "participants", 0, "0人"),
    "blank": (ACTIVITIES, "participants", None, ""),
    "nothing chosen": (ACTIVITIES, "partners", (), ""),
}


@pytest.mark.parametrize(("table", "field", "value", "text"), SHOWN.values(), ids=SHOWN)
def test_a_stored_value_is_shown_in_words(table: str, field: str, value: object, text: str) -> None:
    assert show_value(table, field, value, PLAN) == text


def test_a_code_of_two_kinds_is_shown_by_its_kind() -> None:
    assert show_value(ACTIVITIES, "measures.form", "training", kind=ActivityKind.DISASTER) == "研修"
    assert show_value(ACTIVITIES, "measures.form", "meeting", kind=ActivityKind.LIAISON) == "会議"


def test_a_plans_own_words_come_first() -> None:
    item = replace(PLAN.items[5], measures=(Measure("bags", "配った袋", "枚"),))
    scale = (RatingLevel("good", "良", "よくできた"),)
    plan = replace(PLAN, items=(item,), rating_scale=scale)
    assert show_value(ITEM_STATUSES, "self_rating", "good", plan) == "良 よくできた"
    assert show_value(ITEM_STATUSES, "typed_totals.bags", 30, plan) == "30枚"
    assert field_label(ITEM_STATUSES, "typed_totals.bags", plan=plan) == "配った袋"


def test_fields_have_the_words_of_the_form() -> None:
    assert field_label(ACTIVITIES, "held_on") == "日付"
    assert field_label(ACTIVITIES, "measures.visits", ActivityKind.WATCH) == "見守り回数"
    assert field_label(ITEM_STATUSES, "typed_totals.person_times") == "延べ参加"
    assert field_label(ITEM_STATUSES, "") == "取組状況"
    assert field_label(ACTIVITIES, "reasons.participants:some.code") == "確認の理由（延べ参加者）"


def test_the_same_year_has_no_differences() -> None:
    year = make_year()
    assert differences(year, year, [PLAN]) == []


def test_each_changed_field_is_one_difference() -> None:
    activity = make_activity(9, breakdown={"elderly": 20})
    old = make_year(activities=(activity,))
    changed = replace(
        activity, participants=30, breakdown={"children": 4}, unread={"helpers": "すこし"}, helpers=None
    )
    found = differences(old, replace(old, activities=(changed,)), [PLAN])
    assert {(one.field, one.label, one.old_text, one.new_text) for one in found} == {
        ("participants", "延べ参加者", "24人", "30人"),
        ("breakdown.elderly", "内訳 高齢者", "20人", ""),
        ("breakdown.children", "内訳 子ども", "", "4人"),
        ("helpers", "延べ担い手", "6人", "「すこし」（要確認）"),
    }
    assert {(one.ref, one.item_number) for one in found} == {(RecordRef(ACTIVITIES, activity.id), 9)}


def test_an_unread_entry_of_a_mapping_is_told_once() -> None:
    activity = make_activity(9)
    old = make_year(activities=(activity,))
    changed = replace(activity, unread={"breakdown.elderly": "多数"})
    [found] = differences(old, replace(old, activities=(changed,)))
    assert (found.field, found.old_text, found.new_text) == ("breakdown.elderly", "", "「多数」（要確認）")


def test_a_record_on_one_side_only_is_one_line() -> None:
    year = make_year(photos=(), good_practices=())
    extra = make_activity(12, venue="みほん公民館")
    added = differences(year, replace(year, activities=(*year.activities, extra)), [PLAN])
    assert [(one.field, one.label, one.old_text) for one in added] == [("", "活動記録", "")]
    assert added[0].new_text == record_title(extra, PLAN)
    assert "令和8年9月12日（土）" in added[0].new_text
    removed = differences(year, replace(year, activities=year.activities[1:]))
    assert [(one.old_text != "", one.new_text) for one in removed] == [(True, "")]


def test_statuses_of_two_computers_are_matched_by_item() -> None:
    mine = make_status(6, outcome="こちら")
    theirs = replace(mine, id=make_id(), outcome="あちら")
    [found] = differences(make_year(item_statuses=(mine,)), make_year(item_statuses=(theirs,)))[:1]
    assert (found.ref.id, found.field, found.old_text, found.new_text) == (
        theirs.id,
        "outcome",
        "こちら",
        "あちら",
    )


def test_the_first_report_shows_every_field_that_was_filled_in() -> None:
    status = make_status(6, state=ImplementationState.SUSPENDED, state_reason="会場の工事")
    year = make_year(item_statuses=(status,), activities=(), photos=(), good_practices=())
    texts = {one.field: one.new_text for one in differences(None, year, [PLAN])}
    assert texts["state"] == "休止"
    assert texts["state_reason"] == "会場の工事"
    assert "target_value" not in texts


def test_a_photo_belongs_to_the_item_of_its_activity() -> None:
    activity = make_activity(9)
    photo = make_photo(activity.id)
    old = make_year(activities=(activity,), photos=(photo,))
    [found] = differences(old, replace(old, photos=(replace(photo, consent=True),)))
    assert (found.item_number, found.ref.table, found.old_text, found.new_text) == (
        9,
        PHOTOS,
        "いいえ",
        "はい",
    )
