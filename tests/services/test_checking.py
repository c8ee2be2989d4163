"""A year says what is still open; a reason answers what only needs one."""

from datetime import date

import pytest

from shakyo_desktop.domain.checks import Level, Problem
from shakyo_desktop.domain.codes import ImplementationState, Stage
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.services.checking import CheckingService
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.recording import RecordingService
from tests.services.conftest import PLAN_ID
from tests.services.test_recording import YEAR


@pytest.fixture
def recording(district: ServiceContext) -> RecordingService:
    return RecordingService(district)


@pytest.fixture
def checking(district: ServiceContext) -> CheckingService:
    return CheckingService(district)


def of(checking: CheckingService, code: str, stage: Stage = Stage.INTERIM) -> list[Problem]:
    return [problem for problem in checking.problems(YEAR, stage) if problem.code == code]


def test_a_blank_year_may_be_handed_in_half_way_but_not_at_its_end(checking: CheckingService) -> None:
    assert of(checking, "item_status.state.missing") == []
    missing = of(checking, "item_status.state.missing", Stage.FINAL)
    assert len(missing) == checking.progress(YEAR).expected
    assert all(problem.ref is not None for problem in missing)


def test_a_reason_answers_a_soft_problem_and_can_be_taken_back(
    checking: CheckingService, recording: RecordingService
) -> None:
    code = "item_status.state.missing"
    problem = of(checking, code, Stage.FINAL)[0]
    checking.answer(problem, " 担当者がかわったため\n")
    answered = of(checking, code, Stage.FINAL)[0]
    assert (answered.reason, answered.answered, answered.ref) == ("担当者がかわったため", True, problem.ref)
    assert problem.ref is not None
    assert [row.field for row in recording.history(problem.ref)] == [f"reasons.{problem.reason_key}"]
    checking.answer(answered, "")
    assert not of(checking, code, Stage.FINAL)[0].answered


def test_a_hard_problem_is_put_right_and_not_explained_away(
    checking: CheckingService, recording: RecordingService
) -> None:
    ref = ref_of(recording.new_activity(YEAR, PLAN_ID, 9, date(2026, 9, 5)))
    recording.change(ref, "participants", None, unread="十数人")
    hard = [
        one for one in checking.problems(YEAR, Stage.INTERIM) if one.level is Level.HARD and one.ref == ref
    ]
    assert [one.field for one in hard] == ["participants"]
    with pytest.raises(NotReady, match="直してください"):
        checking.answer(hard[0], "ため")
    recording.change(ref, "participants", 15)
    assert not [one for one in checking.problems(YEAR, Stage.INTERIM) if one.level is Level.HARD]


def test_last_years_totals_are_compared_when_there_are_some(
    checking: CheckingService, recording: RecordingService
) -> None:
    code = "item_status.totals.far_from_last_year"
    recording.change(ref_of(recording.status_for(YEAR, PLAN_ID, 9)), "state", ImplementationState.RUNNING)
    for year, people, found in ((YEAR, 100, 0), (YEAR - 1, 10, 1)):
        ref = ref_of(recording.new_activity(year, PLAN_ID, 9, date(year, 9, 5)))
        recording.change(ref, "participants", people)
        assert len(of(checking, code)) == found


def test_progress_counts_the_items_of_all_plans(
    checking: CheckingService, recording: RecordingService
) -> None:
    before = checking.progress(YEAR)
    assert (before.entered, before.total) == (0, 21)
    assert 0 < before.expected <= 21
    status = recording.status_for(YEAR, PLAN_ID, 9)
    recording.change(ref_of(status), "state", ImplementationState.RUNNING)
    assert checking.progress(YEAR).entered == 1
    assert checking.progress(2021) == (0, 0, 0)
