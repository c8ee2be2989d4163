from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shakyo_desktop.domain.checks import Level, Problem, check_activity
from shakyo_desktop.domain.codes import ActivityKind, Granularity, OutcomeState
from shakyo_desktop.domain.plan import Measure
from shakyo_desktop.domain.records import Activity, RecordRef
from tests.factories import FISCAL_YEAR, TODAY, make_activity, make_id, make_photo, make_plan

PLAN = make_plan()
CANCELLED = {
    "outcome_state": OutcomeState.CANCELLED,
    "outcome_reason": "大雨のため",
    "participants": None,
    "helpers": None,
    "measures": {},
}


def problems_of(activity: Activity, **options: Any) -> list[Problem]:
    return check_activity(activity, PLAN.item(activity.item_number), FISCAL_YEAR, TODAY, plan=PLAN, **options)


def found(activity: Activity, **options: Any) -> list[tuple[str, str, str]]:
    return [(one.level.value, one.field, one.code) for one in problems_of(activity, **options)]


@pytest.mark.parametrize("item", PLAN.items, ids=lambda item: f"{item.number} {item.kind}")
def test_an_honest_activity_of_every_item_has_no_problems(item: Any) -> None:
    assert found(make_activity(item.number)) == []


HONEST: dict[str, Activity] = {
    "blank counts": make_activity(9, participants=None, helpers=None),
    "nobody came": make_activity(9, participants=0),
    "no times": make_activity(9, start_time=None, end_time=None),
    "twelve hours": make_activity(9, start_time="08:00", end_time="20:00"),
    "the first day": make_activity(9, held_on=date(2026, 4, 1)),
    "today": make_activity(9, held_on=TODAY),
    "this month's tally": make_activity(6, month="2026-09"),
    "postponed to a day to come": make_activity(
        9, held_on=date(2026, 12, 1), **{**CANCELLED, "outcome_state": OutcomeState.POSTPONED}
    ),
    "cancelled meal without its style": make_activity(12, **CANCELLED),
    "breakdown that fills the count": make_activity(9, breakdown={"elderly": 20, "children": 4}),
    "no referral in a month": make_activity(6, measures={"subjects": 5, "visits": 5, "referrals": 0}),
    "two hundred people": make_activity(9, participants=200),
    "all completed": make_activity(4, participants=20, measures={"completed": 20}),
    "longest texts": make_activity(9, venue="あ" * 60, content="い" * 200, note="う" * 400),
    "helpers more than participants": make_activity(9, participants=3, helpers=9),
    "nobody counted": make_activity(9, participants=None, participants_unknown=True),
    "cancelled with a figure of the kind it had before": make_activity(
        9, **{**CANCELLED, "measures": {"visits": 12}}
    ),
    "a watch with a word of the kind it had before": make_activity(
        6, measures={"subjects": 5, "visits": 12, "host": "山田花子さん"}
    ),
}


@pytest.mark.parametrize("activity", HONEST.values(), ids=HONEST)
def test_what_is_allowed_is_not_complained_about(activity: Activity) -> None:
    assert found(activity) == []


