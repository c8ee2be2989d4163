"""Copies by themselves: beside the work, and once more when the window has closed."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.gui import copy_clock
from shakyo_desktop.gui.copy_clock import ROUNDS_BETWEEN, CopyClock
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared.background import BackgroundWorker, Task
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.file_calls import FileCalls
from shakyo_desktop.services.generations import list_generations
from shakyo_desktop.services.registry import Services
from tests.gui.keys import press
from tests.gui.loop_world import Loop

Open = Callable[[Services], Session]


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[BackgroundWorker]:
    """Real threads."""
    made = BackgroundWorker()
    yield made
    made.stop()


@pytest.fixture
def services(loop: Loop, tmp_path: Path) -> Iterator[Services]:
    """みほん東 with its year."""
    opened = loop.open_copy("written", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def open_session(qtbot: QtBot, worker: BackgroundWorker) -> Open:
    """Opens the window over a store."""

    def open_it(services: Services) -> Session:
        session = Session(services, read_facts(services), worker, RecordingPrinter())
        session.start()
        session.window.show()
        session.window.activateWindow()
        qtbot.waitUntil(session.window.isActiveWindow)
        return session

    return open_it


def numbers(services: Services) -> list[tuple[int, str]]:
    found = list_generations(services.settings.data_dir())
    return [(one.number, one.reason.value) for one in found]


def test_a_round_makes_a_copy_beside_the_work_and_not_every_one_does(
    services: Services, worker: BackgroundWorker, qtbot: QtBot
) -> None:
    clock = CopyClock(services.copies, worker, worker)
    made = []
    for _ in range(ROUNDS_BETWEEN + 1):
        clock.round()
        clock.round()  # one is under way: nothing happens
        qtbot.waitUntil(lambda: clock._task is None)
        made.append(len(numbers(services)))
        services.settings.set_person_name(f"見本 {len(made)}郎")
    assert made == [1] * ROUNDS_BETWEEN + [2]


def test_closing_the_window_copies_what_is_in_no_copy_yet(services: Services, open_session: Open) -> None:
    session = open_session(services)
    services.settings.set_person_name("見本 次郎")
    session.end()
    assert numbers(services) == [(1, CopyReason.CLOSING.value)]


def test_practice_is_not_copied(services: Services, open_session: Open) -> None:
    with services.context.database.transaction() as stores:
        stores.settings.set("practice", True)
    open_session(services).end()
    assert numbers(services) == []


def test_the_first_screen_says_what_a_restored_store_does_not_know_until_it_is_put_aside(
    services: Services, open_session: Open, qtbot: QtBot
) -> None:
    with services.context.database.transaction() as stores:
        at = "2026-09-12T05:00:00+00:00"
        stores.settings.set("restored", {"at": at, "made_at": at})
    session = open_session(services)
    bar = session.window.messages
    qtbot.waitUntil(lambda: "控えから戻しました" in bar.text())
    bar.close_button.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: services.copies.word() == ("", ""))
    session.end()


class HeldCalls(FileCalls):
    """Holds a copy in the middle of its writing until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()

    def write(self, file: int, data: memoryview) -> int:
        self.begun.set()
        assert self.go.wait(10)
        return super().write(file, data)


def test_closing_while_a_copy_is_written_ends_it_and_leaves_nothing_half_written(
    services: Services, worker: BackgroundWorker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldCalls()
    monkeypatch.setattr(services.copies.generations, "_calls", held)
    clock = CopyClock(services.copies, worker, worker)
    clock.start()
    clock.round()
    qtbot.waitUntil(held.begun.is_set)
    stop = Task.cancel
    monkeypatch.setattr(Task, "cancel", lambda task: (stop(task), held.go.set()))
    clock.finish()
    assert numbers(services) == [(1, CopyReason.CLOSING.value)], "the round's own copy was given up"
    assert [path.suffix for path in services.copies.generations.folder.iterdir()] == [".hikae"]


def test_closing_does_not_wait_for_ever_for_a_medium_that_does_not_answer(
    services: Services, worker: BackgroundWorker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldCalls()
    monkeypatch.setattr(services.copies.generations, "_calls", held)
    monkeypatch.setattr(copy_clock, "_LONGEST_END", 0.05)
    clock = CopyClock(services.copies, worker, worker)
    clock.start()
    clock.round()
    qtbot.waitUntil(held.begun.is_set)
    clock.finish()
    services.close()  # as the window does next
    held.go.set()
    assert worker.stop()
    assert list(services.copies.generations.folder.iterdir()) == []
