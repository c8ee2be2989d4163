"""A laptop is lost: stopped by telephone, found or ended, and the district goes on with another one."""

from datetime import date, timedelta

import pypdfium2
import pytest

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import NotReady
from tests.services.loop.world import EAST, YEAR, World, only, unchanged


def states(world: World) -> dict[str, KeyState]:
    """The register by key, as it stands today."""
    return {one.key: one.state for one in world.ward.registrations.registrations()}


def read_pdf(pdf: bytes) -> list[str]:
    """The text of every page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_stopping_takes_one_call_and_says_who_and_when(world):
    key = world.key("east")
    world.ward.registrations.suspend(key)
    [*_, line] = world.ward.registrations.log(key)
    assert (line.old, line.new) == (KeyState.ACTIVE, KeyState.SUSPENDED)
    assert (line.who, line.at) == ("みほん 事務", world.clock())
    world.ward.registrations.resume(key, "押しまちがい")
    assert states(world)[key] is KeyState.ACTIVE
    assert world.ward.registrations.log(key)[-1].note == "押しまちがい"


def test_what_a_stopped_computer_sends_is_refused_in_words_that_say_what_to_do(world):
    world.ward.registrations.suspend(world.key("east"))
    world.note("east", "なくしたあとの報告")
    file = world.hand_in("east")
    before = world.dump("ward")
    [verdict] = world.receive("ward", file)
    assert (verdict.verdict, verdict.code) == ("refused", "key.suspended")
    assert "なくしたと連絡があって止めているパソコン" in verdict.message
    assert "「見つかった」を押して、このファイルをもう一度受け取ってください" in verdict.next_action
    assert world.dump("ward") == before
    world.ward.registrations.resume(world.key("east"))
    assert only(world.receive("ward", file)) == ("accepted", "")
    assert world.text("ward") == "なくしたあとの報告"


def test_what_came_between_the_loss_and_the_call_is_listed_for_a_look(world):
    key = world.key("east")
    world.clock.turn(days=3)
    world.note("east", "拾った人が出したかもしれない報告")
    world.receive("ward", world.hand_in("east"))
    world.clock.turn(days=2)
    world.ward.registrations.suspend(key)
    lost = world.ward.registrations.lost
    assert lost.since_loss(key).reports == ()  # as long as nobody said when it was lost
    told = world.clock().date() - timedelta(days=3)
    lost.set_lost_on(key, told)
    found = lost.since_loss(key)
    assert (found.lost_on, [one.revision for one in found.reports]) == (told, [2])
    lost.set_lost_on(key, date(2026, 9, 1))
    assert [one.revision for one in lost.since_loss(key).reports] == [2, 1]
    lost.set_lost_on(key, None)
    assert lost.since_loss(key).reports == ()


def test_a_report_that_waits_from_the_lost_computer_is_listed_too(world):
    world.clone("east", "twin")
    for name in ("east", "twin"):
        world.note(name, name)
        world.receive("ward", world.hand_in(name))
    key = world.key("east")
    world.ward.registrations.suspend(key)
    found = world.ward.registrations.lost.since_loss(key)
    assert (len(found.reports), [one.code for one in found.held]) == (2, ["report.fork"])


def test_the_signing_time_of_a_lost_computer_proves_nothing(world):
    """A clock set back makes an old date; the list goes by the day the office received it."""
    key = world.key("east")
    world.clock.turn(days=-5)
    world.note("east", "日付を戻して作った報告")
    file = world.hand_in("east")
    world.clock.turn(days=15)
    world.receive("ward", file)
    world.ward.registrations.suspend(key)
    [report] = world.ward.registrations.lost.since_loss(key).reports
    assert report.frozen_at.date() < report.received_at.date()


def test_the_paper_for_the_telephone_is_one_page_with_the_number_of_the_roster(world):
    world.ward.registrations.suspend(world.key("east"))
    pdf = world.ward.registrations.lost.paper(world.key("east"))
    pages = read_pdf(pdf)
    assert len(pages) == 1
    assert "000-000-0001" in pages[0]
    assert "一時停止" in pages[0]
    assert "復旧シート" in pages[0]


def test_no_answer_is_sealed_to_a_lost_computer_and_it_goes_to_the_next_one(world):
    world.ward.review.accept(world.ward.review.revisions(EAST, YEAR)[0].package_id)
    world.ward.registrations.suspend(world.key("east"))
    [row] = world.ward.answers.ready()
    assert (row.stopped, row.waits) == (True, False)
    assert world.answers() == ()
    with pytest.raises(NotReady) as refused:
        world.ward.answers.write(world.stick, [row.answer_id])
    assert refused.value.code == "answer.stopped"
    world.ward.registrations.resume(world.key("east"))
    assert only(world.receive("east", *world.answers())) == ("accepted", "")


def test_the_district_goes_on_with_a_new_computer_and_loses_nothing(new):
    old = new.key("east")
    new.ward.registrations.suspend(old, "電車に置き忘れ")
    assert new.ward.setups.slips([EAST]).startswith(b"%PDF")
    new.receive("ward", new.hand_in("new"))
    [verdict] = new.approve("new", end_previous=True)
    assert verdict.code == "report.fork"  # a blank snapshot never replaces what is here
    [held] = new.ward.registrations.waiting_decisions()
    new.ward.registrations.discard(held.manifest)
    assert only(new.receive("new", *new.answers())) == ("accepted", "")
    assert new.text("new") == "集まりが増えました。"
    assert states(new) == {old: KeyState.RETIRED, new.key("new"): KeyState.ACTIVE}
    new.note("east", "拾った人の報告")
    file = new.hand_in("east")
    assert unchanged(new, "ward", lambda: new.receive("ward", file))
    new.note("new", "新しいパソコンの報告")
    assert only(new.receive("ward", new.hand_in("new"))) == ("accepted", "")
    assert new.ward.review.revisions(EAST, YEAR)[0].key == new.key("new")
