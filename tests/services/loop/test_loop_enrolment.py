"""A new key: held, judged by its typed number, stopped, ended, succeeded."""

import pytest

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import NotFound, NotReady, WrongNumber
from tests.services.loop.world import EAST, WEST, YEAR, World, only, unchanged


def states(world: World) -> dict[str, str]:
    """The register by key."""
    return {one.key: one.state.value for one in world.ward.registrations.registrations()}


def several(world: World, count: int) -> list:
    """Several revisions of East, each with another text."""
    files = []
    for number in range(count):
        world.note("east", f"{number + 1}回目の報告です。")
        files.append(world.hand_in("east"))
    return files


def test_the_first_report_of_a_new_key_waits_for_its_number(begun):
    [verdict] = begun.receive("ward", begun.hand_in("east"))
    assert (verdict.verdict, verdict.code, verdict.revision) == ("pending_approval", "key.pending", 1)
    assert verdict.sender_name == "みほん東地区部会"
    [pending] = begun.ward.registrations.pending()
    assert (pending.org, pending.telephone, pending.held) == (EAST, "000-000-0001", 1)
    assert begun.text("ward") == ""
    assert begun.ward.review.overview(YEAR)[0].held == 1


def test_a_held_file_handed_in_again_changes_nothing(begun):
    file = begun.hand_in("east")
    begun.receive("ward", file)
    assert unchanged(begun, "ward", lambda: begun.receive("ward", file))
    assert only(begun.receive("ward", file)) == ("pending_approval", "key.pending")


@pytest.mark.parametrize("typed", ["000000000000", "12345", "", "abcdefghijkl"])
def test_a_wrong_number_changes_nothing(begun, typed):
    begun.receive("ward", begun.hand_in("east"))
    key = begun.key("east")
    before = begun.dump("ward")
    for approve in (
        lambda: begun.ward.registrations.approve(key, typed),
        lambda: begun.ward.registrations.approve_matching(EAST, typed),
    ):
        with pytest.raises(WrongNumber):
            approve()
    assert begun.dump("ward") == before


def test_the_number_of_another_district_does_not_fit(begun):
    begun.receive("ward", begun.hand_in("east"), begun.hand_in("west"))
    with pytest.raises(WrongNumber):
        begun.ward.registrations.approve_matching(WEST, begun.east.settings.check_number())


def test_the_right_number_takes_in_what_waited(begun):
    begun.receive("ward", begun.hand_in("east"))
    typed = begun.east.settings.check_number()
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    spaced = f" {typed[:4]}－{typed[4:8]} {typed[8:]} ".translate(wide)
    [verdict] = begun.ward.registrations.approve(begun.key("east"), spaced)
    assert (verdict.verdict, begun.text("ward")) == ("accepted", "集まりが増えました。")
    assert states(begun) == {begun.key("east"): "active"}
    assert begun.ward.registrations.pending() == ()


def test_several_that_waited_are_taken_in_lowest_number_first(begun):
    files = several(begun, 3)
    begun.receive("ward", *reversed(files))
    verdicts = begun.approve("east")
    assert [(one.verdict, one.revision, one.warnings) for one in verdicts] == [
        ("accepted", 1, ()),
        ("accepted", 2, ()),
        ("accepted", 3, ()),
    ]
    assert begun.text("ward") == "3回目の報告です。"


def test_three_files_wait_for_one_key_and_no_more(begun):
    files = several(begun, 4)
    verdicts = begun.receive("ward", *files)
    assert [one.code for one in verdicts] == ["key.pending"] * 3 + ["key.pending_full"]
    assert [one.warnings for one in verdicts] == [()] * 4  # what comes before is here, it waits too
    assert unchanged(begun, "ward", lambda: begun.receive("ward", files[3]))


def test_six_files_wait_for_one_district_and_no_more(begun):
    for name in ("second", "third"):
        begun.begin(name, EAST, begun.setup_file())
    files = several(begun, 3)
    for name in ("second", "third"):
        for number in range(3 if name == "second" else 1):
            begun.note(name, f"{name} {number}")
            files.append(begun.hand_in(name))
    codes = sorted(one.code for one in begun.receive("ward", *files))
    assert codes == ["key.pending"] * 6 + ["key.pending_full"]
    assert only(begun.receive("ward", begun.hand_in("west"))) == ("pending_approval", "key.pending")


