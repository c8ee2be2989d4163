"""設定・控え: everything takes effect at once and says what it did."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.gui.settings.about_section import AboutSection
from shakyo_desktop.gui.settings.copy_section import CopySection
from shakyo_desktop.gui.settings.lock_section import LockSection
from shakyo_desktop.gui.settings.look_section import LookSection
from shakyo_desktop.gui.settings.office_key_section import OfficeKeySection
from shakyo_desktop.gui.settings.place_section import PlaceSection
from shakyo_desktop.gui.settings.settings_screen import SettingsScreen
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.theme import TextSize, look, size
from shakyo_desktop.services.founding import found_practice
from shakyo_desktop.services.registry import Services
from tests.gui.keys import commit_composed, focus, press, type_text
from tests.gui.loop_world import moment

ENTER = Qt.Key.Key_Return


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A district in practice."""
    found_practice(tmp_path / "data", clock=moment)
    opened = open_services(tmp_path / "data", clock=moment)
    yield opened
    opened.close()


@pytest.fixture
def screen(services: Services, shown: Callable[[QWidget], QWidget]) -> SettingsScreen:
    """Its settings, with the keyboard on the first part."""
    made = SettingsScreen(services, ImmediateWorker(), RecordingPrinter(), practice=True)
    shown(made)
    made.enter()
    made.focus_first()
    return made


def test_text_size_is_changed_for_the_whole_program_at_once_and_kept(
    screen: SettingsScreen, services: Services
) -> None:
    screen.show_target("look")
    part = screen.section("look")
    assert isinstance(part, LookSection)
    part.text_size.focus_input()
    press(Qt.Key.Key_Right)
    assert look().text_size is TextSize.LARGE
    assert size(44) > 44
    assert services.settings.text_size() == "large"
    press(Qt.Key.Key_Left)
    assert look().text_size is TextSize.STANDARD


def test_another_screen_opens_a_part_with_the_keyboard_on_it(screen: SettingsScreen) -> None:
    screen.show_target("retention")
    assert focus() is screen.parts.input()
    assert screen.parts.value() == "retention"


def test_the_name_is_kept_when_the_field_is_left(screen: SettingsScreen, services: Services) -> None:
    screen.show_target("look")
    part = screen.section("look")
    assert isinstance(part, LookSection)
    part.name.focus_input()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    commit_composed("見本 次郎")
    press(Qt.Key.Key_Tab)
    assert services.settings.identity().person_name == "見本 次郎"


def test_an_empty_name_is_refused_and_the_old_one_stays(screen: SettingsScreen, services: Services) -> None:
    before = services.settings.identity().person_name
    screen.show_target("look")
    part = screen.section("look")
    assert isinstance(part, LookSection)
    part.name.focus_input()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Tab)
    assert screen.messages.kind == "problem"
    assert services.settings.identity().person_name == before


def test_a_passphrase_protects_an_open_store(screen: SettingsScreen, services: Services) -> None:
    screen.show_target("lock")
    part = screen.section("lock")
    assert isinstance(part, LockSection)
    assert part._warning.isVisible()
    part.ask_button.click()
    assert "先に合い言葉を決めてください" in screen.messages.text()
    part.first.focus_input()
    commit_composed("はなみずきの咲く通り")
    press(ENTER)
    commit_composed("はなみずきの咲く通り")
    part.set_button.click()
    assert part.first.value() == ""
    part.ask_button.click()
    assert {way.kind for way in services.settings.lock_ways()} == {"passphrase", "recovery"}
    assert not part._warning.isVisible()


def test_two_different_passphrases_are_not_taken(screen: SettingsScreen, services: Services) -> None:
    screen.show_target("lock")
    part = screen.section("lock")
    assert isinstance(part, LockSection)
    part.first.focus_input()
    commit_composed("はなみずきの咲く通り")
    press(ENTER)
    commit_composed("はなみずきの咲くころ")
    part.set_button.click()
    assert screen.messages.kind == "problem"
    assert part.first.value() == "はなみずきの咲く通り"
    assert "passphrase" not in {way.kind for way in services.settings.lock_ways()}


def test_a_copy_is_made_in_a_folder_and_remembered(
    screen: SettingsScreen, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.show_target("copies")
    part = screen.section("copies")
    assert isinstance(part, CopySection)
    part.copy_button.click()
    assert "選ばれていません" in screen.messages.text()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: tmp_path)
    part.picker.folder_button.click()
    part.copy_button.click()
    assert "読み直して確かめました" in screen.messages.text()
    last = services.backup.last()
    assert last is not None
    assert (tmp_path / last.file_name).is_file()
    assert last.file_name in part._last.text()


def test_the_place_is_copied_and_the_store_examined(screen: SettingsScreen, services: Services) -> None:
    screen.show_target("place")
    part = screen.section("place")
    assert isinstance(part, PlaceSection)
    part.copy_button.click()
    assert QGuiApplication.clipboard().text() == str(services.settings.data_dir())
    part.examine_button.click()
    assert len(part.findings.rows()) >= 4


