from dataclasses import replace
from typing import Any

import pytest

from shakyo_desktop.domain.checks import Problem, check_status
from shakyo_desktop.domain.codes import ImplementationState, SelfRating, Stage
from shakyo_desktop.domain.fields import MAX_NUMBER
from shakyo_desktop.domain.plan import Measure
from shakyo_desktop.domain.records import ItemStatus
from tests.factories import make_item, make_status

NOTHING: dict[str, Any] = {"outcome": "", "challenge": "", "next_plan": ""}
IDLE: dict[str, Any] = {"self_rating": None, **NOTHING}


def problems_of(
    status: ItemStatus,
    counted: dict[str, int] | None = None,
    last_year: dict[str, int] | None = None,
    stage: Stage = Stage.FINAL,
) -> list[Problem]:
    return check_status(status, make_item(status.item_number), counted or {}, last_year, stage)


def found(status: ItemStatus, *args: Any, **options: Any) -> list[tuple[str, str, str]]:
    return [(one.level.value, one.field, one.code) for one in problems_of(status, *args, **options)]


HONEST: dict[str, tuple[ItemStatus, Stage]] = {
    "carried out": (make_status(6), Stage.FINAL),
    "not started": (make_status(6, state=ImplementationState.NOT_STARTED, **IDLE), Stage.FINAL),
    "preparing": (make_status(6, state=ImplementationState.PREPARING, **IDLE), Stage.FINAL),
    "suspended with a reason": (
        make_status(6, state=ImplementationState.SUSPENDED, state_reason="会場の工事", **IDLE),
        Stage.FINAL,
    ),
    "nothing yet": (make_status(6, state=None, **IDLE), Stage.INTERIM),
    "no rating yet": (make_status(9, self_rating=None), Stage.INTERIM),
    "not rated with a reason": (
        make_status(9, self_rating=SelfRating.NOT_RATED, rating_reason="始めたばかり"),
        Stage.FINAL,
    ),
    "texts of an ordinary item left out": (make_status(8, **NOTHING), Stage.FINAL),
    "texts of a priority item left out during the year": (
        make_status(6, self_rating=None, **NOTHING),
        Stage.INTERIM,
    ),
    "a target with its unit": (make_status(6, target_value=12_000, target_unit="回"), Stage.FINAL),
}


@pytest.mark.parametrize(("status", "stage"), HONEST.values(), ids=HONEST)
def test_what_is_allowed_is_not_complained_about(status: ItemStatus, stage: Stage) -> None:
    assert found(status, stage=stage) == []


BROKEN: dict[str, tuple[ItemStatus, str, str, str]] = {
    "suspended without a reason": (
        make_status(6, state=ImplementationState.SUSPENDED, **IDLE),
        "hard",
        "state_reason",
        "item_status.state_reason.missing",
    ),
    "not applicable without a reason": (
        make_status(6, state=ImplementationState.NOT_APPLICABLE, state_reason=" ", **IDLE),
        "hard",
        "state_reason",
        "item_status.state_reason.missing",
    ),
    "a rating of what was not done": (
        make_status(6, state=ImplementationState.PREPARING),
        "hard",
        "self_rating",
        "item_status.self_rating.not_expected",
    ),
    "a rating without a state": (
        make_status(6, state=None),
        "hard",
        "self_rating",
        "item_status.self_rating.not_expected",
    ),
    "no rating at the end": (
        make_status(6, self_rating=None),
        "hard",
        "self_rating",
        "item_status.self_rating.missing",
    ),
    "not rated and no reason": (
        make_status(6, self_rating=SelfRating.NOT_RATED),
        "hard",
        "rating_reason",
        "item_status.rating_reason.missing",
    ),
    "a target without a unit": (
        make_status(6, target_value=12_000),
        "soft",
        "target_unit",
        "item_status.target_unit.missing",
    ),
    "copied from last year": (
        make_status(6, carried_over=("challenge",)),
        "soft",
        "challenge",
        "item_status.carried_over",
    ),
    "a priority item without its outcome": (
        make_status(6, outcome=""),
        "soft",
        "outcome",
        "item_status.outcome.missing",
    ),
    "a great step without a plan": (
        make_status(8, self_rating=SelfRating.EXCELLENT, next_plan=" "),
        "soft",
        "next_plan",
        "item_status.next_plan.missing",
    ),
    "no step without its challenge": (
        make_status(8, self_rating=SelfRating.POOR, challenge=""),
        "soft",
        "challenge",
        "item_status.challenge.missing",
    ),
    "an outcome too long": (
        make_status(6, outcome="あ" * 301),
        "hard",
        "outcome",
        "item_status.outcome.too_long",
    ),
    "a total beyond all bounds": (
        make_status(6, typed_totals={"sessions": -1}),
        "hard",
        "typed_totals.sessions",
        "item_status.typed_totals.sessions.range",
    ),
    "what could not be read": (
        make_status(6, unread={"typed_totals.sessions": "何回か"}),
        "hard",
        "typed_totals.sessions",
        "item_status.unread",
    ),
}