BROKEN: dict[str, tuple[Activity, str, str, str]] = {
    "item not in the catalogue": (make_activity(99), "hard", "item_number", "activity.item_number.unknown"),
    "related item not in the catalogue": (
        make_activity(9, related_items=(10, 77)),
        "hard",
        "related_items",
        "activity.related_items.unknown",
    ),
    "no date": (make_activity(9, held_on=None), "hard", "held_on", "activity.held_on.missing"),
    "day before the year": (
        make_activity(9, held_on=date(2026, 3, 31)),
        "hard",
        "held_on",
        "activity.held_on.outside_year",
    ),
    "day after the year": (
        make_activity(9, held_on=date(2027, 4, 1)),
        "hard",
        "held_on",
        "activity.held_on.outside_year",
    ),
    "held tomorrow": (
        make_activity(9, held_on=date(2026, 10, 1)),
        "hard",
        "held_on",
        "activity.held_on.future",
    ),
    "no month": (make_activity(6, month=None), "hard", "month", "activity.month.missing"),
    "month outside": (make_activity(6, month="2026-03"), "hard", "month", "activity.month.outside_year"),
    "month to come": (make_activity(6, month="2026-10"), "hard", "month", "activity.month.future"),
    "end before start": (
        make_activity(9, start_time="13:00", end_time="12:00"),
        "soft",
        "end_time",
        "activity.end_time.before_start",
    ),
    "more than twelve hours": (
        make_activity(9, start_time="08:00", end_time="20:01"),
        "soft",
        "end_time",
        "activity.end_time.too_long",
    ),
    "cancelled without a reason": (
        make_activity(9, **{**CANCELLED, "outcome_reason": "  "}),
        "hard",
        "outcome_reason",
        "activity.outcome_reason.missing",
    ),
    "cancelled with people": (
        make_activity(9, **{**CANCELLED, "participants": 3}),
        "hard",
        "participants",
        "activity.counts_when_not_held",
    ),
    "cancelled with a figure": (
        make_activity(6, granularity=Granularity.EVENT, **{**CANCELLED, "measures": {"visits": 1}}),
        "hard",
        "measures.visits",
        "activity.counts_when_not_held",
    ),
    "breakdown above the count": (
        make_activity(9, participants=10, breakdown={"elderly": 8, "children": 3}),
        "hard",
        "participants",
        "activity.breakdown.above_participants",
    ),
    "counted and called unknown": (
        make_activity(9, participants=3, participants_unknown=True),
        "hard",
        "participants_unknown",
        "activity.participants_unknown.counted",
    ),
    "tally without sessions": (
        make_activity(6, sessions=None),
        "hard",
        "sessions",
        "activity.sessions.missing",
    ),
    "tally of no sessions": (make_activity(6, sessions=0), "hard", "sessions", "activity.sessions.missing"),
    "fewer visits than people": (
        make_activity(6, measures={"subjects": 5, "visits": 4}),
        "soft",
        "measures.visits",
        "activity.watch.visits_below_subjects",
    ),
    "more referrals than visits": (
        make_activity(6, measures={"visits": 4, "referrals": 5}),
        "soft",
        "measures.referrals",
        "activity.watch.referrals_above_visits",
    ),
    "more done than asked": (
        make_activity(7, measures={"requests": 2, "fulfilled": 3}),
        "soft",
        "measures.fulfilled",
        "activity.mutual_aid.fulfilled_above_requests",
    ),
    "a very large gathering": (
        make_activity(9, participants=201),
        "soft",
        "participants",
        "activity.gathering.many_people",
    ),
    "a meal of no style": (
        make_activity(12, measures={"meals": 3}),
        "hard",
        "measures.style",
        "activity.meal.style_missing",
    ),
    "a meal of a style nobody knows": (
        make_activity(12, measures={"style": "later", "meals": 3}),
        "hard",
        "measures.style",
        "activity.measures.style.unfit",
    ),
    "a choice of the kind it had before": (
        make_activity(21, measures={"form": "agreement"}),
        "hard",
        "measures.form",
        "activity.measures.form.unfit",
    ),
    "a figure that is no number": (
        make_activity(6, measures={"visits": "12"}),
        "hard",
        "measures.visits",
        "activity.measures.visits.unfit",
    ),
    "more completed than came": (
        make_activity(4, participants=20, measures={"completed": 21}),
        "hard",
        "measures.completed",
        "activity.training.completed_above_participants",
    ),
    "a liaison with nobody": (
        make_activity(17, measures={"counterpart": " "}),
        "hard",
        "measures.counterpart",
        "activity.liaison.counterpart_missing",
    ),
    "a disaster list of people": (
        make_activity(21, note="山田太郎、鈴木花子、佐藤一郎"),
        "hard",
        "note",
        "activity.list_of_people",
    ),
    "a name in a watch": (
        make_activity(6, content="山田花子さんの見守り"),
        "hard",
        "content",
        "activity.list_of_people",
    ),
    "a name in a watch's venue": (
        make_activity(6, venue="山田様宅"),
        "hard",
        "venue",
        "activity.list_of_people",
    ),
    "a telephone number": (
        make_activity(9, note="連絡先 043-123-4567"),
        "soft",
        "note",
        "activity.note.telephone",
    ),
    "an address": (
        make_activity(9, content="みほん町1-2-3に集合"),
        "soft",
        "content",
        "activity.content.address",
    ),
    "a name elsewhere": (
        make_activity(9, content="山田さんの手品"),
        "soft",
        "content",
        "activity.content.personal_name",
    ),
    "a venue too long": (make_activity(9, venue="あ" * 61), "hard", "venue", "activity.venue.too_long"),
    "content too long": (
        make_activity(9, content="あ" * 201),
        "hard",
        "content",
        "activity.content.too_long",
    ),
    "a note too long": (make_activity(9, note="あ" * 401), "hard", "note", "activity.note.too_long"),
    "a theme too long": (
        make_activity(4, measures={"theme": "あ" * 61}),
        "hard",
        "measures.theme",
        "activity.measures.theme.too_long",
    ),
    "a negative count": (
        make_activity(9, participants=-1),
        "hard",
        "participants",
        "activity.participants.range",
    ),
    "a figure beyond all bounds": (
        make_activity(6, measures={"visits": 10**7}),
        "hard",
        "measures.visits",
        "activity.measures.visits.range",
    ),
}


