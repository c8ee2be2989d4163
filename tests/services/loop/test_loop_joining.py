"""合わせる at the ward: two computers of one district make one year, and both versions stay as signed."""

import pytest

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, RecordRef
from tests.services.loop.world import EAST, ITEM, PLAN, YEAR, World, fill, only, unchanged

OTHER_ITEM = 10


@pytest.fixture
def forked(new: World) -> World:
    """East's second computer wrote of its own, its report waits; both wrote a 成果 of one item."""
    fill(new.at("new"))
    new.note("new", "二台目の成果")
    new.note("new", "二台目だけの項目", item=OTHER_ITEM)
    new.receive("ward", new.hand_in("new"))
    new.approve("new")
    return new


def held(world: World) -> str:
    [one] = world.ward.registrations.waiting_decisions()
    return one.manifest


def join(world: World, side: Side = Side.OTHER) -> str:
    """Join what waits, every conflict decided for one side; the package id that counts."""
    manifest = held(world)
    view = world.ward.joining.look(manifest)
    world.ward.joining.choose(manifest, dict.fromkeys((line.key for line in view.lines), side))
    return world.ward.joining.finish(manifest).package_id


def go_on(world: World, name: str):
    """What the ward says about the next report of a computer."""
    submission = world.freeze(name)
    [verdict] = world.receive("ward", world.write(name, submission.package_id))
    return verdict


def activities(world: World, name: str):
    with world.at(name).context.database.reading() as stores:
        return stores.records.year(EAST, YEAR)


def test_both_versions_are_seen_side_by_side(forked):
    assert unchanged(forked, "ward", lambda: forked.ward.joining.look(held(forked)))
    view = forked.ward.joining.look(held(forked))
    [line] = view.lines
    assert (line.item[:2], line.label) == ("9 ", "成果")
    assert (line.here, line.other) == ("集まりが増えました。", "二台目の成果")
    assert "令和8年9月12日" in line.here_by
    assert "に作成" in line.other_by
    brought = {(one.item_number, one.label, one.new_text) for one in view.brought}
    assert (OTHER_ITEM, "成果", "二台目だけの項目") in brought
    assert sum(1 for one in view.brought if one.ref.table == "activities") == 1
    assert sum(1 for one in view.brought if one.ref.table == "photos") == 1
    assert (view.kept, view.undecided, view.here.name, view.other.name) == (
        2,
        1,
        "先に受け取った版",
        "あとから届いた版",
    )


def test_nothing_is_joined_before_every_conflict_is_decided_and_choices_stay(forked):
    manifest = held(forked)
    with pytest.raises(NotReady, match="1か所"):
        forked.ward.joining.finish(manifest)
    [line] = forked.ward.joining.look(manifest).lines
    forked.ward.joining.choose(manifest, {line.key: Side.OTHER})
    assert forked.ward.joining.look(manifest).lines[0].chosen is Side.OTHER
    forked.ward.joining.choose(manifest, {line.key: None})
    assert forked.ward.joining.look(manifest).undecided == 1
    assert forked.text("ward") == "集まりが増えました。"


@pytest.mark.parametrize(
    ("side", "text"), [(Side.HERE, "集まりが増えました。"), (Side.OTHER, "二台目の成果")]
)
def test_the_joined_year_counts_at_the_ward(forked, side, text):
    package_id = join(forked, side)
    year = activities(forked, "ward")
    assert (forked.text("ward"), forked.text("ward", item=OTHER_ITEM)) == (text, "二台目だけの項目")
    assert (len(year.activities), len(year.photos)) == (2, 2)
    [status] = [one for one in year.item_statuses if one.item_number == ITEM]
    assert status.counted_totals["person_times"] == 48
    view = forked.ward.review.report(package_id)
    assert {one.id for one in view.records.activities} == {one.id for one in year.activities}
    assert view.versions[0].package_id == package_id
    assert len({one.manifest for one in view.versions}) == 2
    assert all(forked.ward.review.photo(package_id, one.id)[:2] == b"\xff\xd8" for one in year.photos)
    assert forked.ward.registrations.waiting_decisions() == ()
    [row] = [one for one in forked.ward.review.overview(YEAR) if one.org == EAST]
    assert (row.package_id, row.held) == (package_id, 0)


