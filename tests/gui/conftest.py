"""What tests of the window share: the program's look, and a window that has the keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.gui.main_window import MainWindow
from shakyo_desktop.gui.shared.page import Screen
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.shared.theme import TextSize, apply_theme, look
from shakyo_desktop.gui.start.start_window import StartWindow
from tests.gui.loop_world import Loop, make_loop, make_office

OFFSCREEN_SAYS = r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what Qt's offscreen platform says about every window; all else fails a test."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS))


@pytest.fixture(autouse=True)
def _look_of_the_program(qapp: QApplication) -> None:
    """Every test begins with the standard look; a test may change it."""
    if look().text_size != TextSize.STANDARD or look().high_contrast or not qapp.styleSheet():
        apply_theme(qapp, high_contrast=False)


@pytest.fixture(scope="module", autouse=True)
def _no_window_is_left(qapp: QApplication) -> Iterator[None]:
    """A change of the look is worked out for every widget there is, those of earlier modules too."""
    yield
    for widget in qapp.topLevelWidgets():
        if isinstance(widget, Screen | StartWindow | MainWindow):
            widget.deleteLater()
    settle()


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Show a widget as an active window, so that real key events reach what has the focus."""

    kept: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show


@pytest.fixture(scope="session")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    """One round between みほん区 and みほん東地区部会."""
    folder = tmp_path_factory.mktemp("loop")
    (folder / "office").mkdir()
    return make_loop(folder, make_office(folder / "office"))
