"""Where a report stands among those already here: late, gaps, two versions, numbers used twice."""

import pytest

from shakyo_desktop.domain.codes import Assembly, ReportState, Stage
from shakyo_desktop.domain.errors import NotFound, NotReady
from tests.services.loop.forging import forged, info_of
from tests.services.loop.world import EAST, WEST, YEAR, World, only, unchanged

LATE = "遅れて届きました。"
GAP = "この前の提出ファイルがまだ届いていません。"


def handed_in(world: World, name: str, text: str, stage: Stage = Stage.INTERIM):
    """A new revision with this text, on the stick."""
    world.note(name, text)
    return world.hand_in(name, stage)


def newest(world: World, org: str = EAST):
    """What counts at the ward."""
    [row] = [one for one in world.ward.review.overview(YEAR) if one.org == org]
    return row


def twins(world: World):
    """East's store copied with its keys; each made another second revision. Their files."""
    world.clone("east", "twin")
    return handed_in(world, "east", "一台目の続き"), handed_in(world, "twin", "二台目の続き")


def test_a_new_revision_replaces_the_one_it_was_made_from(world):
    [verdict] = world.receive("ward", handed_in(world, "east", "直しました。"))
    assert (verdict.verdict, verdict.revision, verdict.warnings) == ("accepted", 2, ())
    assert (world.text("ward"), newest(world).revision) == ("直しました。", 2)
    differences = world.ward.intake.differences(verdict.package_id)
    assert [(one.old_text, one.new_text) for one in differences] == [("集まりが増えました。", "直しました。")]


def test_the_same_file_twice_is_here_already(world):
    file = handed_in(world, "east", "直しました。")
    assert only(world.receive("ward", file)) == ("accepted", "")
    assert unchanged(world, "ward", lambda: world.receive("ward", file))
    assert only(world.receive("ward", file)) == ("already_received", "")


def test_the_same_package_written_twice_is_here_already(world):
    world.note("east", "二回書きました。")
    submission = world.freeze("east")
    first = world.write("east", submission.package_id).read_bytes()
    file = world.write("east", submission.package_id)
    assert file.read_bytes() != first  # sealed anew
    file.with_name("first.shakyo").write_bytes(first)
    verdicts = world.receive("ward", file, file.with_name("first.shakyo"))
    assert [one.verdict for one in verdicts] == ["accepted", "already_received"]
    assert {one.manifest for one in verdicts} == {submission.manifest}


def test_what_would_replace_a_report_can_be_asked_about_first(world):
    first, second = handed_in(world, "east", "版2です。"), handed_in(world, "east", "版3です。")
    before = world.dump("ward")
    verdicts = world.ward.intake.receive([second, first], ask_before_replacing=True)
    asked = [(one.verdict, one.code, one.revision, one.warnings) for one in verdicts]
    assert asked == [("pending_approval", "report.newer", number, ()) for number in (2, 3)]
    assert "今ある第1版は、そのままです" in verdicts[0].message
    [changed] = world.ward.intake.differences_in(second)
    assert (changed.old_text, changed.new_text) == ("集まりが増えました。", "版3です。")
    assert world.dump("ward") == before
    assert [one.verdict for one in world.receive("ward", second, first)] == ["accepted"] * 2
    assert world.text("ward") == "版3です。"


def test_what_replaces_nothing_is_taken_in_without_a_question(world):
    west = world.hand_in("west")
    [verdict] = world.ward.intake.receive([west], ask_before_replacing=True)
    assert verdict.code == "key.pending"
    world.approve("west", WEST)
    [again] = world.ward.intake.receive([west], ask_before_replacing=True)
    assert again.verdict == "already_received"


def test_the_question_says_what_was_written_about_the_version_that_is_here(world):
    [first] = world.ward.review.revisions(EAST, YEAR)
    world.ward.review.comment(first.package_id, "report", "", "", "人数を教えてください。")
    [verdict] = world.ward.intake.receive(
        [handed_in(world, "east", "直しました。")], ask_before_replacing=True
    )
    assert "確認のお願いが1件あり、まだ渡していません" in verdict.message


