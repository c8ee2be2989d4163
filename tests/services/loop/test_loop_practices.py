"""Good practices from a district's report to the other districts, and what ends a consent."""

import io

import pypdfium2
import pytest

from shakyo_desktop.domain.codes import ReplyResult
from shakyo_desktop.domain.errors import DocumentFailed, NotReady
from shakyo_desktop.domain.records import GOOD_PRACTICES, PHOTOS, RecordRef
from shakyo_desktop.domain.sharing import Standing
from shakyo_desktop.services.practice_rows import PracticeKey
from tests.services.loop.stories import STORY, TITLE, WARD_STORY, newest, tell_story, withdraw
from tests.services.loop.world import EAST, WEST, YEAR, World


@pytest.fixture
def told(world: World) -> tuple[World, PracticeKey]:
    """A world in which East's report with a story is here, and West is registered too."""
    key = tell_story(world)
    world.receive("ward", world.hand_in("east"))
    world.receive("ward", world.hand_in("west"))
    world.approve("west", WEST)
    return world, key


def accept(world: World, org: str) -> None:
    world.ward.review.accept(newest(world, org))


def give_answers(world: World) -> None:
    """Write every answer and hand it to its district."""
    for path in world.answers():
        name = "east" if EAST in path.name else "west"
        world.receive(name, path)


def pdf_text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def pictures_in(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return sum(1 for page in document for _ in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))


def test_a_story_waits_in_its_districts_own_words(told: tuple[World, PracticeKey]) -> None:
    world, key = told
    row = world.ward.sharing.row(key)
    assert row.standing is Standing.OPEN
    assert (row.wording.title, row.wording.story, row.org_name) == (TITLE, STORY, "みほん東地区部会")
    assert (len(row.photos), row.without_consent) == (1, 1)
    assert not row.may_leave


def test_the_wording_changes_and_the_original_stays(told: tuple[World, PracticeKey]) -> None:
    world, key = told
    world.ward.sharing.change(key, "story", WARD_STORY)
    row = world.ward.sharing.choose(key, True)
    assert (row.wording.story, row.practice.story if row.practice else "") == (WARD_STORY, STORY)
    assert row.standing is Standing.CHOSEN
    assert [one.label for one in world.ward.sharing.editions(key)] == ["選ぶ", "内容"]


def test_every_change_can_be_taken_back_one_by_one_after_a_restart(told: tuple[World, PracticeKey]) -> None:
    world, key = told
    world.ward.sharing.change(key, "story", WARD_STORY)
    world.ward.sharing.change(key, "title", "歌のサロン")
    world.ward.sharing.take_original(key)
    world.close("ward")
    found = [world.ward.sharing.undo(key) for _ in range(4)]
    words = [(row.wording.title, row.wording.story) for row in found if row]
    assert words == [("歌のサロン", WARD_STORY), (TITLE, WARD_STORY), (TITLE, STORY)]
    assert found[3] is None
    assert all(one.undone or one.source == "元に戻す" for one in world.ward.sharing.editions(key))


def test_a_chosen_story_goes_with_the_answers_of_others_and_is_read_there(
    told: tuple[World, PracticeKey],
) -> None:
    world, key = told
    world.ward.sharing.change(key, "story", WARD_STORY)
    world.ward.sharing.choose(key, True)
    assert [(one.name, one.missing) for one in world.ward.sharing.deliveries()] == [
        ("みほん東地区部会", 0),
        ("みほん西地区部会", 1),
    ]
    for org in (EAST, WEST):
        accept(world, org)
    give_answers(world)
    assert world.east.replies.shared_practices().shown == ()
    [read] = world.west.replies.shared_practices().shown
    assert (read.title, read.story, read.org_name) == (TITLE, WARD_STORY, "みほん東地区部会")
    assert (read.fiscal_year, read.item_name) == (YEAR, world.ward.sharing.row(key).item_name)
    assert [(one.has, one.missing) for one in world.ward.sharing.deliveries()] == [(0, 0), (1, 0)]


