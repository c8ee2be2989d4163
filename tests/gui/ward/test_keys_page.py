"""区の鍵: a change in two steps, one at once, and the office's further computers; all of it by keyboard."""

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.ward.settings.keys_page import KeysPage
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from tests.gui.keys import focus, press, type_text
from tests.gui.ward.looking import cells, texts
from tests.gui.ward.world import KEY_FILE, moment


@pytest.fixture
def page(busy, shown):
    """The page over the ward in September: みほん東 and みほん南 are registered."""
    made = shown(KeysPage(busy))
    made.resize(1170, 590)
    made.enter()
    return made


def press_button(button):
    """Go to a button and press it with the keyboard."""
    button.setFocus()
    press(Qt.Key.Key_Space)


def test_a_key_is_changed_in_two_steps(page, busy, asked):
    found = asked(page)
    old = busy.services.settings.own_keys().key
    assert "取りかえはしていません" in texts(page.change)
    press_button(page.change.begin_button)
    assert "届いた所 0　まだの所 2" in texts(page.change)
    assert "みほん東地区部会、みほん南地区部会" in texts(page.change)
    assert busy.services.settings.own_keys().key == old
    assert focus() is page.messages.action_button
    press(Qt.Key.Key_Return)
    assert found == [("office", "setups")]
    press_button(page.change.finish_button)
    assert focus() is page.change.question.no_button
    assert "まだ届いたかわからない所があります" in texts(page.change)
    press(Qt.Key.Key_Space)
    assert not page.change.question.isVisible()
    assert focus() is page.change.finish_button
    assert busy.services.key_changes.change() is not None
    press_button(page.change.finish_button)
    press_button(page.change.question.yes_button)
    assert busy.services.settings.own_keys().key != old
    assert busy.services.key_changes.change() is None
    assert page.change.begin_button.isVisible()


def test_a_change_can_be_given_up(page, busy):
    old = busy.services.settings.own_keys().key
    press_button(page.change.begin_button)
    press_button(page.change.give_up_button)
    assert "取りかえをやめました" in page.messages.text()
    assert busy.services.settings.own_keys().key == old
    assert page.change.begin_button.isVisible()


def test_a_stolen_key_is_replaced_only_after_a_question(page, busy):
    old = busy.services.settings.own_keys().key
    press_button(page.change.replace_button)
    assert "今の鍵はすぐに使えなくなります" in texts(page.change)
    assert busy.services.settings.own_keys().key == old
    press(Qt.Key.Key_Return)  # the safe answer has the keyboard
    assert busy.services.settings.own_keys().key == old
    press_button(page.change.replace_button)
    page.change.question.yes_button.setFocus()
    press(Qt.Key.Key_Return)  # Enter never presses a button that takes away
    assert busy.services.settings.own_keys().key == old
    press(Qt.Key.Key_Space)
    assert busy.services.settings.own_keys().key != old
    assert "新しい「はじめの設定の控え」（紙）を印刷して" in page.messages.text()


def test_only_the_mailbox_is_made_anew(page, busy):
    before = busy.services.settings.own_keys()
    press_button(page.change.mailbox_button)
    press_button(page.change.question.yes_button)
    after = busy.services.settings.own_keys()
    assert (after.key, after.recipients[0] != before.recipients[0]) == (before.key, True)
    assert before.recipients[0] in after.recipients


def test_a_second_computer_is_added_by_file_and_number_and_removed(page, busy, tmp_path, monkeypatch):
    found_office(tmp_path / "second", FICTIONAL_WARD, "みほん 二台目", KEY_FILE, moment)
    second = open_services(tmp_path / "second", clock=moment)
    name, data = second.further_computers.own_file()
    number = second.settings.check_number()
    second.close()
    file = tmp_path / name
    file.write_bytes(data)
    card = page.computers
    press_button(card.add_button)
    assert "受取口のファイルを選んで" in page.messages.text()
    card.drop.paths_chosen.emit([file])
    assert focus() is card.name.input()
    type_text("9")
    press(Qt.Key.Key_Return)
    assert focus() is card.number.input()
    type_text("111122223333")
    press_button(card.add_button)
    assert "確認番号が合いません" in page.messages.text()
    assert busy.services.further_computers.all() == ()
    card.number.focus_input()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(number)
    press_button(card.add_button)
    assert "2台あてに封をする" in page.messages.text()
    assert "9" in cells(card.list)
    press_button(card.remove_button)
    assert "一覧から選んで" in page.messages.text()
    card.list.setFocus()
    press(Qt.Key.Key_Down)
    press_button(card.remove_button)
    assert "外しました" in page.messages.text()
    [one] = busy.services.further_computers.all()
    assert one.removed_at is not None
    assert not card.remove_button.isVisible()


def test_this_computers_mailbox_is_saved_for_the_first_one(page, tmp_path, monkeypatch):
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: tmp_path / "mailbox.txt")
    press_button(page.computers.own_button)
    assert (tmp_path / "mailbox.txt").read_text(encoding="ascii").startswith("shakyo-mailbox 1\n")
    assert "加えてください" in page.messages.text()
