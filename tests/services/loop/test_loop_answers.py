"""Answers on their way back: receipts, requests at their field, what is older, foreign or repeated."""

import pytest

from shakyo_desktop.domain.codes import ReportState, Stage
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES
from shakyo_desktop.exchange import names
from shakyo_desktop.services.own_keys import own_keys
from tests.exchange.mischief import info_with
from tests.services.loop.forging import opened_by, resealed, resigned, signing_key
from tests.services.loop.world import EAST, ITEM, PLAN, WEST, YEAR, World, only, unchanged


def newest_id(world: World, org: str = EAST) -> str:
    return world.ward.review.revisions(org, YEAR)[0].package_id


def asked(world: World, text: str = "人数を教えてください。"):
    """A question about one field of East's newest report, written to the stick."""
    package_id = newest_id(world)
    view = world.ward.review.report(package_id)
    [status] = [one for one in view.records.item_statuses if one.item_number == ITEM]
    world.ward.review.comment(package_id, ITEM_STATUSES, status.id, "outcome", text)
    world.ward.review.send_back(package_id)
    [file] = world.answers()
    return file


def mailbox(world: World, name: str) -> str:
    with world.at(name).context.database.reading() as stores:
        return own_keys(stores).mailbox.recipient


def test_a_request_comes_back_to_its_record_and_field(world):
    package_id = newest_id(world)
    view = world.ward.review.report(package_id)
    [activity] = view.records.activities
    world.ward.review.comment(package_id, ACTIVITIES, activity.id, "participants", "何人でしたか。")
    file = asked(world)
    [verdict] = world.receive("east", file)
    assert verdict.verdict == "accepted"
    assert "確認のお願いが2件" in verdict.message
    requests = {one.field: one for one in world.east.replies.open_requests(YEAR)}
    here = world.east.recording.open_year(YEAR).records
    assert requests["participants"].ref.id == here.activities[0].id
    status = world.east.recording.status_for(YEAR, PLAN, ITEM)
    assert (requests["outcome"].ref.id, requests["outcome"].text) == (status.id, "人数を教えてください。")
    world.east.replies.mark_done(requests["outcome"].id)
    assert [one.field for one in world.east.replies.open_requests(YEAR)] == ["participants"]
    assert world.east.submission.submissions(YEAR)[0].state is ReportState.REQUESTED


def test_an_answer_twice_is_here_already(world):
    file = asked(world)
    world.receive("east", file)
    assert unchanged(world, "east", lambda: world.receive("east", file))
    assert only(world.receive("east", file)) == ("already_received", "")


def test_an_older_answer_is_filed_and_changes_nothing(world):
    first = asked(world)
    world.note("east", "直しました。")
    world.receive("ward", world.hand_in("east"))
    world.ward.review.accept(newest_id(world))
    [second] = world.answers()
    world.receive("east", second)
    states = [one.state for one in world.east.submission.submissions(YEAR)]
    assert only(world.receive("east", first)) == ("accepted", "")
    assert [one.state for one in world.east.submission.submissions(YEAR)] == states
    assert len(world.east.replies.replies(YEAR)) == 2
    assert world.east.replies.open_requests(YEAR) == ()


def test_a_reopened_report_is_answered_again_with_the_same_receipt_number(world):
    package_id = newest_id(world)
    world.ward.review.accept(package_id)
    [first] = world.answers()
    world.clock.turn(minutes=1)
    world.ward.review.reopen(package_id, "見落としがありました。")
    second = asked(world)
    assert second == first  # the stick keeps the newest answer under the receipt's name
    world.receive("east", second)
    [reply] = world.east.replies.replies(YEAR)
    assert (reply.result.value, reply.receipt_no) == ("returned", f"{YEAR}-0001")


def test_an_accepted_year_is_locked_until_it_is_reopened(world):
    world.ward.review.accept(newest_id(world))
    world.receive("east", *world.answers())
    with pytest.raises(NotReady):
        world.note("east", "書けません。")
    with pytest.raises(NotReady):
        world.freeze("east")
    world.east.recording.reopen(YEAR, "追加の活動がありました。")
    world.note("east", "書けました。")
    [verdict] = world.receive("ward", world.hand_in("east"))
    assert (verdict.verdict, verdict.revision) == ("accepted", 2)


def test_an_answer_for_another_district_is_refused(world):
    file = asked(world)
    assert unchanged(world, "west", lambda: world.receive("west", file))
    assert only(world.receive("west", file)) == ("refused", "env.decrypt")