def test_a_wording_changed_later_is_said_to_be_older_at_the_district(told: tuple[World, PracticeKey]) -> None:
    world, key = told
    world.ward.sharing.choose(key, True)
    accept(world, WEST)
    give_answers(world)
    world.ward.sharing.change(key, "story", WARD_STORY)
    west = world.ward.sharing.deliveries()[1]
    assert (west.has, west.older, west.missing) == (0, 1, 0)


def test_without_consent_nothing_is_chosen(told: tuple[World, PracticeKey]) -> None:
    world, _ = told
    key = tell_story(world, "west", WEST, consent=False)
    world.receive("ward", world.hand_in("west"))
    with pytest.raises(NotReady):
        world.ward.sharing.choose(key, True)
    row = world.ward.sharing.row(key)
    assert (row.standing, row.may_leave) == (Standing.NO_CONSENT, False)


def test_a_consent_that_ends_takes_the_story_out_and_marks_it(told: tuple[World, PracticeKey]) -> None:
    world, key = told
    world.ward.sharing.choose(key, True)
    accept(world, WEST)
    give_answers(world)
    withdraw(world, key)
    row = world.ward.sharing.row(key)
    assert (row.standing, row.may_leave, row.wording.chosen) == (Standing.WITHDRAWN, False, False)
    with pytest.raises(NotReady):
        world.ward.sharing.booklet([key])
    with pytest.raises(NotReady):
        world.ward.sharing.undo(key)
    # What West was given is not pretended away: the office knows that it has it.
    assert world.ward.sharing.deliveries()[1].dropped == 1
    assert len(world.west.replies.shared_practices().shown) == 1


def test_the_next_answer_tells_the_district_that_a_story_is_shared_no_more(
    told: tuple[World, PracticeKey],
) -> None:
    world, key = told
    world.ward.sharing.choose(key, True)
    accept(world, WEST)
    give_answers(world)
    withdraw(world, key)
    world.ward.review.reopen(newest(world, WEST), "もう一度見るため")
    accept(world, WEST)
    give_answers(world)
    received = world.west.replies.shared_practices()
    assert (received.shown, received.no_longer) == ((), 1)


def test_an_answer_that_was_signed_before_is_made_anew_without_the_story(
    told: tuple[World, PracticeKey],
) -> None:
    world, key = told
    world.ward.sharing.choose(key, True)
    accept(world, WEST)
    world.answers()  # on a stick that West never got
    before = world.ward.answers.ready()
    withdraw(world, key)
    [row] = [one for one in world.ward.answers.ready() if one.org == WEST]
    again_at = world.stick / "again"
    again_at.mkdir()
    [again] = world.ward.answers.write(again_at, [row.answer_id])
    world.receive("west", again.path)
    assert world.west.replies.shared_practices().shown == ()
    [reply] = world.west.replies.replies()
    assert (reply.result, reply.receipt_no) == (ReplyResult.ACCEPTED, row.receipt_no)
    assert {one.receipt_no for one in before} == {one.receipt_no for one in world.ward.answers.ready()}


def test_a_story_is_not_chosen_again_when_its_consent_comes_back(told: tuple[World, PracticeKey]) -> None:
    world, key = told
    world.ward.sharing.choose(key, True)
    withdraw(world, key)
    world.east.recording.change(RecordRef(GOOD_PRACTICES, key[2]), "consent", True)
    world.receive("ward", world.hand_in("east"))
    assert world.ward.sharing.row(key).standing is Standing.OPEN
    assert world.ward.sharing.choose(key, True).standing is Standing.CHOSEN


def test_taking_an_import_back_takes_its_story_out(told: tuple[World, PracticeKey]) -> None:
    world, _ = told
    key = tell_story(world, "west", WEST)
    world.receive("ward", world.hand_in("west"))
    world.ward.sharing.choose(key, True)
    world.ward.intake.undo(newest(world, WEST))
    row = world.ward.sharing.row(key)
    assert (row.standing, row.may_leave, row.practice) == (Standing.GONE, False, None)


