"""A new computer gets the last report back; two computers' work is joined, and nothing of it is lost."""

from shakyo_desktop.domain.codes import Assembly, ReportState, Stage
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, RecordRef
from tests.services.loop.world import EAST, ITEM, PLAN, YEAR, World, only

OTHER_ITEM = 6


def succeed(world: World, *, end_previous: bool = True) -> None:
    """A new computer hands in what it has, is registered, and gets its answer."""
    world.receive("ward", world.hand_in("new"))
    [verdict] = world.approve("new", end_previous=end_previous)
    assert (verdict.verdict, verdict.code) == ("pending_approval", "report.fork")
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.discard(held.manifest)
    assert only(world.receive("new", *world.answers())) == ("accepted", "")


def test_a_blank_snapshot_never_replaces_a_year(new):
    new.receive("ward", new.hand_in("new"))
    new.approve("new", end_previous=True)
    assert new.text("ward") == "集まりが増えました。"


def test_the_last_report_comes_back_to_a_new_computer(new):
    succeed(new)
    here = new.at("new").recording.open_year(YEAR).records
    with new.ward.context.database.reading() as stores:
        there = stores.records.year(EAST, YEAR)
    assert here.activities == there.activities
    assert here.photos == there.photos
    assert [one for one in here.item_statuses if one.state] == list(there.item_statuses)
    assert new.at("new").photos.jpeg(here.photos[0].id).startswith(b"\xff\xd8")


def test_the_new_computer_goes_on_from_the_report_it_got_back(new):
    [last] = new.ward.review.revisions(EAST, YEAR)
    succeed(new)
    new.note("new", "引き継いで書きました。")
    submission = new.freeze("new")
    assert (submission.revision, submission.supersedes) == (2, last.package_id)
    [verdict] = new.receive("ward", new.write("new", submission.package_id))
    assert (verdict.verdict, verdict.revision, verdict.warnings) == ("accepted", 2, ())
    assert new.text("ward") == "引き継いで書きました。"
    changed = new.ward.intake.differences(str(verdict.package_id))
    assert [one.field for one in changed] == ["outcome"]


def test_an_answer_that_brings_the_report_twice_changes_nothing_the_second_time(new):
    succeed(new)
    before = new.dump("new")
    [file] = [new.ward.answers.write(new.stick, [new.ward.answers.ready()[0].answer_id])[0].path]
    assert only(new.receive("new", file)) == ("already_received", "")
    assert new.dump("new") == before


def test_what_was_written_meanwhile_is_joined(new):
    new.note("new", "新しいパソコンで書いた別の項目", item=OTHER_ITEM)
    new.note("new", "新しいパソコンの言葉")
    activity = new.at("new").recording.new_activity(YEAR, PLAN, ITEM)
    new.at("new").recording.change(RecordRef(ACTIVITIES, activity.id), "held_on", "2026-09-02")
    succeed(new)
    records = new.at("new").recording.open_year(YEAR).records
    assert len(records.activities) == 2
    texts = {one.item_number: one.outcome for one in records.item_statuses if one.outcome}
    assert texts == {ITEM: "新しいパソコンの言葉", OTHER_ITEM: "新しいパソコンで書いた別の項目"}
    [status] = [one for one in records.item_statuses if one.item_number == ITEM]
    assert status.state == "running"  # only the other side had said so


def test_the_value_that_was_not_used_is_kept_in_the_history(new):
    new.note("new", "新しいパソコンの言葉")
    succeed(new)
    status = new.at("new").recording.status_for(YEAR, PLAN, ITEM)
    lines = new.at("new").recording.history_lines(RecordRef(ITEM_STATUSES, status.id))
    assert "集まりが増えました。" in [line.new_text for line in lines]


def test_two_computers_of_one_district_join_their_work(world):
    world.clone("east", "twin")
    world.note("east", "一台目の続き")
    world.note("twin", "二台目の別の項目", item=OTHER_ITEM)
    first, second = world.hand_in("east"), world.hand_in("twin")
    world.receive("ward", first, second)
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.discard(held.manifest)
    assert only(world.receive("twin", *world.answers())) == ("accepted", "")
    assert world.text("twin") == "一台目の続き"
    assert world.text("twin", item=OTHER_ITEM) == "二台目の別の項目"
    submission = world.freeze("twin")
    assert submission.revision == 3
    [verdict] = world.receive("ward", world.write("twin", submission.package_id))
    assert (verdict.verdict, verdict.warnings) == ("accepted", ())
    assert (world.text("ward"), world.text("ward", item=OTHER_ITEM)) == ("一台目の続き", "二台目の別の項目")


def test_a_report_that_was_not_used_counts_for_nothing_here_either(new):
    succeed(new)
    states = {one.key: one.state for one in new.at("new").submission.submissions(YEAR)}
    assert states[new.key("new")] is ReportState.WITHDRAWN


def test_a_new_computer_in_a_new_year_gets_last_years_report(begun):
    old = begun.east.recording
    old.open_year(YEAR - 1)
    status = old.status_for(YEAR - 1, PLAN, ITEM)
    old.change(RecordRef(ITEM_STATUSES, status.id), "outcome", "去年の成果")
    last = begun.east.submission.freeze(YEAR - 1, Stage.INTERIM, Assembly.NONE)
    begun.receive("ward", begun.write("east", last.package_id))
    begun.approve("east")
    begun.begin("new", EAST, begun.setup_file())
    begun.note("new", "今年の成果")
    begun.receive("ward", begun.hand_in("new"))
    [verdict] = begun.approve("new", end_previous=True)
    assert verdict.verdict == "accepted"
    begun.ward.review.accept(str(verdict.package_id))
    begun.receive("new", *begun.answers())
    year = begun.at("new").recording.open_year(YEAR)
    assert [one.outcome for one in year.last_year.item_statuses if one.outcome] == ["去年の成果"]
    assert begun.text("new") == "今年の成果"
    assert begun.at("new").submission.submissions(YEAR)[0].state is ReportState.ACCEPTED


def test_an_ordinary_answer_brings_no_report(world):
    world.ward.review.accept(world.ward.review.revisions(EAST, YEAR)[0].package_id)
    [file] = world.answers()
    assert file.stat().st_size < 6_000
