from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shakyo_desktop.domain.checks import (
    Progress,
    check_practice,
    check_year,
    missing_items,
    progress,
    to_settle,
)
from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.records import Activity, YearRecords
from tests.factories import (
    DISTRICT,
    FISCAL_YEAR,
    NOW,
    TODAY,
    make_activity,
    make_item,
    make_photo,
    make_plan,
    make_practice,
    make_status,
    make_year,
)

PLAN = make_plan()
EMPTY = YearRecords(DISTRICT, FISCAL_YEAR)


def found(
    records: YearRecords, stage: Stage = Stage.INTERIM, last_year: YearRecords | None = None
) -> list[tuple[str, str, int | None]]:
    problems = check_year(records, [PLAN], stage, last_year, TODAY)
    return [(one.level.value, one.code, one.item_number) for one in problems]


def only(*activities: Activity) -> YearRecords:
    return replace(EMPTY, activities=activities)


def test_an_honest_year_has_nothing_to_settle_at_either_stage() -> None:
    year = make_year()
    assert found(year) == []
    # One salon in the diary is few for a year, and the district says why.
    reason = {"typed_totals.sessions:item_status.gathering.few": "会場の工事"}
    statuses = tuple(replace(one, reasons=reason) for one in year.item_statuses)
    final = replace(year, item_statuses=statuses)
    assert to_settle(check_year(final, [PLAN], Stage.FINAL, None, TODAY)) == []


def test_a_final_report_asks_about_items_of_the_district_only() -> None:
    assert found(EMPTY, Stage.INTERIM) == []
    asked = found(EMPTY, Stage.FINAL)
    district = [item.number for item in PLAN.items if item.reporter == "district"]
    assert asked == [("soft", "item_status.state.missing", number) for number in district]


def test_a_reason_for_an_item_left_out_is_kept_in_its_status() -> None:
    status = make_status(
        6,
        state=None,
        self_rating=None,
        reasons={"state:item_status.state.missing": "担当の役員が病気のため"},
    )
    problems = check_year(replace(EMPTY, item_statuses=(status,)), [PLAN], Stage.FINAL, None, TODAY)
    about = next(one for one in problems if one.item_number == 6)
    assert (about.answered, about.ref and about.ref.id) == (True, status.id)
    assert about not in to_settle(problems)
    assert len(to_settle(problems)) == len(problems) - 1


def test_a_record_twice_is_hard() -> None:
    activity = make_activity(9)
    assert found(only(activity, activity)) == [("hard", "record.id.duplicate", 9)] * 2
    photo = replace(make_photo(activity.id), id=activity.id)
    assert ("hard", "record.id.duplicate", None) in found(replace(only(activity), photos=(photo,)))


def test_two_statuses_of_one_item_are_hard() -> None:
    records = replace(EMPTY, item_statuses=(make_status(6), make_status(6)))
    assert found(records) == [("hard", "item_status.duplicate", 6)] * 2


def test_a_plan_that_is_not_there_makes_its_records_unknown() -> None:
    records = replace(
        only(make_activity(9, plan_id="other")), item_statuses=(make_status(9, plan_id="other"),)
    )
    assert found(records) == [
        ("hard", "item_status.item_number.unknown", 9),
        ("hard", "activity.item_number.unknown", 9),
    ]


def test_deleted_records_are_ignored() -> None:
    records = replace(
        only(make_activity(9, held_on=None, deleted_at=NOW)),
        good_practices=(make_practice(story="", deleted_at=NOW),),
        photos=(make_photo(caption="あ" * 99, deleted_at=NOW),),
    )
    assert found(records) == []


def mutual_aid(month: str, requests: int, fulfilled: int, **changes: Any) -> Activity:
    return make_activity(7, month=month, measures={"requests": requests, "fulfilled": fulfilled}, **changes)


OVER = ("soft", "activity.mutual_aid.fulfilled_above_requests", 7)


@pytest.mark.parametrize(
    ("months", "problems"),
    [
        ([("2026-04", 5, 2), ("2026-05", 1, 4)], 0),
        ([("2026-04", 5, 2), ("2026-05", 1, 5)], 1),
        ([("2026-05", 1, 4), ("2026-04", 5, 2)], 0),
        ([("2026-04", 1, 4), ("2026-05", 3, 3)], 1),
        ([("2026-04", 5, 5), ("2026-05", 0, 1)], 1),
    ],
    ids=["carried", "more than carried", "any order", "no debt is carried", "all done before"],
)
def test_open_requests_are_carried_through_the_year(
    months: list[tuple[str, int, int]], problems: int
) -> None:
    assert found(only(*(mutual_aid(*month) for month in months))) == [OVER] * problems


