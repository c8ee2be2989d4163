"""返事を渡す: answers are written, read back and compared; receipts are printed."""

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.ward.answers_screen import AnswersScreen
from shakyo_desktop.gui.ward.targets import ReceiptOf
from tests.gui.keys import press
from tests.gui.ward.looking import cells, row_of
from tests.gui.ward.world import SOUTH, YEAR


@pytest.fixture
def stick(tmp_path):
    """A folder in the place of a USB stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def screen(busy, shown):
    """The screen over the ward in September: one answer was handed over, one was not."""
    made = shown(AnswersScreen(busy))
    made.enter()
    return made


def choose_folder(screen, folder, monkeypatch):
    """Choose a folder with the button beside the sticks."""
    monkeypatch.setattr(choosers, "choose_folder", lambda *_args, **_named: folder)
    screen.writer.picker.folder_button.click()


def test_answers_that_wait_come_first(screen):
    assert "まだ渡していない返事 1件" in screen._note.text()
    names = [row.cells[0] for row in screen.list.rows()]
    assert names == ["みほん南地区部会", "みほん東地区部会"]
    assert row_of(screen.list, "みほん南地区部会")[1:3] == ["✓ 確定", "2026-0001"]


def test_without_a_place_it_says_what_is_missing(screen):
    screen.all_button.click()
    assert "保存する場所がまだ選ばれていません" in screen.messages.text()


def test_what_waits_is_written_and_marked(screen, stick, monkeypatch):
    choose_folder(screen, stick, monkeypatch)
    screen.all_button.setFocus()
    press(Qt.Key.Key_Return)
    assert [file.name for file in stick.iterdir()] == ["999999-03-answer-2026-0001.shakyo"]
    assert "返事のファイル1件を保存し、読み直して同じであることを確かめました" in screen.messages.text()
    assert row_of(screen.list, "みほん南地区部会")[4] == "✓ R8.9.12"
    screen.all_button.click()
    assert "まだ渡していない返事はありません" in screen.messages.text()


def test_one_answer_can_be_written_again_and_is_the_same(screen, stick, monkeypatch):
    choose_folder(screen, stick, monkeypatch)
    screen.one_button.click()
    file = next(stick.iterdir())
    first = file.read_bytes()
    screen.one_button.click()
    assert file.read_bytes()[:20] == first[:20]
    assert [one.name for one in stick.iterdir()] == [file.name]


def test_a_stick_that_is_gone_loses_nothing_and_can_be_tried_again(screen, stick, monkeypatch, busy):
    choose_folder(screen, stick, monkeypatch)
    stick.rmdir()
    screen.all_button.click()
    assert "もう一度" in screen.messages.action_button.words()
    assert any(row.written_at is None for row in busy.services.answers.ready(YEAR))
    stick.mkdir()
    screen.messages.action_button.click()
    assert all(row.written_at is not None for row in busy.services.answers.ready(YEAR))


def test_a_receipt_is_shown_and_printed(screen, busy):
    screen.list.select_key(screen.list.rows()[0].key)
    screen.receipt_button.click()
    assert screen.title() == "受領証　みほん南地区部会"
    assert screen.receipt.view.page_count() >= 1
    screen.receipt.view.print_button.click()
    assert busy.printer.printed == [("受領証", screen.receipt.view.page_count(), "みほんプリンター")]
    screen.back_button.click()
    assert screen.title() == "返事を渡す"
    assert "みほん南地区部会" in cells(screen.list)


def test_another_screen_can_ask_for_a_receipt(busy, shown):
    package_id = next(row.package_id for row in busy.services.review.overview(YEAR) if row.org == SOUTH)
    screen = shown(AnswersScreen(busy))
    screen.enter()
    screen.show_target(ReceiptOf(package_id))
    assert screen.title() == "受領証　みほん南地区部会"
    assert screen.receipt.view.page_count() >= 1
