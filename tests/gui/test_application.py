"""The whole program: from the start to the window and back, one instance, nothing lost at the end."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.gui.application import Application
from shakyo_desktop.gui.session import Session
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.theme import TextSize, look
from shakyo_desktop.gui.start.damage_pages import DamagePage, ResultPage
from shakyo_desktop.services.founding import found_practice
from shakyo_desktop.services.practice_folder import practice_folder
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.key_slots import open_with_key_file
from tests.damage import flip, root_of
from tests.gui.keys import commit_composed, focus, press, press_letter
from tests.gui.loop_world import YEAR, Loop, moment

Run = Callable[..., Application]


@pytest.fixture
def run(qtbot: QtBot, tmp_path: Path) -> Iterator[Run]:
    """Starts the program over a folder and ends it."""
    running: list[Application] = []

    def start(clock: Callable[[], datetime] = moment, **options: bool) -> Application:
        application = Application(
            tmp_path / "data", open_services, printer=RecordingPrinter(), clock=clock, **options
        )
        running.append(application)
        application.begin()
        return application

    yield start
    for application in running:
        if application.session is not None:
            application.session.window.close()
        application.start.window.close()
        application.end()
    QCoreApplication.processEvents()


def session_of(application: Application, qtbot: QtBot) -> Session:
    """The main window, once it is there."""
    qtbot.waitUntil(lambda: application.session is not None)
    session = application.session
    assert session is not None
    session.window.activateWindow()
    qtbot.waitUntil(session.window.isActiveWindow)
    return session


def test_practice_is_marked_begun_anew_and_left(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    found_practice(practice_folder(tmp_path / "data"), clock=moment)
    application = run(practice=True)
    session = session_of(application, qtbot)
    assert "練習" in session.window.windowTitle()
    session.window.show_screen("settings")
    settings = session.window.screen_of("settings")
    settings.practice_reset_requested.emit()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: application.start.window.isVisible() and application.session is None)
    page = application.start.window.current()
    qtbot.waitUntil(lambda: hasattr(application.start.window.current(), "buttons"))
    page = application.start.window.current()
    page.chosen.emit("ward")  # type: ignore[union-attr]
    again = session_of(application, qtbot)
    assert again.services.settings.identity().role == "ward"
    again.practice_left.emit()
    qtbot.waitUntil(lambda: application.session is None and application.start.window.isVisible())


def test_what_is_being_typed_is_stored_when_the_window_closes(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    found_practice(tmp_path / "data", clock=moment)
    application = run()
    session = session_of(application, qtbot)
    plan = "chiba-shakyo-7"
    session.window.show_screen("items", (plan, 9, "outcome"))
    qtbot.waitUntil(lambda: focus().inherits("QTextEdit"))
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    commit_composed("閉じる直前に書いた文")
    with qtbot.waitSignal(session.closed):
        session.window.close()
    status = session.services.recording.status_for(2026, plan, 9)
    assert status.outcome == "閉じる直前に書いた文"


def test_the_text_size_of_the_store_is_used_from_the_first_moment(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    found_practice(tmp_path / "data", clock=moment)
    services = open_services(tmp_path / "data", clock=moment)
    services.settings.set_text_size("large")
    services.close()
    session_of(run(), qtbot)
    assert look().text_size is TextSize.LARGE


def test_another_year_is_read_by_the_screen_that_is_shown(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    found_practice(tmp_path / "data", clock=moment)
    session = session_of(run(), qtbot)
    home = session.window.screen_of("home")
    qtbot.waitUntil(lambda: "令和8年度" in home.title())  # type: ignore[attr-defined]
    years = session.window.header.years
    years.setFocus()
    press(Qt.Key.Key_Up)
    assert "令和8年度" in years.currentText()  # the list is open; nothing changed yet
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(years.view(), key)
    qtbot.waitUntil(lambda: "令和7年度" in home.title())  # type: ignore[attr-defined]


def test_ctrl_n_writes_a_new_activity_from_anywhere(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    found_practice(tmp_path / "data", clock=moment)
    session = session_of(run(), qtbot)
    session.window.show_screen("settings")
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.window.current_key == "diary")


def test_a_crash_is_shown_over_the_window_and_can_be_copied(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    found_practice(tmp_path / "data", clock=moment)
    application = run()
    session = session_of(application, qtbot)
    application.reports.reported.emit("shakyo_desktop 0\nValueError")
    panel = application._panels[session.window]
    assert panel.isVisible()
    press(Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "shakyo_desktop 0\nValueError"
    panel.close_button.click()
    assert not panel.isVisible()


@pytest.mark.usefixtures("quick_passphrases")
def test_a_locked_store_is_asked_for_before_the_window(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    found_practice(tmp_path / "data", clock=moment)
    services = open_services(tmp_path / "data", clock=moment)
    services.settings.add_passphrase("はなみずきの咲く通り")
    services.settings.ask_at_start()
    services.close()
    application = run()
    window = application.start.window
    qtbot.waitUntil(window.isVisible)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and window.current().__class__.__name__ == "SecretPage")
    window.current().focus_first()  # type: ignore[union-attr]
    commit_composed("はなみずきの咲く通り")
    press_letter(Qt.Key.Key_N)
    session_of(application, qtbot)


def program(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person's computer does."""
    return subprocess.run(
        [sys.executable, "-m", "shakyo_desktop", "--data", str(folder), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )


def test_the_program_says_when_it_takes_input(tmp_path: Path) -> None:
    found_practice(tmp_path / "data", clock=moment)
    done = program(tmp_path / "data", "--exit-when-ready")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ready_ms"] > 0


def test_the_first_start_takes_input_too(tmp_path: Path) -> None:
    done = program(tmp_path / "data", "--exit-when-ready")
    assert json.loads(done.stdout)["ready_ms"] > 0


def test_damage_met_at_work_is_said_and_leads_to_what_can_be_done(
    loop: Loop, run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(loop.written, tmp_path / "data"))
    store = folder / DATABASE_FILE
    flip(store, root_of(store, open_with_key_file(folder), "item_statuses"))
    application = run()
    session = session_of(application, qtbot)  # reading the year meets the page
    qtbot.waitUntil(
        lambda: "こわれたところが見つかりました" in session.window.messages.text(), timeout=15_000
    )
    QTest.keyClick(session.window.messages.action_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(application.start.window.current(), DamagePage))
    assert application.session is None
    application.start.window.activateWindow()
    qtbot.waitUntil(application.start.window.isActiveWindow)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(application.start.window.current(), ResultPage))


def test_a_clock_that_restarted_is_said_and_the_year_stays(
    loop: Loop, run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    shutil.copytree(loop.written, tmp_path / "data")
    application = run(clock=lambda: datetime(2000, 1, 1, tzinfo=UTC))
    session = session_of(application, qtbot)
    qtbot.waitUntil(lambda: "このパソコンの時計が" in session.window.messages.text())
    assert session.fiscal_year() == YEAR
