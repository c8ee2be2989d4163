"""ほかの地区の成果事例 at a district: read in comfort, found by item, counted when shared no more."""

import json

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.gui.district.shared_practices_screen import SharedPracticesScreen
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.screenshot import settle
from tests.gui.keys import press, press_letter
from tests.gui.loop_world import EAST
from tests.gui.ward.looking import cells, texts

OTHER = f"{EAST[:-2]}02"


def line(number, item, title):
    return {
        "id": f"01a0{number:04d}-57a0-7e4c-983b-a1e0941c48ec",
        "org": OTHER,
        "fiscal_year": 2026,
        "plan_id": "chiba-shakyo-7",
        "item_number": item,
        "title": title,
        "story": f"{title}の内容です。\n毎月つづけています。",
    }


def bring(services, *lines):
    """The newest answer carries these stories."""
    with services.context.database.transaction() as stores:
        reply = stores.replies.all()[0]
        stores.replies.set_shared_practices(reply.answer_id, lines)


@pytest.fixture
def services(open_district, loop):
    district = open_district("handed_in")
    district.intake.receive([loop.answer])
    return district


@pytest.fixture
def open_screen(services, shown):
    def make():
        screen = shown(SharedPracticesScreen(services, ImmediateWorker()))
        screen.resize(1170, 636)
        screen.enter()
        screen.focus_first()
        settle()
        return screen

    return make


def test_before_anything_came_the_screen_says_how_it_will_come(open_screen):
    assert "まだ届いていません" in texts(open_screen())


def test_a_story_is_read_with_its_district_year_and_item(open_screen, services):
    bring(services, line(1, 9, "歌のサロン"), line(2, 6, "登校の見守り"))
    screen = open_screen()
    assert cells(screen.list)[::2] == ["登校の見守り", "歌のサロン"]
    press(Qt.Key.Key_Down)
    assert screen.text.toPlainText() == "歌のサロンの内容です。\n毎月つづけています。"
    assert "みほん西地区部会　令和8年度　9 ふれあい・いきいきサロンの促進" in texts(screen)
    press(Qt.Key.Key_Return)
    assert screen.text.hasFocus()


def test_stories_are_found_by_their_item(open_screen, services):
    bring(services, line(1, 9, "歌のサロン"), line(2, 6, "登校の見守り"))
    screen = open_screen()
    screen.items.setCurrentIndex(screen.items.findData(9))
    screen.items.activated.emit(2)
    assert cells(screen.list)[::2] == ["歌のサロン"]


def test_the_text_grows_and_shrinks_by_keys(open_screen, services):
    bring(services, line(1, 9, "歌のサロン"))
    screen = open_screen()
    before = screen.text.document().defaultFont().pixelSize()
    press_letter(Qt.Key.Key_L)
    larger = screen.text.document().defaultFont().pixelSize()
    for _ in range(9):
        press_letter(Qt.Key.Key_S)
    smallest = screen.text.document().defaultFont().pixelSize()
    assert smallest < before < larger
    assert smallest >= 16


def test_a_story_that_came_before_this_version_is_shown_without_its_year(open_screen, services):
    old = line(1, 9, "歌のサロン")
    bring(services, {key: old[key] for key in ("id", "org", "item_number", "title", "story")})
    assert "みほん西地区部会　9" in texts(open_screen())


def test_a_story_that_is_shared_no_more_is_counted_and_not_shown(open_screen, services):
    bring(services, line(1, 9, "歌のサロン"))
    with services.context.database.transaction() as stores:
        newest = stores.replies.all()[0]
        connection = stores.replies._connection
        connection.exec_driver_sql(
            "INSERT INTO replies SELECT ?, package_id, manifest, org, office, received_at, result,"
            " receipt_no, '2026-01-01T00:00:00.000000Z', ?, last_seq, written_at, file_name, sealed"
            " FROM replies WHERE answer_id = ?",
            ("older", json.dumps([line(2, 6, "登校の見守り")]), newest.answer_id),
        )
    shown = texts(open_screen())
    assert "登校の見守り" not in shown
    assert "1件は、事務所がいまは紹介していない" in shown