@pytest.mark.parametrize(("status", "level", "field", "code"), BROKEN.values(), ids=BROKEN)
def test_each_broken_rule_is_told_once_at_its_field(
    status: ItemStatus, level: str, field: str, code: str
) -> None:
    problems = problems_of(status)
    assert [(one.level, one.field, one.code) for one in problems] == [(level, field, code)]
    assert problems[0].message.endswith("。")


def test_an_item_the_catalogue_does_not_have_is_hard() -> None:
    [problem] = check_status(make_status(99), None, {}, None, Stage.INTERIM)
    assert (problem.level, problem.code) == ("hard", "item_status.item_number.unknown")


def test_a_typed_total_that_differs_from_the_diary_asks_why() -> None:
    status = make_status(8, typed_totals={"sessions": 12, "helpers": 4, "unique_persons": 30})
    counted = {"sessions": 10, "helpers": 4}
    [problem] = problems_of(status, counted)
    assert (problem.level, problem.field, problem.code) == (
        "soft",
        "typed_totals.sessions",
        "item_status.totals.differ",
    )
    assert "12回" in problem.message
    assert "10回" in problem.message
    assert problems_of(replace(status, totals_reason="紙の記録から"), counted) == []


def test_a_count_of_the_diary_that_no_report_could_carry_is_hard() -> None:
    assert found(make_status(8), {"person_times": MAX_NUMBER}) == []
    assert found(make_status(8), {"person_times": MAX_NUMBER + 1}) == [
        ("hard", "typed_totals.person_times", "item_status.counted_totals.person_times.range")
    ]


def test_an_items_own_total_is_called_by_its_name() -> None:
    item = replace(make_item(8), measures=(Measure("bags_given", "配った袋", "枚"),))
    status = make_status(8, typed_totals={"bags_given": MAX_NUMBER + 1})
    [problem] = check_status(status, item, {}, None, Stage.INTERIM)
    assert problem.message.startswith("配った袋の数")


def test_a_total_typed_where_the_diary_is_silent_is_no_difference() -> None:
    assert problems_of(make_status(8, typed_totals={"sessions": 12})) == []


@pytest.mark.parametrize(
    ("now", "before", "stage", "asks"),
    [
        (15, 10, Stage.FINAL, False),
        (16, 10, Stage.FINAL, True),
        (5, 10, Stage.FINAL, False),
        (4, 10, Stage.FINAL, True),
        (4, 10, Stage.INTERIM, False),
        (16, 10, Stage.INTERIM, True),
        (9, 0, Stage.FINAL, False),
        (0, 10, Stage.FINAL, True),
    ],
)
def test_a_jump_of_more_than_half_from_last_year_asks_why(
    now: int, before: int, stage: Stage, asks: bool
) -> None:
    result = found(make_status(6), {"helpers": now}, {"helpers": before}, stage)
    expected = [("soft", "typed_totals.helpers", "item_status.totals.far_from_last_year")] if asks else []
    assert result == expected


def test_last_year_unknown_is_not_compared() -> None:
    assert found(make_status(6), {"helpers": 900}, {}) == []
    assert found(make_status(6), {"helpers": 900}, None) == []


@pytest.mark.parametrize(
    ("item", "sessions", "stage", "asks"),
    [
        (9, 5, Stage.FINAL, True),
        (9, 6, Stage.FINAL, False),
        (9, 5, Stage.INTERIM, False),
        (9, None, Stage.FINAL, False),
        (12, 5, Stage.FINAL, False),
    ],
)
def test_fewer_than_six_gatherings_a_year_ask_why(
    item: int, sessions: int | None, stage: Stage, asks: bool
) -> None:
    counted = {} if sessions is None else {"sessions": sessions}
    result = found(make_status(item), counted, None, stage)
    assert result == ([("soft", "typed_totals.sessions", "item_status.gathering.few")] if asks else [])