def test_the_record_of_a_diagnosis_is_saved(
    screen: SettingsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.show_target("place")
    part = screen.section("place")
    assert isinstance(part, PlaceSection)
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: tmp_path / "diagnosis.zip")
    part.bundle_button.click()
    assert (tmp_path / "diagnosis.zip").read_bytes().startswith(b"PK")


def test_a_new_office_key_needs_file_and_number(
    screen: SettingsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.show_target("office_key")
    part = screen.section("office_key")
    assert isinstance(part, OfficeKeySection)
    part.accept_button.click()
    assert "設定ファイルを選んで" in screen.messages.text()
    wrong = tmp_path / "setup-1.shakyo"
    wrong.write_bytes(b"hello")
    monkeypatch.setattr(choosers, "choose_file", lambda *_: wrong)
    part.drop.button.click()
    part.accept_button.click()
    assert "12けた" in screen.messages.text()
    part.number.focus_input()
    type_text("123456789012")
    part.accept_button.click()
    assert screen.messages.kind == "problem"


def test_every_licence_can_be_read(screen: SettingsScreen) -> None:
    screen.show_target("about")
    part = screen.section("about")
    assert isinstance(part, AboutSection)
    assert len(part.names.rows()) > 10
    assert all(text.strip() for text in part._texts.values())
    part.names.setFocus()
    press(Qt.Key.Key_Down)
    assert "SIL" in part.text.toPlainText() or "Open Font" in part.text.toPlainText()


def test_the_recovery_sheet_of_practice_says_why_there_is_none(screen: SettingsScreen) -> None:
    screen.show_target("lock")
    part = screen.section("lock")
    assert isinstance(part, LockSection)
    part.sheet_button.click()
    assert "復旧シートの文字は" in screen.messages.text()


def test_practice_offers_its_end_and_its_beginning(screen: SettingsScreen, qtbot) -> None:
    part = screen.section("practice")
    with qtbot.waitSignal(screen.practice_left):
        part.leave_button.click()  # type: ignore[attr-defined]
    with qtbot.waitSignal(screen.practice_reset_requested):
        part.reset_button.click()  # type: ignore[attr-defined]


def test_real_work_has_no_practice_part(services: Services, qtbot) -> None:
    screen = SettingsScreen(services, ImmediateWorker(), RecordingPrinter())
    qtbot.addWidget(screen)
    with pytest.raises(KeyError):
        screen.section("practice")


def test_the_keys_of_this_computer_are_made_anew_after_a_question(
    screen: SettingsScreen, services: Services
) -> None:
    screen.show_target("lock")
    part = screen.section("lock")
    assert isinstance(part, LockSection)
    old = services.settings.own_keys()
    part.own_key.renew_button.setFocus()
    press(Qt.Key.Key_Space)
    assert part.own_key.no_button.hasFocus()
    press(ENTER)
    assert services.settings.own_keys() == old
    part.own_key.renew_button.setFocus()
    press(Qt.Key.Key_Space)
    part.own_key.yes_button.setFocus()
    press(Qt.Key.Key_Space)
    new = services.settings.own_keys()
    assert new.key != old.key
    assert set(old.recipients) < set(new.recipients)
    assert "「前の登録を終わる」に印を付けて" in screen.messages.text()


def test_a_new_recovery_sheet_is_used_once_it_was_typed_back(
    screen: SettingsScreen, services: Services
) -> None:
    screen.show_target("lock")
    part = screen.section("lock")
    assert isinstance(part, LockSection)
    card = part.new_sheet
    card.begin_button.setFocus()
    press(Qt.Key.Key_Space)
    assert card.panel.view.page_count() == 1
    assert card.panel.view.print_button.hasFocus()
    sheet = card.sheet()
    card.use_button.setFocus()
    press(Qt.Key.Key_Space)
    assert "前の復旧シートが、今も使えます" in screen.messages.text()
    assert card.text.input().hasFocus()
    for typed, said in (("みほん", "読み取れません"), (sheet.text[16:].lower(), "替わりました")):
        card.text.focus_input()
        press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_text(typed)
        card.use_button.setFocus()
        press(Qt.Key.Key_Space)
        assert said in screen.messages.text()
    assert services.settings.recovery_sheet().text == sheet.text
    assert not card.text.isVisible()


def test_a_new_sheet_that_was_begun_is_forgotten_when_one_goes_elsewhere(
    screen: SettingsScreen, services: Services
) -> None:
    screen.show_target("lock")
    part = screen.section("lock")
    assert isinstance(part, LockSection)
    part.new_sheet.begin_button.click()
    part.new_sheet.stop_button.click()
    assert "いま印刷した紙は使えません" in screen.messages.text()
    part.new_sheet.begin_button.click()
    screen.show_target("look")
    screen.show_target("lock")
    assert part.new_sheet.sheet() is None
    assert not part.new_sheet.text.isVisible()
