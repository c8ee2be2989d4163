"""A start flow whose work is done at once, in a window that has the keyboard."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.start.start_flow import StartFlow
from shakyo_desktop.services.registry import Services
from tests.gui.loop_world import Office, make_office, moment


@dataclass
class Start:
    """One start of the program, and what it opened."""

    flow: StartFlow
    printer: RecordingPrinter
    opened: list[Services] = field(default_factory=list)

    def page(self) -> QWidget:
        """The page that is shown."""
        shown = self.flow.window.current()
        assert shown is not None
        return shown


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A ward that gives setup files and slips."""
    return make_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def begin(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Start]]:
    """Begins over a folder, as the program does."""
    begun: list[Start] = []

    def start(folder: Path, **options: bool) -> Start:
        printer = RecordingPrinter()
        flow = StartFlow(ImmediateWorker(), printer, open_services, moment)
        made = Start(flow, printer)
        flow.opened.connect(made.opened.append)
        begun.append(made)
        qtbot.addWidget(flow.window)
        flow.begin(folder, **options)
        if not made.opened:
            flow.window.activateWindow()
            qtbot.waitUntil(flow.window.isActiveWindow)
        return made

    yield start
    for one in begun:
        for services in one.opened:
            services.close()