def test_an_answer_resealed_for_another_district_is_refused(world):
    file = asked(world)
    data = resealed(opened_by(world.east, file), mailbox(world, "west"))
    other = world.stick / "other.shakyo"
    other.write_bytes(data)
    assert unchanged(world, "west", lambda: world.receive("west", other))
    assert only(world.receive("west", other)) == ("refused", "bind.recipient")


def test_an_answer_signed_by_a_key_nobody_pinned_is_refused(world):
    entries = opened_by(world.east, asked(world))
    other = world.stick / "other.shakyo"
    other.write_bytes(resealed(resigned(entries, signing_key(world.west)), mailbox(world, "east")))
    assert unchanged(world, "east", lambda: world.receive("east", other))
    assert only(world.receive("east", other)) == ("refused", "sig.unknown_key")


def test_an_answer_about_other_content_than_was_sent_is_refused(world):
    entries = opened_by(world.east, asked(world))
    entries |= {names.PACKAGE_INFO: info_with(entries, reply__manifest="ab" * 32)}
    other = world.stick / "other.shakyo"
    other.write_bytes(resealed(resigned(entries, signing_key(world.ward)), mailbox(world, "east")))
    assert unchanged(world, "east", lambda: world.receive("east", other))
    assert only(world.receive("east", other)) == ("refused", "bind.report")


def test_a_report_handed_to_a_district_is_for_somebody_else(world):
    world.note("west", "西の報告")
    assert only(world.receive("east", world.hand_in("west"))) == ("refused", "env.decrypt")


def test_what_an_installation_wrote_itself_needs_nothing(world):
    report = world.hand_in("east")
    world.receive("ward", report)
    answer = asked(world)
    for name, file in (("east", report), ("ward", answer), ("ward", world.setup_file())):
        before = world.dump(name)
        [verdict] = world.receive(name, file)
        assert (verdict.verdict, verdict.code) == ("already_received", "")
        assert "こちらで作ったファイル" in verdict.message
        assert verdict.manifest is not None
        assert world.dump(name) == before


def test_answers_are_for_every_registered_computer_of_the_district(new):
    new.receive("ward", new.hand_in("new"))
    new.approve("new")
    [held] = new.ward.registrations.waiting_decisions()
    new.ward.registrations.discard(held.manifest)
    [file] = new.answers()
    assert only(new.receive("east", file)) == ("accepted", "")
    assert only(new.receive("new", file)) == ("accepted", "")


def test_an_answer_is_written_again_as_it_was_signed(world):
    file = asked(world)
    [row] = world.ward.answers.ready()
    first = opened_by(world.east, file)
    world.clock.turn(days=1)
    [written] = world.ward.answers.write(world.stick, [row.answer_id])
    assert opened_by(world.east, written.path) == first


def test_nothing_can_be_asked_without_a_question(world):
    with pytest.raises(NotReady):
        world.ward.review.send_back(newest_id(world))


def test_readiness_knows_what_changed_since_the_last_file(world):
    assert not world.east.submission.readiness(YEAR, Stage.INTERIM).changed_since_last
    assert world.east.submission.readiness(YEAR, Stage.FINAL).changed_since_last
    world.note("east", "変わりました。")
    assert world.east.submission.readiness(YEAR, Stage.INTERIM).changed_since_last
    world.note("east", "集まりが増えました。")
    assert not world.east.submission.readiness(YEAR, Stage.INTERIM).changed_since_last


def test_readiness_shows_what_the_office_asks(world):
    world.receive("east", asked(world))
    ready = world.east.submission.readiness(YEAR, Stage.INTERIM)
    assert [one.text for one in ready.open_requests] == ["人数を教えてください。"]
    assert ready.last is not None
    assert ready.last.revision == 1


def test_the_desk_shows_each_district(world):
    rows = {row.org: row for row in world.ward.review.overview(YEAR)}
    assert (rows[EAST].state, rows[EAST].revision, rows[EAST].entered) == (ReportState.RECEIVED, 1, 1)
    assert (rows[WEST].state, rows[WEST].revision, rows[WEST].package_id) == (None, None, None)
    asked(world)
    [row, _] = world.ward.review.overview(YEAR)
    assert (row.state, row.open_requests, row.answer_written) == (ReportState.REQUESTED, 1, True)
