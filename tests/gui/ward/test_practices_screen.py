"""成果事例 at the ward: real keys and Japanese input; what is typed is kept, what has no consent stays in."""

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.domain.errors import NotSaved
from shakyo_desktop.domain.sharing import Standing
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.ward.practices.practices_screen import PracticesScreen
from shakyo_desktop.gui.ward.targets import PracticeOf
from tests.gui.keys import commit_composed, compose, press, press_letter, type_text
from tests.gui.ward.looking import cells, texts
from tests.gui.ward.stories import STORIES, bring_all, bring_story, end_consent
from tests.gui.ward.world import EAST, SOUTH, YEAR


@pytest.fixture
def open_screen(busy, shown):
    def make(target=None):
        screen = shown(PracticesScreen(busy))
        screen.resize(1170, 636)
        screen.enter()
        screen.focus_first()
        if target is not None:
            screen.show_target(PracticeOf(*target))
        settle()
        return screen

    return make


def test_without_stories_the_screen_says_where_they_come_from(open_screen):
    screen = open_screen()
    assert "成果事例はまだありません" in screen.list._empty_text
    assert "事例がありません" in texts(screen)
    press_letter(Qt.Key.Key_J)
    assert "選んだ事例がありません" in screen.messages.text()


def test_every_story_says_in_words_where_it_stands(open_screen, busy):
    bring_all(busy.services)
    shown = "".join(cells(open_screen().list))
    for words in ("✓ 選びました", "－ まだ", "× 同意なし", "× 同意の取り下げ"):
        assert words in shown


def test_the_filters_narrow_the_list(open_screen, busy):
    bring_all(busy.services)
    screen = open_screen()
    filters = screen.filters
    filters.districts.setCurrentIndex(filters.districts.findData(SOUTH))
    filters.districts.activated.emit(0)
    assert [row.key[0] for row in screen.list.rows()] == [SOUTH]
    filters.clear()
    filters.states.setCurrentIndex(filters.states.findData("look"))
    filters.states.activated.emit(0)
    assert [row.key[0] for row in screen.list.rows()] == [EAST]
    filters.clear()
    filters.items.setCurrentIndex(filters.items.findData("item 8"))
    filters.items.activated.emit(0)
    assert [row.key[0] for row in screen.list.rows()] == [SOUTH]
    filters.years.setCurrentIndex(filters.years.findData(YEAR))
    filters.districts.setCurrentIndex(filters.districts.findData(EAST))
    filters.districts.activated.emit(0)
    assert "この絞りこみ" in screen.list._empty_text


def test_enter_opens_a_story_and_typing_changes_the_wording_only(open_screen, busy):
    key = bring_story(busy.services)
    screen = open_screen()
    press(Qt.Key.Key_Return)
    settle()
    field = screen.story.page.title_field
    assert field.input().hasFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    compose("うたの")
    commit_composed("歌のサロン")
    type_text("２")
    screen.commit()
    row = busy.services.sharing.row(key)
    assert row.wording.title == "歌のサロン２"
    assert row.practice.title == STORIES[0][0]
    assert STORIES[0][0] in texts(screen)


def test_what_could_not_be_stored_is_kept_and_stored_when_one_tries_again(open_screen, busy, monkeypatch):
    key = bring_story(busy.services)
    screen = open_screen(key)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text("サロン")

    def full(*_args):
        raise NotSaved("保存できませんでした。")

    with monkeypatch.context() as patched:
        patched.setattr(type(busy.services.sharing), "change", full)
        screen.commit()
    assert "保存できませんでした" in screen.messages.text()
    assert screen.story.page.title_field.value() == "サロン"
    screen.story._keeper.retry()
    assert busy.services.sharing.row(key).wording.title == "サロン"


def test_japanese_that_is_still_being_composed_is_kept_when_the_screen_is_left(open_screen, busy):
    key = bring_story(busy.services)
    screen = open_screen(key)
    screen.story.page.story_field.focus_input()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    compose("つづきの文")
    screen.commit()
    assert busy.services.sharing.row(key).wording.story == "つづきの文"