def salon(day: int, people: int | None, **changes: Any) -> Activity:
    return make_activity(9, held_on=date(2026, 9, day), participants=people, **changes)


@pytest.mark.parametrize(
    ("activities", "flagged"),
    [
        ([salon(1, 20), salon(8, 20), salon(15, 20)], [15]),
        ([salon(15, 20), salon(1, 20), salon(8, 20)], [15]),
        ([salon(1, 20), salon(8, 20), salon(15, 21), salon(22, 20)], []),
        ([salon(1, 20), salon(8, None), salon(15, 20), salon(22, 20)], []),
        ([salon(1, 20), salon(8, 20), salon(15, 20), salon(22, 20)], [15]),
        ([salon(1, 20), salon(8, 20, venue="みほん公民館"), salon(15, 20)], []),
    ],
    ids=["three", "any order", "another count", "a blank", "a fourth is not asked again", "two places"],
)
def test_the_same_count_three_times_running_asks_once(activities: list[Activity], flagged: list[int]) -> None:
    problems = check_year(only(*activities), [PLAN], Stage.INTERIM, None, TODAY)
    assert {one.code for one in problems} <= {"activity.gathering.same_count"}
    days = {one.id: one.held_on.day for one in activities if one.held_on}
    assert [days[one.ref.id] for one in problems if one.ref] == flagged


def test_totals_are_compared_with_what_was_reported_last_year() -> None:
    this_year = replace(only(salon(1, 30)), item_statuses=(make_status(9, id="s"),))
    reported = replace(
        EMPTY, fiscal_year=2025, item_statuses=(make_status(9, counted_totals={"helpers": 2}),)
    )
    from_diary = replace(EMPTY, fiscal_year=2025, activities=(salon(1, 2, helpers=2),))
    for last_year in (reported, from_diary):
        codes = [code for _, code, _ in found(this_year, last_year=last_year)]
        assert "item_status.totals.far_from_last_year" in codes
    assert found(this_year, last_year=replace(EMPTY, fiscal_year=2025)) == []


def test_nine_photos_of_one_activity_are_too_many() -> None:
    activity = make_activity(9)
    photos = tuple(make_photo(activity.id) for _ in range(9))
    assert found(replace(only(activity), photos=photos)) == [("hard", "activity.photos.too_many", 9)]
    caption = replace(only(activity), photos=(make_photo(activity.id, caption="あ" * 61),))
    assert found(caption) == [("hard", "photo.caption.too_long", 9)]


@pytest.mark.parametrize(
    ("changes", "code", "blocks"),
    [
        ({"title": ""}, "good_practice.title.missing", True),
        ({"story": " "}, "good_practice.story.missing", True),
        ({"consent": False}, "good_practice.consent.missing", False),
        ({"story": "連絡は043-123-4567へ"}, "good_practice.story.personal_data", False),
        ({"story": "あ" * 2001}, "good_practice.story.too_long", True),
        ({"title": "あ" * 61}, "good_practice.title.too_long", True),
    ],
)
def test_a_good_practice_is_whole_and_shown_only_with_consent(
    changes: dict[str, Any], code: str, blocks: bool
) -> None:
    [problem] = check_practice(make_practice(**changes), make_item(9))
    assert (problem.code, problem.blocks) == (code, blocks)


def test_a_good_practice_not_yet_begun_is_no_problem() -> None:
    assert check_practice(make_practice(title="", story="", consent=False), make_item(9)) == []


def test_problems_come_in_the_order_of_the_items() -> None:
    records = only(make_activity(12, held_on=None), make_activity(6, month=None))
    assert [number for _, _, number in found(records)] == [6, 12]


def test_progress_counts_any_item_with_a_state_and_expects_the_districts() -> None:
    assert progress(EMPTY, PLAN) == Progress(0, 13, 21)
    statuses = (make_status(6), make_status(3), make_status(9, state=None), make_status(99))
    records = replace(EMPTY, item_statuses=statuses)
    assert progress(records, PLAN) == Progress(entered=2, expected=13, total=21)
    assert 6 not in [item.number for item in missing_items(records, PLAN)]
    assert 9 in [item.number for item in missing_items(records, PLAN)]
    assert 14 not in [item.number for item in missing_items(records, PLAN)]
