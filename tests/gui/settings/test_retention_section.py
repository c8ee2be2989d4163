"""保存期間: a year past its time is deleted with the keyboard, and only when its year was typed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.gui.settings.retention_section import RetentionSection
from shakyo_desktop.gui.settings.settings_screen import SettingsScreen
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.founding import found_practice
from shakyo_desktop.services.registry import Services
from tests.gui.keys import press, type_text
from tests.gui.loop_world import moment

LATER = timedelta(days=365 * 8)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A district in practice, whose years of 2025 and 2026 ended long ago."""
    found_practice(tmp_path / "data", clock=moment)
    opened = open_services(tmp_path / "data", clock=lambda: moment() + LATER)
    yield opened
    opened.close()


@pytest.fixture
def screen(services: Services, shown: Callable[[QWidget], QWidget]) -> SettingsScreen:
    made = SettingsScreen(services, ImmediateWorker(), RecordingPrinter())
    shown(made)
    made.show_target("retention")
    return made


def part_of(screen: SettingsScreen) -> RetentionSection:
    section = screen.section("retention")
    assert isinstance(section, RetentionSection)
    return section


def years_of(services: Services) -> list[int]:
    return [one.fiscal_year for one in services.retention.view().past]


def test_a_year_is_chosen_typed_and_deleted_with_the_keyboard(screen, services):
    part = part_of(screen)
    changed: list[bool] = []
    screen.records_changed.connect(lambda: changed.append(True))
    oldest, *others = years_of(services)
    part.typed.focus_input()
    type_text(f"{oldest}")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is part.delete_button
    press(Qt.Key.Key_Space)
    assert "の記録を消しました" in screen.messages.text()
    assert "控えには残っています" in screen.messages.text()
    assert years_of(services) == others
    assert changed == [True]
    assert part.typed.value() in ("", None)
    [row] = part.deleted.rows()
    assert "件" in str(row.cells[2])


def test_a_year_that_is_typed_wrong_stays_and_what_was_typed_too(screen, services):
    part = part_of(screen)
    before = years_of(services)
    part.typed.focus_input()
    type_text("令和30年度")
    part.delete_button.setFocus()
    press(Qt.Key.Key_Space)
    assert "まだ何も消していません" in screen.messages.text()
    assert years_of(services) == before
    assert part.typed.value() == "令和30年度"


def test_without_an_end_nothing_is_offered(screen, services):
    part = part_of(screen)
    assert part.past.rows()
    part.years.focus_input()
    press(Qt.Key.Key_Right)
    assert services.retention.view().years == 7
    part.years.put_value("0")
    assert services.retention.view().years == 0
    assert part.past.rows() == ()
    assert not part.delete_button.isVisible()


def test_a_year_that_is_not_past_is_said_with_its_day(screen, services):
    part = part_of(screen)
    part.years.put_value("10")
    assert part.past.rows() == ()
    assert services.retention.view().kept


def test_the_note_is_shown_and_printed(screen, services):
    part = part_of(screen)
    assert not part.paper_button.isVisible()
    part.typed.set_value(str(years_of(services)[0]))
    part.delete_button.click()
    part.paper_button.setFocus()
    press(Qt.Key.Key_Space)
    assert part.panel.isVisible()