def test_a_key_that_is_refused_leaves_nothing_to_approve(begun):
    file = begun.hand_in("east")
    begun.receive("ward", file)
    key = begun.key("east")
    begun.ward.registrations.reject(key)
    assert begun.ward.registrations.pending() == ()
    assert states(begun) == {}
    assert [line.note for line in begun.ward.registrations.log(key)] == ["", "違います"]
    with pytest.raises(NotFound):
        begun.ward.registrations.approve(key, begun.east.settings.check_number())
    assert only(begun.receive("ward", file)) == ("pending_approval", "key.pending")


STOPPED = {
    "suspended": (lambda service, key: service.suspend(key, "置き忘れ"), "key.suspended"),
    "revoked": (lambda service, key: service.revoke(key, "盗難"), "key.revoked"),
}


@pytest.mark.parametrize(("stop", "code"), STOPPED.values(), ids=STOPPED)
def test_a_stopped_key_is_refused(world, stop, code):
    stop(world.ward.registrations, world.key("east"))
    world.note("east", "止められた後の報告です。")
    file = world.hand_in("east")
    assert unchanged(world, "ward", lambda: world.receive("ward", file))
    assert only(world.receive("ward", file)) == ("refused", code)


def test_a_computer_that_was_found_goes_on(world):
    key = world.key("east")
    world.ward.registrations.suspend(key)
    world.note("east", "見つかりました。")
    file = world.hand_in("east")
    world.receive("ward", file)
    world.ward.registrations.resume(key)
    assert only(world.receive("ward", file)) == ("accepted", "")


def test_a_number_does_not_bring_a_revoked_key_back(world):
    key = world.key("east")
    world.ward.registrations.revoke(key)
    before = world.dump("ward")
    for change in (
        lambda: world.ward.registrations.approve(key, world.east.settings.check_number()),
        lambda: world.ward.registrations.resume(key),
        lambda: world.ward.registrations.suspend(key),
    ):
        with pytest.raises(NotReady):
            change()
    assert world.dump("ward") == before


def test_a_registration_runs_out_after_three_years_and_is_renewed_by_its_number(world):
    key, number = world.key("east"), world.east.settings.check_number()
    world.note("east", "三年たちました。")
    file = world.hand_in("east")
    world.clock.turn(days=3 * 365 + 1)  # one of the three years is a leap year: the last day
    assert states(world)[key] == "active"
    world.clock.turn(days=1)
    assert states(world)[key] == "expired"
    assert only(world.receive("ward", file)) == ("pending_approval", "key.expired")
    [pending] = world.ward.registrations.pending()
    assert pending.renewal
    assert [one.verdict for one in world.ward.registrations.renew(key, number)] == ["accepted"]
    assert states(world)[key] == "active"
    assert world.text("ward") == "三年たちました。"


def test_the_end_of_a_term_is_what_the_register_says(world):
    [registration] = world.ward.registrations.registrations()
    assert registration.expires_on.isoformat() == "2029-09-12"
    assert registration.state is KeyState.ACTIVE


def test_a_successor_ends_the_registration_before(new):
    world, old = new, new.key("east")
    world.receive("ward", world.hand_in("new"))
    [pending] = world.ward.registrations.pending()
    assert [one.key for one in pending.known_other_keys] == [old]
    world.approve("new", end_previous=True)
    assert states(world) == {old: "retired", world.key("new"): "active"}
    world.note("east", "まだ前のパソコンで書いています。")
    assert only(world.receive("ward", world.hand_in("east"))) == ("refused", "key.retired")


def test_a_second_computer_leaves_the_first_registered(new):
    new.receive("ward", new.hand_in("new"))
    new.approve("new")
    assert set(states(new).values()) == {"active"}


def test_what_waits_of_a_suspended_key_goes_on_waiting(world):
    twin = world.clone("east", "twin")
    world.note("east", "一台目")
    world.note("twin", "二台目")
    assert twin is world.at("twin")
    world.receive("ward", world.hand_in("east"))
    assert only(world.receive("ward", world.hand_in("twin"))) == ("pending_approval", "report.fork")
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.suspend(held.key)
    assert world.ward.registrations.use_version(held.manifest).code == "key.suspended"
    world.ward.registrations.resume(held.key)
    assert world.ward.registrations.use_version(held.manifest).verdict == "accepted"
