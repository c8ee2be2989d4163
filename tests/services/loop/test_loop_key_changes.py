"""Keys are made anew at a district and at its ward; nobody is cut off and nothing old becomes unreadable."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import event

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import BadInput, NotReady, NotSaved, StoreLocked, WrongNumber
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.restoring import restore
from shakyo_desktop.services.setup_intake import current_serial
from shakyo_desktop.storage import key_slots
from tests.services.loop.forging import info_of, opened_by
from tests.services.loop.world import EAST, KEY_FILE, WARD, WEST, YEAR, World, only, unchanged


@pytest.fixture
def both(world: World) -> World:
    """East and West are registered and their first reports are here."""
    world.receive("ward", world.hand_in("west"))
    world.approve("west", WEST)
    return world


def newest_id(world: World, org: str) -> str:
    return world.ward.review.revisions(org, YEAR)[0].package_id


def answer_to(world: World, org: str) -> Path:
    """The newest report of a district is sent back, and its answer is on the stick."""
    world.ward.review.comment(newest_id(world, org), "report", "", "", "もう一度見てください。")
    world.ward.review.send_back(newest_id(world, org))
    [file] = world.answers()
    return file


def signer_of(world: World, name: str, file: Path) -> str:
    """The key that signed a file, as its receiver reads it."""
    return str(info_of(world.at(name), file)["sender"]["key"])


def pinned(world: World, name: str) -> set[str]:
    """The keys of its office that a district trusts."""
    with world.at(name).context.database.reading() as stores:
        return {row.key for row in stores.organisations.offices(WARD)}


def serial(world: World, name: str) -> int:
    with world.at(name).context.database.reading() as stores:
        return current_serial(stores, WARD)


# A district.


def test_a_districts_new_key_waits_for_its_number_and_ends_the_old_one(world):
    old = world.key("east")
    answer = answer_to(world, EAST)  # sealed to the old mailbox, read after the change
    world.east.key_changes.renew_district()
    assert world.key("east") != old
    assert only(world.receive("east", answer)) == ("accepted", "")
    world.note("east", "新しい鍵の報告")
    assert only(world.receive("ward", world.hand_in("east"))) == ("pending_approval", "key.pending")
    [verdict] = world.approve("east", end_previous=True)
    assert (verdict.verdict, verdict.warnings) == ("accepted", ())
    states = {one.key: one.state for one in world.ward.registrations.registrations()}
    assert states == {old: KeyState.RETIRED, world.key("east"): KeyState.ACTIVE}
    again = answer_to(world, EAST)
    assert only(world.receive("east", again)) == ("accepted", "")
    assert not [name for name in opened_by(world.east, again) if name.startswith("last_report/")]
    assert all(finding.ok for finding in world.east.doctor.examine() if finding.area != "控え")


def test_an_offices_commands_are_not_a_districts(world):
    keys = world.east.key_changes
    for work in (keys.begin_change, keys.replace_now, keys.new_mailbox):
        with pytest.raises(NotReady):
            work()
    with pytest.raises(NotReady):
        world.ward.key_changes.renew_district()


# A ward, step by step.


def test_a_ward_changes_its_key_in_two_steps_and_nobody_types_anything(both):
    old = both.key("ward")
    change = both.ward.key_changes.begin_change()
    assert both.key("ward") == old
    assert ([one.code for one in change.ready], [one.code for one in change.waiting]) == ([], [EAST, WEST])
    setup = both.setup_file()
    assert only(both.receive("east", setup)) == ("accepted", "")
    assert (len(pinned(both, "east")), serial(both, "east")) == (2, change.serial)
    both.note("east", "新しい設定での報告")
    both.receive("ward", both.hand_in("east"))
    change = both.ward.key_changes.change()
    assert ([one.code for one in change.ready], [one.code for one in change.waiting]) == ([EAST], [WEST])

    # East is answered with the new key, West with the old one, and West's answer brings the setup.
    to_east = answer_to(both, EAST)
    assert signer_of(both, "east", to_east) != old
    assert only(both.receive("east", to_east)) == ("accepted", "")
    to_west = answer_to(both, WEST)
    assert signer_of(both, "west", to_west) == old
    assert only(both.receive("west", to_west)) == ("accepted", "")
    assert (len(pinned(both, "west")), serial(both, "west")) == (2, change.serial)

    both.ward.key_changes.finish_change()
    assert both.key("ward") != old
    assert both.ward.key_changes.change() is None
    last = both.setup_file()
    for name in ("east", "west"):
        assert only(both.receive(name, last)) == ("accepted", "")
        assert pinned(both, name) == {both.key("ward")}
        both.note(name, "新しい鍵だけになった報告")
        assert only(both.receive("ward", both.hand_in(name))) == ("accepted", "")
    for name, org in (("east", EAST), ("west", WEST)):
        assert only(both.receive(name, answer_to(both, org))) == ("accepted", "")
    assert all(finding.ok for finding in both.ward.doctor.examine() if finding.area != "控え")
    assert all(finding.ok for finding in both.east.doctor.examine() if finding.area != "控え")


def test_a_report_sealed_to_the_old_mailbox_still_opens_after_the_change(both):
    both.note("east", "前の設定での報告")
    file = both.hand_in("east")
    both.ward.key_changes.begin_change()
    both.ward.key_changes.finish_change()
    assert only(both.receive("ward", file)) == ("accepted", "")


def test_a_district_that_missed_the_change_types_a_new_slip(both):
    both.ward.key_changes.begin_change()
    both.ward.key_changes.finish_change()
    setup = both.setup_file()
    assert unchanged(both, "east", lambda: both.receive("east", setup))
    assert only(both.receive("east", setup)) == ("refused", "setup.other_key")
    answer = answer_to(both, EAST)
    assert only(both.receive("east", answer)) == ("refused", "sig.unknown_key")
    numbers = {code: number for code, _, number in both.ward.setups.slip_numbers()}
    both.east.setups.accept_new_office_key(setup.read_bytes(), numbers[EAST])
    assert only(both.receive("east", answer)) == ("accepted", "")


def test_an_answer_of_the_old_key_that_lay_in_a_drawer_is_made_anew_after_the_change(both):
    old = both.key("ward")
    both.receive("east", both.setup_file())
    first = answer_to(both, EAST)
    assert signer_of(both, "east", first) == old
    both.ward.key_changes.begin_change()
    both.receive("east", both.setup_file())
    both.ward.key_changes.finish_change()
    both.receive("east", both.setup_file())
    assert only(both.receive("east", first)) == ("refused", "sig.unknown_key")
    row = next(row for row in both.ward.answers.ready() if row.org == EAST)
    [written] = both.ward.answers.write(both.stick, [row.answer_id])
    assert only(both.receive("east", written.path)) == ("accepted", "")
    assert both.east.replies.replies(YEAR)[0].receipt_no == row.receipt_no


def test_a_change_that_was_given_up_leaves_the_old_key_in_use(both):
    old = both.key("ward")
    both.ward.key_changes.begin_change()
    both.receive("east", both.setup_file())
    both.note("east", "二つの受取口への報告")
    file = both.hand_in("east")
    both.ward.key_changes.give_up_change()
    assert (both.key("ward"), both.ward.key_changes.change()) == (old, None)
    assert only(both.receive("ward", file)) == ("accepted", "")
    both.receive("east", both.setup_file())
    assert pinned(both, "east") == {old}
    with pytest.raises(NotReady):
        both.ward.key_changes.finish_change()


def test_a_beginning_that_was_cut_short_is_gone_on_with(both, monkeypatch):
    def cut(_self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(type(both.ward.setups), "issue", cut)
        with pytest.raises(KeyboardInterrupt):
            both.ward.key_changes.begin_change()
    assert both.ward.key_changes.change().serial == 0
    with pytest.raises(NotReady):
        both.ward.key_changes.finish_change()
    change = both.ward.key_changes.begin_change()
    assert change.serial == 2


def test_a_clock_set_back_does_not_bring_the_old_key_back(both):
    both.ward.key_changes.begin_change()
    both.clock.turn(days=-400)
    both.ward.key_changes.finish_change()
    new = both.key("ward")
    both.ward.key_changes.begin_change()
    assert both.key("ward") == new
    both.ward.key_changes.finish_change()
    assert both.key("ward") != new


# A ward whose key is lost or stolen.


def test_a_stolen_key_is_replaced_at_once_and_districts_type_a_new_slip(both):
    old = both.key("ward")
    both.note("east", "盗難の前に作った報告")
    file = both.hand_in("east")
    both.ward.key_changes.replace_now()
    assert both.key("ward") != old
    assert only(both.receive("ward", file)) == ("accepted", "")
    setup = both.setup_file()
    assert only(both.receive("east", setup)) == ("refused", "setup.other_key")
    numbers = {code: number for code, _, number in both.ward.setups.slip_numbers()}
    both.east.setups.accept_new_office_key(setup.read_bytes(), numbers[EAST])
    assert pinned(both, "east") == {both.key("ward")}
    assert only(both.receive("east", answer_to(both, EAST))) == ("accepted", "")
    both.note("east", "新しい鍵あての報告")
    assert only(both.receive("ward", both.hand_in("east"))) == ("accepted", "")


def test_a_setup_by_the_thief_of_an_old_key_is_refused_afterwards(both, tmp_path):
    shutil.copytree(both.root / "ward", both.root / "thief")
    both.ward.key_changes.replace_now()
    setup = both.setup_file()
    numbers = {code: number for code, _, number in both.ward.setups.slip_numbers()}
    both.east.setups.accept_new_office_key(setup.read_bytes(), numbers[EAST])
    thief = both.at("thief")
    for number in range(5):
        thief.roster.add(f"みほん{number}番地区部会")
        thief.setups.issue()
    file = thief.setups.write(tmp_path).path
    assert unchanged(both, "east", lambda: both.receive("east", file))
    assert only(both.receive("east", file)) == ("refused", "setup.other_key")


def test_a_new_mailbox_alone_needs_no_new_number_at_the_districts(both):
    key, slips = both.key("ward"), both.ward.setups.slip_numbers()
    both.note("east", "前の受取口への報告")
    file = both.hand_in("east")
    both.ward.key_changes.new_mailbox()
    assert both.key("ward") == key
    assert both.ward.setups.slip_numbers() != slips  # whoever starts anew types the new one
    assert only(both.receive("ward", file)) == ("accepted", "")
    assert only(both.receive("east", both.setup_file())) == ("accepted", "")
    both.note("east", "新しい受取口への報告")
    assert only(both.receive("ward", both.hand_in("east"))) == ("accepted", "")
    both.ward.key_changes.begin_change()
    with pytest.raises(NotReady):
        both.ward.key_changes.new_mailbox()


# The paper of the safe.


def test_a_new_recovery_sheet_is_typed_back_before_the_old_one_ends(both, tmp_path):
    settings, folder = both.ward.settings, both.root / "ward"
    old = settings.recovery_sheet().text
    copy = both.ward.backup.backup(tmp_path / "before.hikae").path
    both.note("east", "前の紙にも封をした報告")
    file = both.hand_in("east")
    sheet = settings.new_recovery_sheet()
    for typed, problem in ((old, WrongNumber), ("みほん", BadInput)):
        with pytest.raises(problem):
            settings.use_recovery_sheet(sheet, typed)
    assert key_slots.open_with_recovery(folder, old)
    settings.use_recovery_sheet(sheet, sheet.text.lower())
    assert settings.recovery_sheet().text == sheet.text
    assert key_slots.open_with_recovery(folder, sheet.text) == both.ward.context.database.key
    with pytest.raises(StoreLocked):
        key_slots.open_with_recovery(folder, old)
    assert only(both.receive("ward", file)) == ("accepted", "")

    both.receive("east", both.setup_file())
    both.note("east", "新しい紙にも封をする報告")
    after = both.hand_in("east")
    recipients = info_of(both.ward, after)["recipient"]["enc"]
    assert len(recipients) == 2
    with both.ward.context.database.reading() as stores:
        keys = own_keys(stores)
    assert [box.identity for box in keys.old_recoveries] == [old]
    assert keys.recovery == Mailbox(sheet.text)
    assert opened_with(after, sheet.text)
    assert not opened_with(after, old)
    # What was made before keeps opening with the old paper: nobody can take it out of a stick.
    assert restore(copy, tmp_path / "again", old, clock=both.clock).org == WARD


def opened_with(file: Path, identity: str) -> bool:
    """Whether an identity alone opens a sealed file."""
    import pyrage

    try:
        pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError:
        return False
    return True


def test_a_districts_new_sheet_opens_its_store_and_its_next_copies(world, tmp_path):
    settings = world.east.settings
    sheet = settings.new_recovery_sheet()
    settings.use_recovery_sheet(sheet, sheet.text)
    copy = world.east.backup.backup(tmp_path / "copy.hikae").path
    assert restore(copy, tmp_path / "again", sheet.text, clock=world.clock).org == EAST


def full(*_args, **_ways):
    raise NotSaved("空きがありません。")


def the_sheet(world, text, other):
    """Whether the store knows this sheet, opens with it, and with no other."""
    folder = world.root / "ward"
    with pytest.raises(StoreLocked):
        key_slots.open_with_recovery(folder, other)
    return world.ward.settings.recovery_sheet().text == text and bool(
        key_slots.open_with_recovery(folder, text)
    )


def test_a_folder_that_cannot_be_written_leaves_the_old_sheet_good(world, monkeypatch):
    settings, old = world.ward.settings, world.ward.settings.recovery_sheet().text
    sheet = settings.new_recovery_sheet()
    monkeypatch.setattr(key_slots, "add_recovery", full)
    with pytest.raises(NotSaved, match="前の復旧シートが、今も使えます"):
        settings.use_recovery_sheet(sheet, sheet.text)
    assert the_sheet(world, old, sheet.text)


def test_a_commit_that_fails_leaves_the_old_sheet_good(world):
    settings, old = world.ward.settings, world.ward.settings.recovery_sheet().text
    sheet = settings.new_recovery_sheet()
    writer = world.ward.context.database._opened().writer
    event.listen(writer, "commit", full)
    with pytest.raises(NotSaved, match="前の復旧シートが、今も使えます"):
        settings.use_recovery_sheet(sheet, sheet.text)
    event.remove(writer, "commit", full)
    assert the_sheet(world, old, sheet.text)
    settings.use_recovery_sheet(sheet, sheet.text)
    assert the_sheet(world, sheet.text, old)


def test_an_old_sheet_that_cannot_be_closed_is_told_and_closed_at_the_next_start(world, monkeypatch):
    settings, old = world.ward.settings, world.ward.settings.recovery_sheet().text
    sheet = settings.new_recovery_sheet()
    with monkeypatch.context() as patch:
        patch.setattr(key_slots, "keep_recovery", full)
        for _time in range(2):
            with pytest.raises(NotSaved, match="前の復旧シートでも、まだ開きます"):
                settings.use_recovery_sheet(sheet, sheet.text)
    assert settings.recovery_sheet().text == sheet.text
    assert key_slots.open_with_recovery(world.root / "ward", old)
    world.close("ward")
    assert world.ward, "opening closes it"
    assert the_sheet(world, sheet.text, old)


def test_a_copy_from_the_middle_of_a_change_goes_on_with_the_same_next_key(both, tmp_path):
    sheet = both.ward.settings.recovery_sheet().text
    both.ward.key_changes.begin_change()
    copy = both.ward.backup.backup(tmp_path / "middle.hikae").path
    both.receive("east", both.setup_file())
    both.ward.key_changes.finish_change()
    new = both.key("ward")
    both.receive("east", both.setup_file())
    assert pinned(both, "east") == {new}
    both.close("ward")
    shutil.rmtree(both.root / "ward")
    restore(copy, both.root / "ward", sheet, KEY_FILE, both.clock)
    assert both.ward.key_changes.change() is not None
    both.ward.key_changes.finish_change()
    assert both.key("ward") == new
    both.note("east", "戻したあとの報告")
    assert only(both.receive("ward", both.hand_in("east"))) == ("accepted", "")
    assert only(both.receive("east", answer_to(both, EAST))) == ("accepted", "")
    assert (pinned(both, "east"), serial(both, "east") > 1000) == ({new}, True)  # it came with the answer