def test_both_signed_files_stay_as_they_came(forked):
    package_id = join(forked)
    states = {one.package_id: one.state for one in forked.ward.review.revisions(EAST, YEAR)}
    assert states.pop(package_id) is ReportState.RECEIVED
    assert list(states.values()) == [ReportState.WITHDRAWN]
    with forked.ward.context.database.reading() as stores:
        for one in forked.ward.review.report(package_id).versions:
            names = [entry.name for entry in stores.submissions.evidence(one.manifest)]
            assert "META-INF/signature001.p7s" in names
    assert only(forked.receive("ward", forked.stick / "new" / "999999-01-2026-r1.shakyo")) == (
        "already_received",
        "",
    )


def test_the_losing_value_stays_in_the_history_and_is_brought_back(forked):
    package_id = join(forked)
    [line] = forked.ward.joining.look_again(package_id).lines
    assert (line.chosen, "みほん 事務" in line.decided_by) == (Side.OTHER, True)
    ref = RecordRef(ITEM_STATUSES, line.key.split("/")[1])

    def history():
        with forked.ward.context.database.reading() as stores:
            return [(one.field, one.old, one.new, one.who) for one in stores.history.of(ref)]

    assert history() == [("outcome", "集まりが増えました。", "二台目の成果", "みほん 事務")]
    forked.ward.joining.change(package_id, {line.key: Side.HERE})
    assert forked.text("ward") == "集まりが増えました。"
    assert history()[-1] == ("outcome", "二台目の成果", "集まりが増えました。", "みほん 事務")
    texts = [one.text for one in forked.ward.review.report(package_id).comments if one.field == "outcome"]
    assert ["「集まりが増えました。」を採りました" in text for text in texts] == [True]


def test_the_whole_joining_is_undone_and_the_choices_wait(forked):
    before = activities(forked, "ward")
    package_id = join(forked)
    forked.ward.joining.undo(package_id)
    assert activities(forked, "ward") == before
    assert forked.ward.review.report(package_id).comments == ()
    view = forked.ward.joining.look(held(forked))
    assert [line.chosen for line in view.lines] == [Side.OTHER]
    with pytest.raises(NotFound):
        forked.ward.joining.undo(package_id)
    assert join(forked) == package_id
    assert forked.text("ward") == "二台目の成果"


def test_after_undoing_the_other_choices_are_open_again(forked):
    forked.ward.joining.undo(join(forked))
    verdict = forked.ward.registrations.use_version(held(forked))
    assert (verdict.verdict, forked.text("ward")) == ("accepted", "二台目の成果")
    assert len(activities(forked, "ward").activities) == 1


def test_after_an_answer_the_joining_stands_and_its_decisions_wait_for_a_reopening(forked):
    package_id = join(forked)
    forked.ward.review.accept(package_id)
    [line] = forked.ward.joining.look_again(package_id).lines
    assert not forked.ward.joining.look_again(package_id).open
    for work in (
        lambda: forked.ward.joining.undo(package_id),
        lambda: forked.ward.joining.change(package_id, {line.key: Side.HERE}),
    ):
        with pytest.raises(NotReady):
            work()
    forked.ward.review.reopen(package_id, "電話で確かめたので")
    with pytest.raises(NotReady, match="返事"):
        forked.ward.joining.undo(package_id)
    forked.ward.joining.change(package_id, {line.key: Side.HERE})
    assert forked.text("ward") == "集まりが増えました。"


