"""前の年度: a table is chosen, looked at and taken in with the keyboard, and taken back whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.gui.settings.earlier_section import EarlierSection
from shakyo_desktop.gui.settings.settings_screen import SettingsScreen
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.founding import found_practice
from shakyo_desktop.services.registry import Services
from tests.documents.workbooks import workbook_of
from tests.gui.keys import press
from tests.gui.loop_world import moment

HEAD = ["項目番号", "実施状況", "開催回数", "成果"]
YEAR = 2023


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A district in practice."""
    found_practice(tmp_path / "data", clock=moment)
    opened = open_services(tmp_path / "data", clock=moment)
    yield opened
    opened.close()


@pytest.fixture
def screen(services: Services, shown: Callable[[QWidget], QWidget]) -> SettingsScreen:
    """Its settings at 前の年度, with 令和5年度 chosen."""
    made = SettingsScreen(services, ImmediateWorker(), RecordingPrinter())
    shown(made)
    made.show_target("earlier")
    section = part_of(made)
    section.years.setCurrentIndex(section.years.findData(YEAR))
    return made


def part_of(screen: SettingsScreen) -> EarlierSection:
    section = screen.section("earlier")
    assert isinstance(section, EarlierSection)
    return section


def choose(screen: SettingsScreen, folder: Path, monkeypatch: pytest.MonkeyPatch, *rows: list[str]) -> None:
    path = folder / "前の年度.xlsx"
    path.write_bytes(workbook_of({"取組項目": [HEAD, *rows]}))
    monkeypatch.setattr(choosers, "choose_file", lambda *_: path)
    part_of(screen).table_button.setFocus()
    press(Qt.Key.Key_Space)


def outcome_of(services: Services) -> str:
    """成果 of item 6 as this year's page shows it beside its own."""
    before = services.recording.open_year(YEAR + 1).last_year.item_statuses
    return next(one.outcome for one in before if one.item_number == 6)


def test_a_table_is_looked_at_taken_in_and_taken_back_by_keys(screen, services, tmp_path, monkeypatch):
    part = part_of(screen)
    changed: list[bool] = []
    screen.records_changed.connect(lambda: changed.append(True))
    choose(screen, tmp_path, monkeypatch, ["6", "一部実施", "12", "見守りの人が増えた"])
    assert QApplication.focusWidget() is part.list
    assert "新しく入る値 3件" in part.summary.text()
    assert "まだ何も変わっていません" in part.summary.text()
    assert not part.rule.isVisible()
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is part.leave_button
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert "令和5年度に、1件の記録の3個の値を取り込みました" in screen.messages.text()
    assert outcome_of(services) == "見守りの人が増えた"
    part.undo_button.setFocus()
    press(Qt.Key.Key_Space)
    assert "元に戻しました" in screen.messages.text()
    assert outcome_of(services) == ""
    assert changed == [True, True]
    assert not part.undo_button.isVisible()


def test_a_cell_that_cannot_be_used_is_shown_by_its_place_and_nothing_can_be_taken_in(
    screen, tmp_path, monkeypatch
):
    part = part_of(screen)
    choose(screen, tmp_path, monkeypatch, ["6", "やった", "12"], ["9", "実施"])
    _mark, place, words = part.list.rows()[0].cells
    assert place == "取組項目!B2"
    assert str(words).startswith("実施状況「やった」は使えません。未着手・準備中・実施")
    assert not part.take_button.isVisible()
    part.leave_button.setFocus()
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is part.table_button


def test_a_value_that_differs_is_kept_unless_the_table_is_chosen(screen, services, tmp_path, monkeypatch):
    part = part_of(screen)
    choose(screen, tmp_path, monkeypatch, ["6", "実施", "12", "はじめの成果"])
    part.take_button.click()
    choose(screen, tmp_path, monkeypatch, ["6", "実施", "12", "直した成果"])
    [row] = part.list.rows()
    assert "成果　今「はじめの成果」　表「直した成果」" in str(row.cells[2])
    part.rule.focus_input()
    press(Qt.Key.Key_Right)
    assert part.rule.value() == "replace"
    part.take_button.setFocus()
    press(Qt.Key.Key_Space)
    assert outcome_of(services) == "直した成果"


def test_the_template_is_saved_with_the_years_name(screen, tmp_path, monkeypatch):
    names: list[str] = []

    def choose_path(_parent: QWidget, _title: str, name: str, _pattern: str) -> Path:
        names.append(name)
        return tmp_path / name

    monkeypatch.setattr(choosers, "choose_save_path", choose_path)
    part_of(screen).template_button.setFocus()
    press(Qt.Key.Key_Space)
    assert names == ["前の年度-令和5年度.xlsx"]
    assert (tmp_path / names[0]).stat().st_size > 5_000
    assert "保存しました" in screen.messages.text()


def test_a_file_that_is_no_table_is_told_and_the_choice_stays(screen, tmp_path, monkeypatch):
    path = tmp_path / "写真.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    monkeypatch.setattr(choosers, "choose_file", lambda *_: path)
    part_of(screen).table_button.click()
    assert "古い形式のExcel" in screen.messages.text()
    assert part_of(screen).table_button.isVisible()


def test_without_an_earlier_year_the_page_says_what_is_missing(screen, services):
    part = part_of(screen)
    part._show_years(())
    assert "入れられる前の年度がありません" in part.lead.text()
    assert not part.table_button.isVisible()
