import pytest

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.life_cycle import is_locked, move

DRAFT, CONFIRMED, EXPORTED, RECEIVED = (
    ReportState.DRAFT,
    ReportState.CONFIRMED,
    ReportState.EXPORTED,
    ReportState.RECEIVED,
)
REQUESTED, ACCEPTED, WITHDRAWN = ReportState.REQUESTED, ReportState.ACCEPTED, ReportState.WITHDRAWN

ALLOWED = {
    (DRAFT, CONFIRMED), (CONFIRMED, DRAFT), (CONFIRMED, EXPORTED),
    (EXPORTED, DRAFT), (EXPORTED, RECEIVED), (EXPORTED, REQUESTED), (EXPORTED, ACCEPTED),
    (RECEIVED, DRAFT), (RECEIVED, REQUESTED), (RECEIVED, ACCEPTED), (RECEIVED, WITHDRAWN),
    (REQUESTED, DRAFT), (REQUESTED, ACCEPTED), (REQUESTED, WITHDRAWN),
    (ACCEPTED, DRAFT), (WITHDRAWN, RECEIVED),
}  # fmt: skip
EVERY = [(state, wanted) for state in ReportState for wanted in ReportState if state is not wanted]


@pytest.mark.parametrize(("state", "wanted"), EVERY, ids=lambda state: str(state))
def test_a_state_follows_only_where_the_life_of_a_report_allows(
    state: ReportState, wanted: ReportState
) -> None:
    if (state, wanted) in ALLOWED:
        assert move(state, wanted) is wanted
        return
    with pytest.raises(NotReady) as caught:
        move(state, wanted)
    assert caught.value.code == ("life_cycle.locked" if state is ACCEPTED else f"life_cycle.{wanted.value}")


def test_staying_is_no_step() -> None:
    assert all(move(state, state) is state for state in ReportState)


def test_only_what_was_accepted_is_locked() -> None:
    assert [state for state in ReportState if is_locked(state)] == [ACCEPTED]