@pytest.mark.parametrize("accepted", [True, False])
def test_both_computers_get_the_other_version_and_a_request_at_the_field(forked, accepted):
    package_id = join(forked)
    (forked.ward.review.accept if accepted else forked.ward.review.send_back)(package_id)
    answers = forked.answers()
    assert len(answers) == 2
    for name in ("east", "new"):
        assert {one.verdict for one in forked.receive(name, *answers)} == {"accepted"}
        year = activities(forked, name)
        assert (len(year.activities), len(year.photos)) == (2, 2)
        assert forked.text(name, item=OTHER_ITEM) == "二台目だけの項目"
        own = forked.at(name).settings.own_keys().key
        mine = {one.package_id for one in forked.at(name).submission.submissions(YEAR) if one.key == own}
        replies = [one for one in forked.at(name).replies.replies(YEAR) if one.package_id in mine]
        status = forked.at(name).recording.status_for(YEAR, PLAN, ITEM)
        [asked] = [one for one in replies[0].requests if one.field == "outcome"]
        assert (asked.record_id, "「二台目の成果」を採りました" in asked.text) == (status.id, True)
    assert forked.text("east") == "集まりが増えました。"
    assert forked.text("new") == "二台目の成果"


@pytest.mark.parametrize("name", ["east", "new"])
def test_the_next_report_of_either_computer_replaces_and_says_the_same(forked, name):
    package_id = join(forked)
    before = activities(forked, "ward")
    forked.ward.review.send_back(package_id)
    forked.receive(name, *forked.answers())
    forked.note(name, "二台目の成果")
    verdict = go_on(forked, name)
    assert (verdict.verdict, verdict.code, verdict.warnings) == ("accepted", "", ())
    after = activities(forked, "ward")
    assert {one.id for one in after.activities} == {one.id for one in before.activities}
    assert {one.sha256 for one in after.photos} == {one.sha256 for one in before.photos}
    texts = {one.item_number: one.outcome for one in before.item_statuses}
    assert {one.item_number: one.outcome for one in after.item_statuses} == texts


def test_after_an_acceptance_the_next_report_has_both_too(forked):
    forked.ward.review.accept(join(forked))
    forked.receive("east", *forked.answers())
    with pytest.raises(NotReady):
        forked.note("east", "直しました。")
    forked.east.recording.reopen(YEAR, "電話で頼まれたので")
    forked.note("east", "直しました。")
    verdict = go_on(forked, "east")
    assert (verdict.verdict, verdict.code) == ("accepted", "")
    assert len(activities(forked, "ward").activities) == 2


@pytest.mark.parametrize("name", ["east", "new"])
def test_a_computer_that_has_not_heard_of_the_joining_cannot_take_it_away(forked, name):
    join(forked)
    forked.note(name, "まだ返事を受け取っていません")
    verdict = go_on(forked, name)
    assert (verdict.verdict, verdict.code) == ("pending_approval", "report.fork")
    assert len(activities(forked, "ward").activities) == 2
    view = forked.ward.joining.look(held(forked))
    assert [(one.label, one.other) for one in view.lines] == (
        [] if name == "new" else [("成果", "まだ返事を受け取っていません")]
    )
    join(forked)
    assert forked.text("ward") == "まだ返事を受け取っていません"
    assert len(activities(forked, "ward").activities) == 2
    versions = forked.ward.review.report(str(forked.ward.review.undecided()[0].package_id)).versions
    assert len(versions) == 3


def test_only_what_both_changed_since_their_common_report_is_a_conflict(world):
    world.clone("east", "twin")
    world.note("east", "一台目の続き")
    world.note("twin", "二台目の課題", field="challenge")
    world.receive("ward", world.hand_in("east"), world.hand_in("twin"))
    view = world.ward.joining.look(held(world))
    assert view.lines == ()
    assert [(one.label, one.new_text) for one in view.brought] == [("課題", "二台目の課題")]
    world.ward.joining.finish(held(world))
    assert (world.text("ward"), world.text("ward", field="challenge")) == ("一台目の続き", "二台目の課題")


