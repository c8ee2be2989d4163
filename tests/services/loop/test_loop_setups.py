"""Later setups: nested in an answer, from another key, from somebody else."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from shakyo_desktop.domain.errors import PackageRefused, WrongNumber
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.setup_intake import current_serial
from tests.services.loop.forging import office_boxes, opened_by, resealed
from tests.services.loop.world import EAST, KEY_FILE, WARD, YEAR, World, only, unchanged


def serial(world: World, name: str) -> int:
    with world.at(name).context.database.reading() as stores:
        return current_serial(stores, WARD)


def other_office(world: World) -> Path:
    """The same ward founded anew, with other keys; its setup."""
    found_office(world.root / "other", FICTIONAL_WARD, "みほん 事務", KEY_FILE, world.clock)
    office = world.at("other")
    for name in ("みほん東地区部会", "みほん西地区部会"):  # a higher serial than the one in use
        office.roster.add(name)
        office.setups.issue()
    (world.stick / "other").mkdir()
    return office.setups.write(world.stick / "other").path


def test_the_setup_in_use_is_known(world):
    file = world.setup_file()
    assert unchanged(world, "east", lambda: world.receive("east", file))
    assert only(world.receive("east", file)) == ("already_received", "")


def test_a_newer_setup_of_the_same_office_replaces_the_one_in_use(world):
    world.ward.roster.add("みほん北地区部会")
    file = world.setup_file()
    assert only(world.receive("east", file)) == ("accepted", "")
    assert serial(world, "east") == 2
    assert only(world.receive("east", file)) == ("already_received", "")


def test_an_older_setup_is_known(world):
    old = world.stick / "old.shakyo"
    shutil.copy(world.setup_file(), old)
    world.ward.roster.add("みほん北地区部会")
    new = world.setup_file()
    assert [one.verdict for one in world.receive("west", new, old)] == ["accepted", "already_received"]


def test_a_newer_setup_travels_with_the_answer_to_a_report_made_before_it(world):
    world.ward.roster.add("みほん北地区部会")
    world.ward.setups.issue()
    world.ward.review.accept(world.ward.review.revisions(EAST, YEAR)[0].package_id)
    assert only(world.receive("east", *world.answers())) == ("accepted", "")
    assert serial(world, "east") == 2
    assert [one.state.value for one in world.east.submission.submissions(YEAR)] == ["accepted"]


def test_a_setup_of_another_key_changes_nothing_until_its_slip_is_typed(world):
    file = other_office(world)
    before = world.dump("east")
    assert only(world.receive("east", file)) == ("refused", "setup.other_key")
    with pytest.raises(WrongNumber):
        world.east.setups.accept_new_office_key(file.read_bytes(), "000000000000")
    assert world.dump("east") == before
    numbers = {code: number for code, _, number in world.at("other").setups.slip_numbers()}
    world.east.setups.accept_new_office_key(file.read_bytes(), numbers[EAST])
    assert serial(world, "east") == 2
    assert only(world.receive("east", file)) == ("already_received", "")


def test_reports_go_to_the_new_office_once_its_key_is_accepted(world):
    file = other_office(world)
    numbers = {code: number for code, _, number in world.at("other").setups.slip_numbers()}
    world.east.setups.accept_new_office_key(file.read_bytes(), numbers[EAST])
    world.note("east", "新しい鍵の事務所へ")
    report = world.hand_in("east")
    assert only(world.receive("ward", report)) == ("refused", "env.decrypt")
    assert only(world.receive("other", report)) == ("pending_approval", "key.pending")


def test_a_report_resealed_for_an_office_with_other_keys_is_refused(world):
    other_office(world)
    world.note("east", "前の鍵の事務所へ")
    entries = opened_by(world.ward, world.hand_in("east"))
    file = world.stick / "resealed.shakyo"
    file.write_bytes(resealed(entries, *office_boxes(world.at("other"))))
    assert unchanged(world, "other", lambda: world.receive("other", file))
    assert only(world.receive("other", file)) == ("refused", "bind.recipient")


def test_an_office_refuses_a_setup_that_takes_its_own_name(world):
    file = other_office(world)
    assert unchanged(world, "ward", lambda: world.receive("ward", file))
    assert only(world.receive("ward", file)) == ("refused", "setup.other_key")


def test_a_setup_of_another_ward_is_refused(world):
    elsewhere = replace(FICTIONAL_WARD, code="999998", name="みほん別区事務所")
    found_office(world.root / "elsewhere", elsewhere, "みほん 別", KEY_FILE, world.clock)
    office = world.at("elsewhere")
    office.roster.add("みほん別地区部会")
    office.setups.issue()
    (world.stick / "elsewhere").mkdir()
    file = office.setups.write(world.stick / "elsewhere").path
    for name in ("ward", "east"):
        before = world.dump(name)
        assert only(world.receive(name, file)) == ("refused", "bind.role")
        assert world.dump(name) == before
    with pytest.raises(PackageRefused):
        world.east.setups.accept_new_office_key(file.read_bytes(), "000000000000")


def test_a_district_that_left_the_roster_is_told_by_judging_too(world):
    org = next(one for one in world.ward.roster.districts() if one.code == EAST)
    world.ward.roster.change(replace(org, active=False))
    file = world.setup_file()
    judged = [one.verdict for one in world.east.intake.judge([file])]
    assert judged == [one.verdict for one in world.receive("east", file)]


def test_setups_come_before_what_was_signed_after_them(world):
    world.ward.review.accept(world.ward.review.revisions(EAST, YEAR)[0].package_id)
    [answer] = world.answers()
    world.ward.roster.add("みほん北地区部会")
    setup = world.setup_file()
    assert [one.file for one in world.receive("east", answer, setup)] == [setup, answer]