def test_going_back_to_the_list_keeps_what_was_typed(open_screen, busy):
    key = bring_story(busy.services)
    screen = open_screen(key)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text("サロン")
    press_letter(Qt.Key.Key_B)
    assert busy.services.sharing.row(key).wording.title == "サロン"
    assert "サロン" in cells(screen.list)


def test_undo_goes_back_step_by_step_and_the_original_can_be_put_back(open_screen, busy):
    key = bring_story(busy.services)
    screen = open_screen(key)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text("サロン")
    screen.commit()
    press_letter(Qt.Key.Key_M)
    assert screen.story.page.title_field.value() == STORIES[0][0]
    press_letter(Qt.Key.Key_Z)
    assert screen.story.page.title_field.value() == "サロン"
    press_letter(Qt.Key.Key_Z)
    press_letter(Qt.Key.Key_Z)
    assert screen.story.page.title_field.value() == STORIES[0][0]
    assert "もうありません" in screen.messages.text()


def test_a_story_is_chosen_and_left_out_by_keys(open_screen, busy):
    key = bring_story(busy.services)
    screen = open_screen(key)
    press_letter(Qt.Key.Key_S)
    assert busy.services.sharing.row(key).standing is Standing.CHOSEN
    assert screen.story.choose_button.words() == "選ぶのをやめる"
    press_letter(Qt.Key.Key_S)
    assert busy.services.sharing.row(key).standing is Standing.OPEN


def test_a_story_without_consent_is_not_chosen_and_says_why(open_screen, busy):
    key = bring_story(busy.services, consent=False)
    screen = open_screen(key)
    press_letter(Qt.Key.Key_S)
    assert "同意の印がありません" in screen.messages.text()
    assert not busy.services.sharing.row(key).may_leave


def test_only_photos_with_consent_are_shown_and_each_can_be_left_out(open_screen, busy):
    key = bring_story(busy.services, photos=3)
    screen = open_screen(key)
    checks = list(screen.story.page.photos.checks.values())
    assert len(checks) == 2
    assert "同意のない写真が1枚あります" in texts(screen)
    checks[0].setFocus()
    press(Qt.Key.Key_Space)
    assert len(busy.services.sharing.row(key).chosen_photos) == 1


def test_a_story_that_lost_its_consent_says_that_what_was_given_cannot_be_taken_back(open_screen, busy):
    key = bring_story(busy.services)
    busy.services.sharing.choose(key, True)
    end_consent(busy.services, key)
    screen = open_screen(key)
    assert "すでに渡したものは戻せません" in texts(screen)


def test_the_changes_are_listed_for_whoever_asks(open_screen, busy):
    key = bring_story(busy.services)
    busy.services.sharing.change(key, "title", "歌のサロン")
    screen = open_screen(key)
    screen.story.page.editions_button.setFocus()
    press(Qt.Key.Key_Return)
    assert "題名（画面で入力）: 歌のサロン" in texts(screen)


def test_the_booklet_and_the_sheet_are_made_from_what_was_chosen(open_screen, busy):
    keys = [bring_story(busy.services, EAST, number) for number in range(2)]
    for key in keys:
        busy.services.sharing.choose(key, True)
    screen = open_screen()
    press_letter(Qt.Key.Key_J)
    assert screen.title() == "成果事例集　2件"
    assert screen.booklet.view.page_count() >= 2
    press_letter(Qt.Key.Key_B)
    press_letter(Qt.Key.Key_K)
    assert screen.leaflet.panel.view.page_count() == 1
    screen.leaflet.second.setCurrentIndex(2)
    screen.leaflet.second.activated.emit(2)
    assert screen.leaflet.panel.view.page_count() == 1


def test_the_districts_that_lack_a_story_are_named_first(open_screen, busy):
    key = bring_story(busy.services)
    busy.services.sharing.choose(key, True)
    screen = open_screen()
    press_letter(Qt.Key.Key_D)
    assert "次に返事をするときに届きます" in texts(screen)
    assert "まだ届いていない事例があるのは3地区です" in texts(screen)
    assert screen.deliveries.list.rows()[-1].cells[0] == "みほん東地区部会"
