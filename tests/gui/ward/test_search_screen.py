"""さがす: real keys, Japanese input, hits in their place, one question after the other."""

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.shared.search_screen import SearchScreen
from shakyo_desktop.gui.ward.search_places import places
from shakyo_desktop.gui.ward.targets import DistrictOf, PracticeOf, ReportOf
from shakyo_desktop.services.search_hits import Found
from tests.gui.keys import commit_composed, compose, press, type_text
from tests.gui.ward.looking import cells, texts
from tests.gui.ward.stories import bring_story
from tests.gui.ward.world import EAST, YEAR


@pytest.fixture
def screen(busy, shown):
    made = shown(SearchScreen(busy.services.search, busy.worker, places(lambda: YEAR)))
    made.resize(1170, 636)
    made.enter()
    made.focus_first()
    settle()
    return made


def ask(screen, text):
    screen.input.setFocus()
    screen.input.selectAll()
    type_text(text)
    settle()


def groups(screen):
    return [row.cells[0].split("　")[0] for row in screen.list.rows() if row.section]


def test_before_anything_is_asked_the_screen_says_how_to_ask(screen):
    assert screen.list.rows() == ()
    assert "言葉の一部" in screen.list._empty_text
    assert not screen.open_button.isVisibleTo(screen)


def test_what_is_typed_is_searched_for_at_once_and_grouped_by_its_place(screen, busy):
    bring_story(busy.services, EAST, 1)
    screen.enter()
    ask(screen, "見守")
    assert groups(screen)[:2] == ["計画の取組項目", "成果事例"]
    row = next(row for row in screen.list.rows() if "登校の" in str(row.cells[-1]))
    assert row.cells == (
        "みほん東地区部会　令和8年度",
        "題名　9 ふれあい・いきいきサロンの促進",
        "登校の【見守】りで顔見知りに",
    )


def test_one_character_and_half_width_kana_are_enough(screen):
    ask(screen, "ｻﾛﾝ")
    assert "【サロン】" in "".join(cells(screen.list))
    ask(screen, "サ")
    assert "【サ】" in "".join(cells(screen.list))


def test_unfinished_japanese_input_is_searched_for_when_it_is_committed(screen):
    screen.input.setFocus()
    compose("みまも")
    settle()
    assert screen.list.rows() == ()
    commit_composed("見守り")
    settle()
    assert "【見守り】" in "".join(cells(screen.list))


def test_enter_goes_to_the_list_and_enter_again_opens_the_place(screen, busy, asked):
    found = asked(screen)
    ask(screen, "東地区部会")
    press(Qt.Key.Key_Return)
    assert screen.list.hasFocus()
    press(Qt.Key.Key_Return)
    assert found == [("overview", DistrictOf(EAST))]


def test_an_activity_opens_its_report_at_its_item(screen, busy, asked):
    found = asked(screen)
    with busy.services.context.database.reading() as stores:
        activity = next(one for one in stores.records.year(EAST, 2026).activities if one.venue)
    ask(screen, activity.venue)
    hit = next(
        row.key for row in screen.list.rows() if not row.section and row.key.found_in is Found.ACTIVITIES
    )
    screen.list.setFocus()
    screen.list.select_key(hit)
    press(Qt.Key.Key_Return)
    [(key, target)] = found
    assert key == "review"
    assert isinstance(target, ReportOf)
    assert target.item == (hit.plan_id, hit.item_number)
    newest = next(row.package_id for row in busy.services.review.overview(2026) if row.org == hit.org)
    assert target.package_id == newest


def test_a_story_opens_on_its_own_screen(screen, busy, asked):
    key = bring_story(busy.services, EAST, 1)
    found = asked(screen)
    screen.enter()
    ask(screen, "登校の見守り")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert found == [("practices", PracticeOf(*key))]


def test_a_request_is_found_by_its_words(screen, asked):
    ask(screen, "お願い")
    ask(screen, "人数")
    kinds = {row.key.found_in for row in screen.list.rows() if not row.section}
    assert Found.REQUESTS in kinds


def test_what_is_nowhere_says_what_to_do_next(screen):
    ask(screen, "ぬぬぬ")
    assert screen.list.rows() == ()
    assert "「ぬぬぬ」は見つかりませんでした" in screen.list._empty_text
    assert "見つかりませんでした" in texts(screen)


def test_escape_goes_back_to_the_question_and_loses_nothing(screen):
    ask(screen, "見守")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert screen.input.hasFocus()
    assert screen.input.text() == "見守"
    assert screen.list.rows()


def test_what_was_typed_while_a_search_ran_is_asked_afterwards(busy, shown, qtbot):
    """With threads as in the program: the last question is the one that is answered."""
    worker = BackgroundWorker()
    screen = shown(SearchScreen(busy.services.search, worker, places(lambda: YEAR)))
    screen.enter()
    screen.input.setFocus()
    for character in "見守り":
        type_text(character)
    qtbot.waitUntil(lambda: "【見守り】" in "".join(cells(screen.list)), timeout=10_000)
    assert screen.input.text() == "見守り"
    assert worker.stop()
