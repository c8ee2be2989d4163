"""A clock that is set back or jumps ahead confuses nobody: order, numbers and years stay, and it is said."""

from datetime import UTC, datetime

import pytest

from shakyo_desktop.domain.codes import ReplyResult, ReportState, Stage
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.services.clock_check import likely_now
from shakyo_desktop.services.last_end import LastEnd
from shakyo_desktop.services.works import Work
from tests.services.loop.test_loop_answers import asked, newest_id
from tests.services.loop.world import EAST, ITEM, PLAN, START, YEAR, World, only

EMPTY_BATTERY = datetime(2000, 1, 1, 0, 5, tzinfo=UTC)
FAR_AHEAD = datetime(2099, 5, 1, 3, 0, tzinfo=UTC)


def words_of(world: World, name: str = "east") -> str:
    return world.at(name).settings.clock_word()


@pytest.mark.parametrize("moment", [EMPTY_BATTERY, FAR_AHEAD], ids=["back", "ahead"])
def test_a_clock_that_cannot_be_right_is_said_and_blocks_nothing(world: World, moment: datetime) -> None:
    assert words_of(world) == ""
    world.clock.moment = moment
    words = words_of(world)
    assert words.startswith("このパソコンの時計が")
    assert "令和8年9月12日" in words
    assert "すべて残っています" in words
    assert words.endswith("ください。")
    ref = world.note("east", "時計がちがうときの文")
    assert world.east.recording.history(ref)[-1].new == "時計がちがうときの文"
    world.clock.moment = datetime(2026, 12, 1, tzinfo=UTC)
    world.note("east", "時計を合わせたあとの文")
    assert words_of(world) == ""
    assert [one.new for one in world.east.recording.history(ref)][-2:] == [
        "時計がちがうときの文",
        "時計を合わせたあとの文",
    ]


def test_a_clock_that_went_on_from_an_empty_battery_is_still_noticed(world: World) -> None:
    world.clock.moment = EMPTY_BATTERY
    world.note("east", "文")
    world.clock.turn(days=3)
    assert "平成12年1月4日" in words_of(world)


@pytest.mark.parametrize("moment", [EMPTY_BATTERY, FAR_AHEAD], ids=["back", "ahead"])
def test_the_year_that_opens_is_the_one_in_which_was_written_last(world: World, moment: datetime) -> None:
    years = world.east.settings.fiscal_years()
    world.clock.moment = moment
    assert world.east.settings.current_fiscal_year() == YEAR
    assert world.east.settings.fiscal_years() == years
    world.note("east", "時計がちがうときの文")
    if moment < START:  # what was written in 2000 is no measure; what was written in 2099 looks like one
        assert world.east.settings.current_fiscal_year() == YEAR
    world.clock.moment = datetime(2027, 4, 1, tzinfo=UTC)
    assert world.east.settings.current_fiscal_year() == YEAR + 1
    assert likely_now(world.east.context) == world.clock.moment


def test_a_report_made_with_a_clock_set_back_is_the_newest_all_the_same(world: World) -> None:
    world.clock.moment = EMPTY_BATTERY
    world.note("east", "時計が戻ったあとの文")
    file = world.hand_in("east", Stage.INTERIM)
    revisions = world.east.submission.submissions(YEAR)
    assert [one.revision for one in revisions] == [2, 1]
    assert revisions[0].seq > revisions[1].seq
    world.clock.moment = START
    world.clock.turn(days=2)
    assert only(world.receive("ward", file)) == ("accepted", "")
    assert world.text("ward") == "時計が戻ったあとの文"
    assert newest_id(world) == revisions[0].package_id


def test_a_report_made_with_a_clock_ahead_is_taken_in_with_a_warning(world: World) -> None:
    world.clock.moment = FAR_AHEAD
    world.note("east", "時計が進んだときの文")
    file = world.hand_in("east", Stage.INTERIM)
    world.clock.moment = START
    world.clock.turn(days=2)
    [verdict] = world.receive("ward", file)
    assert (verdict.verdict, bool(verdict.warnings)) == ("accepted", True)


def test_the_later_decision_is_the_newest_though_the_offices_clock_was_set_back(world: World) -> None:
    first = asked(world)
    world.receive("east", first)
    world.clock.moment = EMPTY_BATTERY
    world.ward.review.accept(newest_id(world))
    [row] = world.ward.answers.ready(YEAR)
    assert row.result is ReplyResult.ACCEPTED_WITH_REQUESTS
    [second] = world.answers()
    [verdict] = world.receive("east", second)
    assert verdict.verdict == "accepted"
    assert world.east.submission.submissions(YEAR)[0].state is ReportState.ACCEPTED


def test_a_registration_does_not_end_by_a_clock_that_jumped_ahead_for_a_day(world: World) -> None:
    world.note("east", "文")
    file = world.hand_in("east")
    world.clock.moment = FAR_AHEAD
    world.ward.intake.judge([file])
    world.close("ward")
    world.clock.moment = START
    world.clock.turn(days=2)
    assert only(world.receive("ward", file)) == ("accepted", "")


def test_identifiers_stay_different_when_a_moment_comes_twice(world: World) -> None:
    made = [new_id(EMPTY_BATTERY) for _ in range(5000)]
    assert len(set(made)) == len(made)
    status = world.east.recording.status_for(YEAR, PLAN, ITEM)
    world.clock.moment = EMPTY_BATTERY
    new = world.east.recording.new_activity(YEAR, PLAN, ITEM)
    assert new.id < status.id  # sorts earlier, and is found all the same
    assert new.id in {one.id for one in world.east.recording.open_year(YEAR).records.activities}
    assert world.east.recording.history(RecordRef(ITEM_STATUSES, status.id))
    assert world.east.settings.identity().org.code == EAST


def test_a_revision_that_never_reached_a_stick_is_named_after_the_clock_was_set_back(world: World) -> None:
    world.clock.moment = EMPTY_BATTERY
    made = world.freeze("east")
    news = LastEnd(world.east.context, Work.SUBMIT.value).news()
    assert news is not None
    assert news.submission is not None
    assert news.submission.package_id == made.package_id
