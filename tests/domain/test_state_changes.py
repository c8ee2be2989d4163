"""What a cell says about the year before."""

import pytest

from shakyo_desktop.domain.codes import ImplementationState as State
from shakyo_desktop.domain.state_changes import state_change

CASES = {
    "further on": (State.RUNNING, State.PARTIAL, "↑", "前年度の一部実施から進みました"),
    "further back": (State.NOT_STARTED, State.PREPARING, "↓", "前年度の準備中から戻りました"),
    "the same": (State.SUSPENDED, State.SUSPENDED, "＝", "前年度と同じ"),
    "a pause is no step back": (State.SUSPENDED, State.RUNNING, "変", "前年度は実施"),
    "after a pause": (State.RUNNING, State.SUSPENDED, "変", "前年度は休止"),
    "new": (State.RUNNING, None, "新", "前年度は報告なし"),
    "not reported now": (None, State.RUNNING, "", "前年度は実施"),
    "never reported": (None, None, "", ""),
}


@pytest.mark.parametrize(("now", "before", "sign", "words"), CASES.values(), ids=CASES)
def test_a_change_has_a_sign_and_words(now: State, before: State, sign: str, words: str) -> None:
    assert state_change(now, before) == (sign, words)