def test_a_story_that_its_district_rewrote_is_marked_until_somebody_looked(
    told: tuple[World, PracticeKey],
) -> None:
    world, key = told
    world.ward.sharing.change(key, "story", WARD_STORY)
    world.ward.sharing.choose(key, True)
    world.east.recording.change(RecordRef(GOOD_PRACTICES, key[2]), "story", "書き直しました。")
    world.receive("ward", world.hand_in("east"))
    assert world.ward.sharing.row(key).standing is Standing.CHANGED
    kept = world.ward.sharing.keep_wording(key)
    assert (kept.standing, kept.wording.story) == (Standing.CHOSEN, WARD_STORY)


def test_a_wording_that_is_too_long_is_kept_and_does_not_leave(told: tuple[World, PracticeKey]) -> None:
    world, key = told
    world.ward.sharing.choose(key, True)
    row = world.ward.sharing.change(key, "story", "あ" * 2001)
    assert (row.standing, row.may_leave, len(row.wording.story)) == (Standing.FAULTY, False, 2001)


def test_the_booklet_has_the_wording_its_source_and_photos_with_consent_only(
    told: tuple[World, PracticeKey],
) -> None:
    world, key = told
    world.ward.sharing.change(key, "story", WARD_STORY)
    world.ward.sharing.choose(key, True)
    pdf = world.ward.sharing.booklet([key])
    text = pdf_text(pdf)
    for words in (TITLE, WARD_STORY, "みほん東地区部会", "令和8年度", "みんなで歌いました", "もくじ"):
        assert words in text.replace("\r\n", "")
    assert pictures_in(pdf) == 1
    assert pictures_in(world.ward.sharing.leaflet([key])) == 1


def test_a_photo_that_lost_its_consent_is_printed_no_more(told: tuple[World, PracticeKey]) -> None:
    world, key = told
    world.ward.sharing.choose(key, True)
    [photo] = world.ward.sharing.row(key).chosen_photos
    world.east.recording.change(RecordRef(PHOTOS, photo.id), "consent", False)
    world.receive("ward", world.hand_in("east"))
    assert pictures_in(world.ward.sharing.booklet([key])) == 0


def test_a_photo_that_the_office_leaves_out_is_not_printed(told: tuple[World, PracticeKey]) -> None:
    world, key = told
    world.ward.sharing.choose(key, True)
    world.ward.sharing.change(key, "photo_ids", ())
    assert pictures_in(world.ward.sharing.booklet([key])) == 0
    assert world.ward.sharing.undo(key)
    assert pictures_in(world.ward.sharing.booklet([key])) == 1


def test_the_sheet_for_the_notice_board_is_one_page_or_says_how_much_is_too_much(
    told: tuple[World, PracticeKey],
) -> None:
    world, key = told
    world.ward.sharing.choose(key, True)
    world.ward.sharing.change(key, "story", "よい取組です。" * 100)
    with pypdfium2.PdfDocument(io.BytesIO(world.ward.sharing.leaflet([key]))) as document:
        assert len(document) == 1
    world.ward.sharing.change(key, "story", "よい取組です。" * 285)
    with pytest.raises(DocumentFailed, match="文字くらい短く"):
        world.ward.sharing.leaflet([key])
    with pytest.raises(NotReady):
        world.ward.sharing.leaflet([key, key, key])


def test_a_compilation_keeps_the_wards_words_beside_the_districts(told: tuple[World, PracticeKey]) -> None:
    world, key = told

    def compiled() -> list[tuple[str, str, str]]:
        plan = world.ward.plans.plans()[0]
        made = world.ward.compilation.compile(plan.id, YEAR, include_unconfirmed=True)
        return [(one.title, one.story, one.told[1]) for item in made.items for one in item.practices]

    assert compiled() == [(TITLE, STORY, STORY)]
    world.ward.sharing.change(key, "story", WARD_STORY)
    plan = world.ward.plans.plans()[0]
    newest_version = world.ward.compilation.newest(plan.id, YEAR)
    assert newest_version is not None
    marks = [one.words for one in world.ward.compilation.stale(newest_version)]
    assert marks == ["成果事例か前年度の数字が変わりました。"]
    assert compiled() == [(TITLE, STORY, WARD_STORY)]
    world.ward.sharing.change(key, "title", "")
    assert compiled() == [(TITLE, STORY, STORY)], "a wording that may not leave is not told"
