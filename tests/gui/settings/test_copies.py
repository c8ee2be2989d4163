"""設定・控え → 控え: what was copied by itself, another place for it, going back, all by keyboard."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.gui.settings.copy_section import CopySection
from shakyo_desktop.gui.settings.settings_screen import SettingsScreen
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.copy_rounds import copies_of
from shakyo_desktop.services.drives import DriveService
from shakyo_desktop.services.registry import Services
from tests.gui.keys import focus, press, press_letter
from tests.gui.loop_world import Loop
from tests.services.test_copy_place import Sticks

ENTER = Qt.Key.Key_Return


@pytest.fixture
def sticks() -> Sticks:
    """The sticks of the computer."""
    return Sticks()


@pytest.fixture
def services(loop: Loop, tmp_path: Path, sticks: Sticks) -> Iterator[Services]:
    """みほん東 with its year, on a computer with these sticks."""
    opened = loop.open_copy("written", tmp_path)
    drives = DriveService(sticks)
    yield replace(opened, drives=drives, copies=copies_of(opened.context, drives, opened.backup))
    opened.close()


@pytest.fixture
def screen(services: Services, shown: Callable[[QWidget], QWidget]) -> SettingsScreen:
    """Its settings at the copies."""
    made = SettingsScreen(services, ImmediateWorker(), RecordingPrinter())
    made.resize(1366, 688)
    shown(made)
    made.enter()
    made.show_target("copies")
    return made


def part_of(screen: SettingsScreen) -> CopySection:
    """The part that is shown."""
    part = screen.section("copies")
    assert isinstance(part, CopySection)
    return part


def cells(screen: SettingsScreen) -> list[tuple[object, ...]]:
    """What the list says."""
    return [row.cells for row in part_of(screen).generations.list.rows()]


def test_before_the_first_copy_the_list_says_when_it_comes(screen: SettingsScreen) -> None:
    card = part_of(screen).generations
    assert cells(screen) == []
    assert "5分ほどで作ります" in card.list._empty_text
    assert not card.restore_button.isVisible()
    assert "まだ決めていません" in part_of(screen)._place.text()


def test_a_copy_is_made_at_once_and_listed_as_checked(screen: SettingsScreen, services: Services) -> None:
    part_of(screen).generations.make_button.setFocus()
    press(Qt.Key.Key_Space)
    assert "控えを作り、確かめました" in screen.messages.text()
    assert cells(screen) == [
        ("令和8年9月12日 14:00", "このパソコン", CopyReason.ASKED.label, "✓ 確かめました")
    ]
    assert services.copies.generations.newest_good() is not None


def test_what_is_in_no_copy_yet_and_what_failed_is_said_calmly(
    screen: SettingsScreen, services: Services
) -> None:
    services.copies.round()
    services.settings.set_person_name("見本 次郎")
    services.copies.generations._free = lambda _folder: 0
    services.copies.round()
    services.copies.generations.kept_fewer = True
    part_of(screen).load()
    notes = part_of(screen).generations._notes.text()
    assert "そのあとに書いた分" in notes
    assert "空きが少ない" in notes
    assert "作れませんでした" in notes
    assert screen.messages.text() == ""


def test_a_bad_copy_is_named_in_words(screen: SettingsScreen, services: Services) -> None:
    made = services.copies.generations.make(CopyReason.CHANGED)
    made.path.write_bytes(made.path.read_bytes()[:-40])
    part_of(screen).load()
    [row] = part_of(screen).generations.list.rows()
    assert (row.cells[3], row.tone) == ("× こわれています", "problem")


def test_going_back_to_a_copy_is_asked_for_with_its_file(screen: SettingsScreen, services: Services) -> None:
    services.copies.round()
    part_of(screen).load()
    wanted: list[object] = []
    screen.restore_requested.connect(wanted.append)
    card = part_of(screen).generations
    press_letter(Qt.Key.Key_R)
    assert wanted == []
    assert "一覧から選んでください" in screen.messages.text()
    assert focus() is card.list
    press(Qt.Key.Key_Down)
    press(ENTER)
    newest = services.copies.generations.newest_good()
    assert newest is not None
    assert wanted == [newest.path]


def test_a_stick_is_chosen_once_and_caught_up_when_it_is_seen_again(
    screen: SettingsScreen, services: Services, sticks: Sticks, tmp_path: Path
) -> None:
    stick = sticks.plug(tmp_path / "E")
    part = part_of(screen)
    part.load()
    part.always_button.setFocus()
    press(Qt.Key.Key_Space)
    assert "この場所にも自動で控えます" in screen.messages.text()
    assert cells(screen)[0][1] == "このパソコン、外の場所"
    assert "みどりのUSB" in part._place.text()
    sticks.drives = []
    stick.rename(tmp_path / "F")
    part.load()
    assert "今は見つかりません（令和8年9月12日 14:00に見たのが最後です）" in part._place.text()
    services.settings.set_person_name("見本 次郎")
    services.copies.round()
    part.load()
    assert [row[1] for row in cells(screen)] == ["このパソコン", "このパソコン"]
    sticks.plug(tmp_path / "F")
    services.copies.round()
    part.load()
    assert [row[1] for row in cells(screen)] == ["このパソコン、外の場所"] * 2
    part.never_button.setFocus()
    press(Qt.Key.Key_Space)
    assert "まだ決めていません" in part._place.text()
    assert len(list((tmp_path / "F").glob("hikae-*/*.hikae"))) == 2


def test_a_place_has_to_be_chosen_first_and_one_in_the_data_folder_is_none(
    screen: SettingsScreen, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = part_of(screen)
    press_letter(Qt.Key.Key_L)
    assert "選ばれていません" in screen.messages.text()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: services.settings.data_dir())
    part.picker.folder_button.click()
    press_letter(Qt.Key.Key_L)
    assert "データのフォルダーの中" in screen.messages.text()
    assert services.copies.place.place() is None


def test_an_old_copy_outside_is_a_friendly_word_that_can_be_put_aside(services: Services) -> None:
    late = replace(services.context, clock=lambda: services.context.clock() + timedelta(days=400))
    copies = copies_of(late, services.drives, services.backup)
    text, place = copies.word()
    assert "まだありません" in text
    copies.put_aside(place)
    assert copies.word() == ("", "")
