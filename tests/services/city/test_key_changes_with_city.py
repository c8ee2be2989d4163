"""A city changes its key, and a ward that reports to it changes its own: the way up goes on."""

from shakyo_desktop.domain.codes import KeyState
from tests.services.city.world import CITY, CityWorld
from tests.services.loop.test_loop_proxy import reported
from tests.services.loop.world import WARD, YEAR, only


def answer_of_city(world: CityWorld):
    """The city's answer to the ward's newest report, on the stick."""
    package_id = world.city.review.revisions(WARD, YEAR)[0].package_id
    world.city.review.accept(package_id)
    world.clock.turn(minutes=1)
    [row] = [row for row in world.city.answers.ready() if row.package_id == package_id]
    [written] = world.city.answers.write(world.stick, [row.answer_id])
    return written.path


def test_a_city_changes_its_key_in_two_steps_too(known: CityWorld):
    old = known.key("city")
    change = known.city.key_changes.begin_change()
    assert [org.code for org in change.waiting] == [WARD]
    answer = answer_of_city(known)  # the ward has not seen the new setup: the old key, and the setup inside
    assert only(known.receive("ward", answer)) == ("accepted", "")
    with known.ward.context.database.reading() as stores:
        assert {row.key for row in stores.organisations.offices(CITY)} > {old}
    known.receive("city", known.send())
    assert known.city.key_changes.change().waiting == ()
    known.city.key_changes.finish_change()
    assert only(known.receive("ward", known.city_setup())) == ("accepted", "")
    assert only(known.receive("ward", answer_of_city(known))) == ("accepted", "")
    assert only(known.receive("city", known.send())) == ("accepted", "")


def test_a_wards_new_key_waits_at_its_city_for_the_number_of_its_cover_sheet(known: CityWorld):
    old = known.key("ward")
    known.ward.key_changes.begin_change()
    assert only(known.receive("city", known.send())) == ("accepted", "")  # until it goes over: the old key
    known.ward.key_changes.finish_change()
    assert only(known.receive("city", known.send())) == ("pending_approval", "key.pending")
    number = known.ward.settings.check_number()
    verdicts = known.city.registrations.approve_matching(WARD, number, end_previous=True)
    assert [one.verdict for one in verdicts] == ["accepted"]
    states = {one.key: one.state for one in known.city.registrations.registrations()}
    assert states == {old: KeyState.RETIRED, known.key("ward"): KeyState.ACTIVE}
    assert only(known.receive("ward", answer_of_city(known))) == ("accepted", "")


def test_what_the_ward_keyed_with_its_old_key_goes_up_with_the_new_one(joined: CityWorld):
    reported(joined)
    joined.ward.key_changes.begin_change()
    joined.ward.key_changes.finish_change()
    joined.receive("city", joined.send())
    assert [one.verdict for one in joined.approve_ward()] == ["accepted"]
    assert all(one.ok for one in joined.ward.doctor.examine() if one.area != "控え")