@pytest.mark.parametrize(("activity", "level", "field", "code"), BROKEN.values(), ids=BROKEN)
def test_each_broken_rule_is_told_once_at_its_field(
    activity: Activity, level: str, field: str, code: str
) -> None:
    assert found(activity) == [(level, field, code)]


@pytest.mark.parametrize("activity", [row[0] for row in BROKEN.values()], ids=BROKEN)
def test_a_message_is_one_plain_sentence_or_more(activity: Activity) -> None:
    for problem in problems_of(activity):
        assert problem.message.endswith("。")
        assert "_" not in problem.message
        assert (problem.ref, problem.item_number) == (
            RecordRef("activities", activity.id),
            activity.item_number,
        )


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_a_list_of_people_stops_only_watch_and_disaster(kind: ActivityKind) -> None:
    activity = make_activity(9, kind=kind, note="山田太郎、鈴木花子、佐藤一郎")
    levels = {one.level for one in problems_of(activity) if one.field == "note"}
    stops = kind in (ActivityKind.WATCH, ActivityKind.DISASTER)
    assert levels == {Level.HARD if stops else Level.SOFT}


def test_what_could_not_be_read_blocks_and_is_not_called_missing() -> None:
    activity = make_activity(9, held_on=None, unread={"held_on": "きのう", "measures.venues": "いろいろ"})
    problems = problems_of(activity)
    assert [(one.level, one.field, one.code) for one in problems] == [
        ("hard", "held_on", "activity.unread"),
        ("hard", "measures.venues", "activity.unread"),
    ]
    assert "日付の「きのう」" in problems[0].message
    assert "会場数の「いろいろ」" in problems[1].message


def test_an_items_own_figure_is_called_by_its_name() -> None:
    item = replace(PLAN.items[8], measures=(Measure("bags_given", "配った袋", "枚"),))
    activity = make_activity(9, unread={"measures.bags_given": "たくさん"})
    [problem] = check_activity(activity, item, FISCAL_YEAR, TODAY)
    assert "配った袋の「たくさん」" in problem.message


def test_requests_carried_from_earlier_months_are_taken_into_account() -> None:
    activity = make_activity(7, measures={"requests": 2, "fulfilled": 5})
    assert found(activity, carried=3) == []
    assert len(found(activity, carried=2)) == 1


def test_an_activity_has_at_most_eight_photos() -> None:
    activity = make_activity(9)
    photos = [make_photo(activity.id) for _ in range(9)]
    assert found(activity, photos=photos[:8]) == []
    assert found(activity, photos=photos) == [("hard", "photos", "activity.photos.too_many")]


def test_a_reason_answers_a_soft_problem_and_never_a_hard_one() -> None:
    activity = make_activity(9, participants=201)
    [soft] = problems_of(activity)
    assert (soft.answered, soft.blocks) == (False, True)
    answered = replace(activity, reasons={soft.reason_key: "夏まつりのため"})
    [soft] = problems_of(answered)
    assert (soft.answered, soft.blocks, soft.reason) == (True, False, "夏まつりのため")
    hard = make_activity(9, held_on=None, reasons={"held_on:activity.held_on.missing": "なんとなく"})
    assert [one.blocks for one in problems_of(hard)] == [True]


@pytest.mark.parametrize(("reason", "blocks"), [(" ", True), ("あ" * 200, False), ("あ" * 201, True)])
def test_a_blank_reason_or_one_no_file_could_carry_answers_nothing(reason: str, blocks: bool) -> None:
    activity = make_activity(
        9, participants=201, reasons={"participants:activity.gathering.many_people": reason}
    )
    assert problems_of(activity)[0].blocks is blocks


def test_a_reason_belongs_to_one_field_and_code() -> None:
    activity = make_activity(9, participants=201, id=make_id(), reasons={"participants:other": "はい"})
    assert problems_of(activity)[0].blocks
