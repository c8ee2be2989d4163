"""A ward with two computers: districts seal to both mailboxes, each opens with its own."""

from dataclasses import replace

import pytest

from shakyo_desktop.domain.errors import FileUnreadable, NotFound, NotReady, WrongNumber
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.exchange.mailbox_file import read_mailbox_file, write_mailbox_file
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from tests.services.loop.world import EAST, KEY_FILE, WARD, YEAR, World, only, unchanged


@pytest.fixture
def two(world: World) -> World:
    """The ward's second computer was begun; the first knows nothing of it yet."""
    office = replace(FICTIONAL_WARD, telephone="000-000-0000")
    found_office(world.root / "second", office, "みほん 二台目", KEY_FILE, world.clock)
    for name, telephone in (("みほん東地区部会", "000-000-0001"), ("みほん西地区部会", "000-000-0002")):
        world.at("second").roster.add(name, telephone=telephone)
    return world


def take_on(world: World) -> str:
    """The first computer takes the second one on; East gets the new setup."""
    second = world.at("second")
    _, data = second.further_computers.own_file()
    added = world.ward.further_computers.add(data, second.settings.check_number(), "受付のパソコン")
    world.receive("east", world.setup_file())
    return added.recipient


def test_a_report_opens_on_both_computers_and_both_verify_it(two):
    take_on(two)
    two.note("east", "二台で開く報告")
    file = two.hand_in("east")
    judged = two.at("second").intake.judge([file])
    assert only(judged) == ("pending_approval", "key.pending")
    report = two.at("second").intake.inspect(file)
    assert report.verdict.sender == EAST
    assert only(two.receive("ward", file)) == ("accepted", "")
    # Whoever sits there may type the district's number, and then reads it there as well.
    two.receive("second", file)
    number = two.east.settings.check_number()
    [verdict] = two.at("second").registrations.approve_matching(EAST, number)
    assert (verdict.verdict, two.text("second")) == ("accepted", "二台で開く報告")


def test_before_it_is_taken_on_the_second_computer_opens_nothing(two):
    two.note("east", "一台だけの報告")
    file = two.hand_in("east")
    assert unchanged(two, "second", lambda: two.receive("second", file))
    assert only(two.receive("second", file)) == ("refused", "env.decrypt")


def test_what_the_second_computer_signs_is_not_the_offices_word(two):
    take_on(two)
    two.note("east", "返事をもらう報告")
    two.receive("second", two.hand_in("east"))
    two.at("second").registrations.approve_matching(EAST, two.east.settings.check_number())
    second = two.at("second")
    second.review.accept(str(second.review.overview(YEAR)[0].package_id))
    [written] = second.answers.write(two.stick)
    assert unchanged(two, "east", lambda: two.receive("east", written.path))
    assert only(two.receive("east", written.path)) == ("refused", "sig.unknown_key")


def test_a_computer_that_was_removed_opens_what_it_had_and_nothing_new(two):
    recipient = take_on(two)
    two.note("east", "外す前の報告")
    before = two.hand_in("east")
    two.ward.further_computers.remove(recipient)
    [row] = two.ward.further_computers.all()
    assert (row.name, row.removed_at) == ("受付のパソコン", two.clock())
    two.receive("east", two.setup_file())
    two.note("east", "外したあとの報告")
    after = two.hand_in("east")
    codes = [one.code for one in two.at("second").intake.judge([before, after])]
    assert sorted(codes) == ["env.decrypt", "key.pending"]
    assert [one.verdict for one in two.receive("ward", before, after)] == ["accepted", "accepted"]
    with pytest.raises(NotFound):
        two.ward.further_computers.remove(recipient)
    assert take_on(two) == recipient  # it may come back


def test_a_district_hears_of_the_second_computer_with_its_next_answer(two):
    second = two.at("second")
    _, data = second.further_computers.own_file()
    two.ward.further_computers.add(data, second.settings.check_number())
    two.ward.review.accept(two.ward.review.revisions(EAST, YEAR)[0].package_id)
    two.receive("east", *two.answers())
    with two.east.context.database.reading() as stores:
        [office] = stores.organisations.offices(WARD)
    assert len(office.recipients) == 2


def test_both_computers_stay_recipients_while_the_offices_key_changes(two):
    take_on(two)
    two.ward.key_changes.begin_change()
    two.receive("east", two.setup_file())
    two.note("east", "取りかえの途中の報告")
    file = two.hand_in("east")
    two.ward.key_changes.finish_change()
    two.receive("east", two.setup_file())
    two.note("east", "取りかえのあとの報告")
    later = two.hand_in("east")
    codes = {one.code for one in two.at("second").intake.judge([file, later])}
    assert codes == {"key.pending"}
    assert [one.verdict for one in two.receive("ward", file, later)] == ["accepted", "accepted"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data + b"\n",
        lambda data: data.replace(b"shakyo-mailbox 1", b"shakyo-mailbox 2"),
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.upper(),
        lambda data: data.replace(b"certificate ", b"certificate AAAA"),
        lambda data: b"\xff" + data,
        lambda data: data * 100,
        lambda data: b"",
    ],
    ids=["tail", "version", "line ends", "capitals", "certificate", "bytes", "long", "empty"],
)
def test_only_what_our_writer_makes_is_a_mailbox_file(two, spoil):
    _, data = two.at("second").further_computers.own_file()
    assert write_mailbox_file(*_parts(data)) == data
    number = two.at("second").settings.check_number()
    with pytest.raises(FileUnreadable):
        two.ward.further_computers.add(spoil(data), number)
    assert two.ward.further_computers.all() == ()


def test_a_mailbox_is_taken_on_by_its_number_and_its_office_alone(two):
    ward, second = two.ward.further_computers, two.at("second")
    _, data = second.further_computers.own_file()
    number = second.settings.check_number()
    other = SigningKey.generate("999998")
    foreign = write_mailbox_file(other.certificate, read_mailbox_file(data).recipient)
    (_, own), own_number = ward.own_file(), two.ward.settings.check_number()
    before = two.dump("ward")
    for file, typed, problem in (
        (data, "000000000000", WrongNumber),
        (data, "1234", WrongNumber),
        (foreign, number, NotReady),
        (own, own_number, NotReady),
    ):
        with pytest.raises(problem):
            ward.add(file, typed)
    assert two.dump("ward") == before
    ward.add(data, number)
    with pytest.raises(NotReady):
        ward.add(data, number)


def _parts(data: bytes) -> tuple[bytes, str]:
    found = read_mailbox_file(data)
    return found.certificate, found.recipient
