"""A registration ends after three years: both ends speak of it 60 days before, and nothing is held then."""

from datetime import timedelta

import pytest

from shakyo_desktop.domain.codes import KeyState
from tests.services.loop.world import EAST, YEAR, World, only

LAST_DAY = "2029-09-12"


@pytest.fixture
def answered(world: World) -> World:
    """East has the answer to its first report."""
    world.ward.review.accept(world.ward.review.revisions(EAST, YEAR)[0].package_id)
    world.receive("east", *world.answers())
    return world


def to_days_before_the_end(world: World, days: int) -> None:
    """Turn the clock to so many days before the last day of East's registration."""
    [registration] = world.ward.registrations.registrations()
    assert registration.expires_on is not None
    world.clock.turn(days=(registration.expires_on - world.ward.context.today()).days - days)


@pytest.mark.parametrize(("days", "told"), [(61, False), (60, True), (1, True), (0, True), (-1, True)])
def test_both_ends_speak_of_the_end_sixty_days_before_it(answered, days, told):
    to_days_before_the_end(answered, days)
    ending = [one.expires_on.isoformat() for one in answered.ward.registrations.ending()]
    assert ending == ([LAST_DAY] if told else [])
    end = answered.east.replies.registration_end()
    assert (end.isoformat() if end else None) == (LAST_DAY if told else None)


def test_a_renewal_before_the_end_holds_nothing_and_both_ends_fall_silent(answered):
    to_days_before_the_end(answered, 30)
    key = answered.key("east")
    assert answered.ward.registrations.renew(key, answered.east.settings.check_number()) == ()
    assert answered.ward.registrations.ending() == ()
    answered.clock.turn(days=40)
    answered.east.recording.reopen(YEAR, "追加の活動がありました。")
    answered.note("east", "期限のあとの報告")
    assert only(answered.receive("ward", answered.hand_in("east"))) == ("accepted", "")
    assert answered.east.replies.registration_end() is not None  # nobody has told the district yet
    answered.ward.review.accept(answered.ward.review.revisions(EAST, YEAR)[0].package_id)
    answered.receive("east", *answered.answers())
    assert answered.east.replies.registration_end() is None


def test_a_district_that_nobody_answered_knows_no_end(world):
    world.clock.turn(days=3 * 365)
    assert world.east.replies.registration_end() is None


def test_a_clock_set_back_neither_hides_the_end_nor_shortens_a_term(answered):
    to_days_before_the_end(answered, 10)
    answered.east.recording.reopen(YEAR, "追加の活動がありました。")
    answered.note("east", "期限の前の報告")
    answered.receive("ward", answered.hand_in("east"))
    answered.ward.review.accept(answered.ward.review.revisions(EAST, YEAR)[0].package_id)
    answered.receive("east", *answered.answers())
    answered.clock.turn(days=-4 * 365)
    assert answered.east.replies.registration_end().isoformat() == LAST_DAY
    key = answered.key("east")
    answered.ward.registrations.renew(key, answered.east.settings.check_number())
    [registration] = answered.ward.registrations.registrations()
    assert registration.expires_on.isoformat() == LAST_DAY
    assert registration.state is KeyState.ACTIVE


def test_a_letter_says_when_the_registration_ends(answered, monkeypatch):
    from shakyo_desktop.documents.pdf import reminder_letter

    written = []
    monkeypatch.setattr(
        reminder_letter, "make_reminder_letters", lambda data, _out: written.extend(data.letters)
    )
    for days in (90, 20):
        to_days_before_the_end(answered, days)
        answered.ward.review.papers.letters(YEAR, [EAST])
    assert [letter.registration_ends for letter in written] == [
        None,
        answered.ward.context.today() + timedelta(days=20),
    ]