def test_a_folder_is_taken_in_by_key_and_number_whatever_the_names_are(world):
    world.receive("ward", handed_in(world, "west", "西です。"))
    world.approve("west", WEST)
    folder = world.stick / "mixed"
    folder.mkdir()
    for number, letter in ((2, "c"), (3, "b"), (4, "a")):
        for name in ("east", "west"):
            handed_in(world, name, f"{number}版").rename(folder / f"{letter}-{name}.SHAKYO")
    (folder / "._a-east.shakyo").write_bytes(b"left by another system")
    (folder / "notes.txt").write_text("関係のないファイル", encoding="utf-8")
    told: list[tuple[int, int, str]] = []
    verdicts = world.ward.intake.receive([folder], lambda *step: told.append(step))
    assert [one.verdict for one in verdicts] == ["accepted"] * 6
    orders = {org: [one.revision for one in verdicts if one.sender == org] for org in (EAST, WEST)}
    assert orders == {EAST: [2, 3, 4], WEST: [2, 3, 4]}
    assert [(done, every) for done, every, _ in told] == [(number, 6) for number in range(7)]


def test_a_gap_is_taken_in_with_a_warning_and_what_follows_late_too(world):
    skipped = handed_in(world, "east", "先に作りました。")
    [verdict] = world.receive("ward", handed_in(world, "east", "後に作りました。"))
    assert verdict.verdict == "accepted"
    assert GAP in verdict.warnings
    assert only(world.receive("ward", skipped)) == ("refused", "report.revision")
    assert world.text("ward") == "後に作りました。"


def test_a_lower_number_is_judged_by_its_report_alone(world):
    world.east.recording.open_year(YEAR - 1)
    world.clock.turn(minutes=1)
    of_last_year = world.east.submission.freeze(YEAR - 1, Stage.INTERIM, Assembly.NONE)
    skipped = world.write("east", of_last_year.package_id)
    [first] = world.receive("ward", handed_in(world, "east", "今年度です。"))
    assert (first.verdict, first.warnings) == ("accepted", (GAP,))
    [late] = world.receive("ward", skipped)
    assert (late.verdict, late.fiscal_year, late.warnings) == ("accepted", YEAR - 1, (LATE,))


def test_a_lower_number_that_its_successor_does_not_name_is_refused(world):
    skipped = handed_in(world, "east", "番号2")
    other = forged(world.ward, world.east, skipped, report__fiscal_year=YEAR - 1)
    world.receive("ward", handed_in(world, "east", "番号3"))
    assert only(world.receive("ward", other)) == ("refused", "seq.chain")


def test_a_package_that_does_not_follow_its_neighbour_is_refused(world):
    file = handed_in(world, "east", "直しました。")
    bad = forged(world.ward, world.east, file, prev="ab" * 32)
    assert unchanged(world, "ward", lambda: world.receive("ward", bad))
    assert only(world.receive("ward", bad)) == ("refused", "seq.chain")


def test_an_identifier_used_twice_is_refused(world):
    first = world.ward.review.revisions(EAST, YEAR)[0]
    file = handed_in(world, "east", "直しました。")
    bad = forged(world.ward, world.east, file, package_id=first.package_id)
    assert unchanged(world, "ward", lambda: world.receive("ward", bad))
    assert only(world.receive("ward", bad)) == ("refused", "seq.package_id")


def test_another_district_cannot_use_an_identifier_that_is_taken(world):
    world.receive("ward", world.hand_in("west"))
    world.approve("west", WEST)
    first = world.ward.review.revisions(EAST, YEAR)[0]
    bad = forged(world.ward, world.west, handed_in(world, "west", "西です。"), package_id=first.package_id)
    assert only(world.receive("ward", bad)) == ("refused", "seq.package_id")
    assert world.ward.review.report(first.package_id).org.code == EAST


def test_a_lower_revision_of_the_same_key_is_refused(world):
    world.receive("ward", handed_in(world, "east", "版2"))
    file = handed_in(world, "east", "版3")
    bad = forged(world.ward, world.east, file, report__revision=1, report__supersedes=None)
    assert unchanged(world, "ward", lambda: world.receive("ward", bad))
    assert only(world.receive("ward", bad)) == ("refused", "report.revision")


def test_a_copied_key_raises_an_alarm_and_waits(world):
    first, second = twins(world)
    assert only(world.receive("ward", first)) == ("accepted", "")
    [verdict] = world.receive("ward", second)
    assert (verdict.verdict, verdict.code) == ("pending_approval", "report.fork")
    assert "電話で確かめて" in " ".join(verdict.warnings)
    assert world.text("ward") == "一台目の続き"
    assert unchanged(world, "ward", lambda: world.receive("ward", second))


