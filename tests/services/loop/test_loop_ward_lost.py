"""A ward's computer is gone: its paper and a 控え bring it back, and its districts go on working."""

import shutil

import pytest

from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.restoring import restore
from tests.services.loop.world import EAST, KEY_FILE, WEST, YEAR, World, only


@pytest.fixture
def broken(world: World) -> World:
    """A copy was made; then came a report and an answer that the copy does not hold; then the computer broke.

    East's second report and its answer are on the stick; West never handed in.
    """
    sheet = world.ward.settings.recovery_sheet().text
    world.ward.backup.backup(world.root / "ward.hikae")
    world.clock.turn(days=5)
    world.note("east", "控えのあとに届いた報告")
    world.receive("ward", world.hand_in("east"))
    world.ward.review.comment(
        world.ward.review.revisions(EAST, YEAR)[0].package_id, "report", "", "", "写真を足してください。"
    )
    world.ward.review.send_back(world.ward.review.revisions(EAST, YEAR)[0].package_id)
    world.receive("east", *world.answers())
    world.close("ward")
    shutil.rmtree(world.root / "ward")
    restored = restore(world.root / "ward.hikae", world.root / "ward", sheet, KEY_FILE, world.clock)
    assert "そのあとに届いた提出ファイルを、もう一度受け取ってください" in restored.message
    assert "盗まれたときは" in restored.message
    return world


def sequences(world: World, name: str, key: str) -> list[tuple[int, str | None]]:
    with world.at(name).context.database.reading() as stores:
        return [(one.seq, one.prev) for one in stores.submissions.sequence(key)]


def test_old_and_new_reports_are_accepted_and_nothing_is_a_replay(broken):
    assert broken.text("ward") == "集まりが増えました。"  # as the copy knew it
    [again] = [one.package_id for one in broken.east.submission.submissions(YEAR) if one.revision == 2]
    assert only(broken.receive("ward", broken.write("east", again))) == ("accepted", "")
    broken.note("east", "こわれたあとに書いた報告")
    assert only(broken.receive("ward", broken.hand_in("east"))) == ("accepted", "")
    assert broken.text("ward") == "こわれたあとに書いた報告"


def test_a_report_that_goes_on_from_one_the_copy_does_not_hold_is_accepted(broken):
    broken.note("east", "こわれたあとに書いた報告")
    [verdict] = broken.receive("ward", broken.hand_in("east"))
    assert (verdict.verdict, verdict.revision) == ("accepted", 3)
    assert verdict.warnings  # what came before is not here: said, never refused


def test_answers_after_the_recovery_are_accepted_by_their_districts(broken):
    broken.note("east", "こわれたあとに書いた報告")
    broken.receive("ward", broken.hand_in("east"))
    broken.ward.review.accept(broken.ward.review.revisions(EAST, YEAR)[0].package_id)
    [file] = broken.answers()
    assert only(broken.receive("east", file)) == ("accepted", "")
    assert broken.east.submission.submissions(YEAR)[0].state.value == "accepted"
    places = sequences(broken, "east", broken.key("ward"))
    assert [place[0] for place in places] == [1, 1000]
    assert places[-1][1] is None


def test_a_receipt_after_the_recovery_bears_no_number_that_was_given_out(broken):
    given = {one.receipt_no for one in broken.east.replies.replies(YEAR)}
    broken.receive("ward", broken.hand_in("west"))
    broken.approve("west", WEST)
    broken.ward.review.accept(broken.ward.review.revisions(WEST, YEAR)[0].package_id)
    [row] = broken.ward.answers.ready()
    assert row.receipt_no not in given


def test_the_next_setup_is_newer_than_any_that_may_be_out_there(broken):
    broken.ward.roster.add("みほん北地区部会")
    assert only(broken.receive("east", broken.setup_file())) == ("accepted", "")
    assert broken.ward.setups.current().serial > 1000


def test_slips_that_were_given_out_before_still_start_a_district(broken):
    broken.begin("third", WEST, broken.setup_file())
    broken.at("third").recording.open_year(YEAR)
    assert broken.key("third") != broken.key("west")


def test_a_stolen_ward_changes_its_keys_after_the_recovery(broken):
    """Whoever has the old computer may have its key: nothing signed with it is believed any more."""
    old = broken.key("ward")
    sheet = broken.ward.settings.new_recovery_sheet()
    broken.ward.settings.use_recovery_sheet(sheet, sheet.text)
    broken.ward.settings.add_passphrase("みほんの長い合い言葉")
    broken.ward.key_changes.replace_now()
    setup = broken.setup_file()
    numbers = {code: number for code, _, number in broken.ward.setups.slip_numbers()}
    for name, org in (("east", EAST), ("west", WEST)):
        assert only(broken.receive(name, setup)) == ("refused", "setup.other_key")
        broken.at(name).setups.accept_new_office_key(setup.read_bytes(), numbers[org])
    assert broken.key("ward") != old
    broken.note("east", "新しい鍵あての報告")
    assert only(broken.receive("ward", broken.hand_in("east"))) == ("accepted", "")
    broken.ward.review.accept(broken.ward.review.revisions(EAST, YEAR)[0].package_id)
    assert only(broken.receive("east", *broken.answers())) == ("accepted", "")


def test_the_paper_alone_opens_the_copy_on_a_new_computer_with_a_new_lock(world):
    sheet = world.ward.settings.recovery_sheet().text
    file = world.ward.backup.backup(world.root / "ward.hikae").path
    key = world.key("ward")
    locks = LockChoice(frozenset({"passphrase", "key_file"}), "みほんの長い合い言葉")
    restore(file, world.root / "elsewhere", sheet, locks, world.clock)
    assert world.at("elsewhere").settings.own_keys().key == key