def test_what_one_computer_threw_away_and_the_other_wrote_in_is_a_decision(world):
    world.clone("east", "twin")
    [activity] = activities(world, "east").activities
    ref = RecordRef(ACTIVITIES, activity.id)
    world.east.recording.delete(ref)
    world.at("twin").recording.change(ref, "participants", 99)
    world.receive("ward", world.hand_in("east"), world.hand_in("twin"))
    [line] = world.ward.joining.look(held(world)).lines
    assert (line.label, line.here, line.other) == ("活動記録", "（ごみ箱に入れた）", "（残す）")
    join(world, Side.OTHER)
    [kept] = activities(world, "ward").activities
    assert (kept.id, kept.participants) == (activity.id, 99)
    assert len(activities(world, "ward").photos) == 1


def test_a_report_that_is_accepted_is_not_joined_before_it_is_opened_again(forked):
    [first] = [one for one in forked.ward.review.revisions(EAST, YEAR) if one.state is ReportState.RECEIVED]
    forked.ward.review.accept(first.package_id)
    manifest = held(forked)
    with pytest.raises(NotReady, match="確定"):
        forked.ward.joining.look(manifest)
    forked.ward.review.reopen(first.package_id, "二台目の報告が届いたので")
    assert forked.ward.joining.look(manifest).undecided == 1


def test_a_joined_report_is_not_taken_back_before_the_joining_is(forked):
    package_id = join(forked)
    with pytest.raises(NotReady, match="合わせて"):
        forked.ward.intake.undo(package_id)
    forked.ward.joining.undo(package_id)
    forked.ward.intake.undo(package_id)
    assert activities(forked, "ward").activities == ()


def test_what_does_not_wait_any_more_is_not_joined(forked):
    manifest = held(forked)
    join(forked)
    for work in (forked.ward.joining.look, forked.ward.joining.finish, forked.ward.registrations.discard):
        with pytest.raises(NotFound):
            work(manifest)


def test_a_compilation_counts_the_joined_year_names_both_reports_and_tells_when_that_changes(forked):
    def sums():
        made = forked.ward.compilation.compile(PLAN, YEAR, include_unconfirmed=True)
        item = next(one for one in made.items if one.item_number == ITEM)
        return made, {one.code: one.total for one in item.sums}

    alone, before = sums()
    assert before["person_times"] == 24
    package_id = join(forked)
    assert [one.words for one in forked.ward.compilation.stale(alone)] == [
        "別の版と合わせた内容が変わりました。"
    ]
    both, after = sums()
    assert after["person_times"] == 48
    [source] = [one for one in both.sources if one.org == EAST]
    manifests = {one.manifest for one in forked.ward.review.report(package_id).versions}
    assert {source.manifest, *source.joined} == manifests
    kept = forked.ward.compilation.newest(PLAN, YEAR)
    assert kept is not None
    assert kept.sources == both.sources
    assert forked.ward.compilation.stale(both) == ()
    forked.ward.joining.undo(package_id)
    [mark] = forked.ward.compilation.stale(both)
    assert "合わせた内容が変わりました" in mark.words


def test_what_goes_on_from_a_version_whose_joining_was_undone_waits(world):
    world.clone("east", "twin")
    world.note("east", "一台目の続き")
    world.note("twin", "二台目の続き")
    world.receive("ward", world.hand_in("east"), world.hand_in("twin"))
    world.ward.joining.undo(join(world))
    world.note("twin", "二台目の次")
    assert only(world.receive("ward", world.hand_in("twin"))) == ("pending_approval", "report.fork")
    assert world.text("ward") == "一台目の続き"


def test_a_report_that_was_asked_about_is_open_again_after_joining_and_asked_about_after_undoing(forked):
    [first] = [one for one in forked.ward.review.revisions(EAST, YEAR) if one.state is ReportState.RECEIVED]
    forked.ward.review.comment(first.package_id, "report", "", "", "教えてください。")
    forked.ward.review.send_back(first.package_id)
    package_id = join(forked)
    assert forked.ward.review.report(package_id).submission.state is ReportState.RECEIVED
    forked.ward.joining.undo(package_id)
    assert forked.ward.review.report(package_id).submission.state is ReportState.REQUESTED
    assert [one.text for one in forked.ward.review.report(package_id).comments] == ["教えてください。"]