def test_a_person_can_use_the_version_that_waits(world):
    first, second = twins(world)
    [kept] = world.receive("ward", first)
    world.receive("ward", second)
    [held] = world.ward.registrations.waiting_decisions()
    assert held.code == "seq.fork"
    compared = world.ward.registrations.compare_version(held.manifest)
    assert (compared.revision, compared.counting.package_id) == (2, kept.package_id)
    assert [(one.old_text, one.new_text) for one in compared.differences] == [
        ("一台目の続き", "二台目の続き")
    ]
    verdict = world.ward.registrations.use_version(held.manifest)
    assert (verdict.verdict, world.text("ward")) == ("accepted", "二台目の続き")
    assert newest(world).package_id == verdict.package_id
    assert world.ward.review.report(str(kept.package_id)).submission.state is ReportState.WITHDRAWN
    changed = world.ward.intake.differences(str(verdict.package_id))
    assert [(one.old_text, one.new_text) for one in changed] == [("一台目の続き", "二台目の続き")]
    assert world.ward.registrations.waiting_decisions() == ()
    assert unchanged(world, "ward", lambda: world.receive("ward", second))
    with pytest.raises(NotFound):
        world.ward.registrations.use_version(held.manifest)


def test_undoing_the_choice_brings_the_other_version_back(world):
    first, second = twins(world)
    [kept] = world.receive("ward", first)
    world.receive("ward", second)
    [held] = world.ward.registrations.waiting_decisions()
    verdict = world.ward.registrations.use_version(held.manifest)
    world.ward.intake.undo(str(verdict.package_id))
    assert (newest(world).package_id, world.text("ward")) == (kept.package_id, "一台目の続き")
    assert only(world.receive("ward", second)) == ("pending_approval", "report.fork")


def test_both_computers_go_on_after_a_choice(world):
    first, second = twins(world)
    world.receive("ward", first, second)
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.use_version(held.manifest)
    assert only(world.receive("ward", handed_in(world, "twin", "二台目の次"))) == ("accepted", "")
    assert only(world.receive("ward", handed_in(world, "east", "一台目の次"))) == (
        "pending_approval",
        "report.fork",
    )


def test_a_chosen_version_counts_even_when_the_other_computer_is_further(world):
    first, second = twins(world)
    further = handed_in(world, "east", "一台目の次")
    assert [one.verdict for one in world.receive("ward", first, further)] == ["accepted"] * 2
    assert only(world.receive("ward", second)) == ("pending_approval", "report.fork")
    [held] = world.ward.registrations.waiting_decisions()
    verdict = world.ward.registrations.use_version(held.manifest)
    assert (verdict.verdict, verdict.code) == ("accepted", "")
    assert (world.text("ward"), newest(world).package_id) == ("二台目の続き", verdict.package_id)
    states = [(one.revision, one.state.value) for one in world.ward.review.revisions(EAST, YEAR)]
    assert states == [(3, "withdrawn"), (2, "received"), (2, "withdrawn"), (1, "received")]
    after = handed_in(world, "east", "一台目のその次")
    assert only(world.receive("ward", after)) == ("pending_approval", "report.fork")
    [held] = world.ward.registrations.waiting_decisions()
    assert world.ward.registrations.use_version(held.manifest).verdict == "accepted"
    assert (world.text("ward"), newest(world).revision) == ("一台目のその次", 4)


def test_what_goes_on_from_a_version_that_was_not_chosen_waits_too(world):
    first, second = twins(world)
    world.receive("ward", first, second)
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.use_version(held.manifest)
    assert only(world.receive("ward", handed_in(world, "east", "一台目の次"))) == (
        "pending_approval",
        "report.fork",
    )
    assert world.text("ward") == "二台目の続き"


def test_what_goes_on_from_a_version_that_was_set_aside_waits_too(world):
    first, second = twins(world)
    world.receive("ward", first, second)
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.discard(held.manifest)
    assert only(world.receive("ward", handed_in(world, "twin", "二台目の次"))) == (
        "pending_approval",
        "report.fork",
    )
    assert world.text("ward") == "一台目の続き"


def test_what_goes_on_from_a_version_that_still_waits_is_not_refused(world):
    first, second = twins(world)
    further = handed_in(world, "twin", "二台目の次")
    verdicts = world.receive("ward", first, second, further)
    assert [one.code for one in verdicts] == ["", "report.fork", "report.fork"]
    waiting = world.ward.registrations.waiting_decisions()
    last = max(waiting, key=lambda one: one.seq)
    assert world.ward.registrations.use_version(last.manifest).verdict == "accepted"
    assert (world.text("ward"), newest(world).revision) == ("二台目の次", 3)


def test_a_report_that_is_set_aside_leaves_the_other_one(world):
    first, second = twins(world)
    world.receive("ward", first, second)
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.discard(held.manifest)
    assert (world.text("ward"), newest(world).revision) == ("一台目の続き", 2)
    assert world.ward.registrations.waiting_decisions() == ()
    assert [row.result.value for row in world.ward.answers.ready()] == ["returned"]
    with pytest.raises(NotFound):
        world.ward.registrations.discard(held.manifest)


