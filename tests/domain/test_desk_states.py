"""One of seven words says where a district stands, and two steps need two people."""

from datetime import UTC, datetime

import pytest

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.desk_states import desk_state
from shakyo_desktop.domain.review_steps import ReviewStep, StepKind, same_person, standing_check

CASES = {
    "未着": (None, False, False, False),
    "登録待ち": (None, True, False, False),
    "受取済": (ReportState.RECEIVED, False, False, False),
    "確認中": (ReportState.RECEIVED, False, True, True),
    "確認お願い中": (ReportState.REQUESTED, False, True, True),
    "再提出": (ReportState.RECEIVED, False, False, True),
    "確定": (ReportState.ACCEPTED, True, True, True),
}


@pytest.mark.parametrize(("words", "facts"), CASES.items(), ids=CASES)
def test_the_facts_of_a_district_lead_to_one_word(words, facts):
    state, held, begun, asked_before = facts
    assert desk_state(state, held=held, begun=begun, asked_before=asked_before).label == words


def steps(*kinds):
    at = datetime(2026, 9, 12, 5, 0, tzinfo=UTC)
    return [ReviewStep(package_id="p", step=kind, by="みほん 一郎", at=at) for kind in kinds]


@pytest.mark.parametrize(
    "after", [StepKind.UNCHECKED, StepKind.REOPENED, StepKind.UNDONE, StepKind.REQUESTED]
)
def test_a_check_stands_until_something_comes_after_it(after):
    checked = steps(StepKind.RECEIVED, StepKind.CHECKED)
    assert standing_check(checked) is checked[-1]
    assert standing_check([*checked, *steps(after)]) is None
    assert standing_check([]) is None


@pytest.mark.parametrize("name", ["みほん一郎", "みほん　一郎", " みほん 一郎 "])
def test_a_name_in_other_widths_and_spaces_is_the_same_person(name):
    assert same_person("みほん 一郎", name)


def test_full_width_letters_and_the_small_ke_are_the_same_person_and_another_name_is_not():
    assert same_person("ＡＢｅ ヶ", "abE ケ")
    assert not same_person("みほん 一郎", "みほん 二郎")