def test_what_waits_for_a_number_is_not_set_aside(begun):
    begun.receive("ward", begun.hand_in("east"))
    with begun.ward.context.database.reading() as stores:
        [held] = stores.held.all()
    with pytest.raises(NotReady):
        begun.ward.registrations.discard(held.manifest)


def finished(world: World, name: str) -> None:
    """Every item of the district's year gets a state, as a final report needs."""
    services = world.at(name)
    for item in services.recording.open_year(YEAR).plans[0].items:
        if item.reporter.value == "district":
            world.note(name, "not_started", "state", item.number)
    world.note(name, "good", "self_rating")
    world.note(name, "running", "state")


def test_an_interim_report_after_the_accepted_final_waits(world):
    finished(world, "east")
    [final] = world.receive("ward", world.hand_in("east", Stage.FINAL))
    assert final.verdict == "accepted"
    world.ward.review.accept(str(final.package_id))
    file = handed_in(world, "east", "終わった後の途中の報告")
    assert only(world.receive("ward", file)) == ("pending_approval", "report.after_final")
    [held] = world.ward.registrations.waiting_decisions()
    assert world.ward.registrations.use_version(held.manifest).verdict == "accepted"
    assert newest(world).revision == 3


def test_an_import_is_undone_and_the_same_file_applies_it_again(world):
    before = world.text("ward")
    file = handed_in(world, "east", "取り消す報告")
    [verdict] = world.receive("ward", file)
    world.ward.intake.undo(str(verdict.package_id))
    assert (world.text("ward"), newest(world).revision) == (before, 1)
    assert only(world.receive("ward", file)) == ("accepted", "")
    assert (world.text("ward"), newest(world).revision) == ("取り消す報告", 2)


def test_the_first_import_is_undone_to_nothing(world):
    [first] = world.ward.review.revisions(EAST, YEAR)
    world.ward.intake.undo(first.package_id)
    assert (world.text("ward"), newest(world).state) == ("", None)
    with pytest.raises(NotReady):
        world.ward.intake.undo(first.package_id)


def test_what_was_answered_cannot_be_undone(world):
    [first] = world.ward.review.revisions(EAST, YEAR)
    world.ward.review.accept(first.package_id)
    with pytest.raises(NotReady):
        world.ward.intake.undo(first.package_id)


def test_a_file_says_what_it_is(world):
    file = handed_in(world, "east", "調べます。")
    assert info_of(world.ward, file)["seq"] == 2
    assert unchanged(world, "ward", lambda: world.ward.intake.inspect(file))
    found = world.ward.intake.inspect(file)
    lines = dict(found.lines())
    assert (lines["種類"], lines["差出人"], lines["版"]) == (
        "報告",
        "999999-01 みほん東地区部会",
        "第2版（途中の報告）",
    )
    assert found.as_dict()["counts"]["item_statuses"] == 1
    assert found.as_dict()["verdict"] == "accepted"


def test_judging_changes_nothing(world):
    files = [handed_in(world, "east", "一"), handed_in(world, "west", "二"), world.stick / "none.shakyo"]
    assert unchanged(world, "ward", lambda: world.ward.intake.judge(files))
    verdicts = {one.sender: one.verdict for one in world.ward.intake.judge(files)}
    assert verdicts == {EAST: "accepted", WEST: "pending_approval", None: "refused"}


def test_a_clock_that_is_ahead_is_a_warning_that_comes_back_in_the_answer(world):
    here = world.clock.moment
    world.clock.turn(days=4)
    file = handed_in(world, "east", "四日先の時計")
    world.clock.moment = here
    [verdict] = world.receive("ward", file)
    assert verdict.verdict == "accepted"
    assert "日付が進んで" in " ".join(verdict.warnings)
    assert "日付が進んで" in verdict.as_dict()["message"]
    world.ward.review.accept(str(verdict.package_id))
    world.receive("east", *world.answers())
    [reply, *_] = world.east.replies.replies(YEAR)
    assert [(one.table, "日付が進んで" in one.text) for one in reply.requests] == [("report", True)]


def test_a_forged_package_that_changes_nothing_but_its_seal_is_the_same_package(world):
    file = handed_in(world, "east", "同じもの")
    again = forged(world.ward, world.east, file)
    assert [one.verdict for one in world.receive("ward", file, again)] == ["accepted", "already_received"]
