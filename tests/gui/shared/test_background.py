"""Work off the window's thread: in order, cancellable, and never answered to an owner that is gone."""

import sys
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from shakyo_desktop.domain.errors import Cancelled, NotSaved, ShakyoError
from shakyo_desktop.gui.shared.background import BackgroundWorker, ImmediateWorker, Task


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[BackgroundWorker]:
    made = BackgroundWorker()
    yield made
    assert made.stop(5)


def test_writes_happen_in_order_and_results_come_back_to_the_window(
    qtbot: QtBot, worker: BackgroundWorker
) -> None:
    done: list[tuple[int, bool]] = []
    order: list[int] = []
    window = QThread.currentThread()
    for number in range(50):
        worker.run(
            lambda n=number: order.append(n) or n,
            lambda n: done.append((n, QThread.currentThread() is window)),
        )
    qtbot.waitUntil(lambda: len(done) == 50)
    assert order == list(range(50))
    assert done == [(number, True) for number in range(50)]


def test_a_result_never_reaches_an_owner_that_is_gone(worker: BackgroundWorker) -> None:
    owner = QObject()
    gate = threading.Event()
    heard: list[object] = []
    worker.run(lambda: gate.wait(5), heard.append, heard.append, owner)
    shiboken6.delete(owner)
    gate.set()
    assert worker.flush(5)
    assert heard == []


def fail(error: BaseException) -> None:
    raise error


def test_a_known_failure_goes_to_whoever_asked(worker: BackgroundWorker) -> None:
    heard: list[ShakyoError] = []
    others: list[object] = []
    worker.failed.connect(others.append)
    error = NotSaved("空きが足りません。")
    worker.run(lambda: fail(error), None, heard.append)
    worker.run(lambda: fail(error))
    assert worker.flush(5)
    assert heard == [error]
    assert others == [error]


def test_a_bug_goes_to_the_crash_report(worker: BackgroundWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[tuple[object, ...]] = []
    monkeypatch.setattr(sys, "excepthook", lambda *caught: reported.append(caught))
    failed: list[object] = []
    worker.run(lambda: fail(ZeroDivisionError("bug")), None, failed.append)
    assert worker.flush(5)
    assert [caught[0] for caught in reported] == [ZeroDivisionError]
    assert failed == []


def test_later_work_is_done_after_a_failure(worker: BackgroundWorker) -> None:
    done: list[int] = []
    worker.run(lambda: fail(NotSaved("x")), None, lambda _error: None)
    worker.run(lambda: 2, done.append)
    assert worker.flush(5)
    assert done == [2]


def test_flush_says_when_something_is_left(worker: BackgroundWorker) -> None:
    gate = threading.Event()
    worker.run(lambda: gate.wait(5))
    assert not worker.flush(0.01)
    gate.set()
    assert worker.flush(5)


def test_busy_begins_and_ends(qtbot: QtBot, worker: BackgroundWorker) -> None:
    states: list[bool] = []
    worker.busy.connect(states.append)
    worker.run(lambda: None)
    worker.run(lambda: None)
    qtbot.waitUntil(lambda: states == [True, False])


def test_long_work_reports_and_can_be_stopped_without_holding_up_writes(
    qtbot: QtBot, worker: BackgroundWorker
) -> None:
    written = threading.Event()

    def count(task: Task) -> int:
        for number in range(1_000_000):
            task.stop_if_cancelled()
            task.report(number, 1_000_000, "数えています")
            written.wait(5)
        return 0

    seen: list[tuple[int, int, str]] = []
    failures: list[ShakyoError] = []
    task = worker.start(count, None, failures.append, None, lambda *step: seen.append(step))
    worker.run(written.set)
    qtbot.waitUntil(lambda: len(seen) > 3)
    assert seen[0] == (0, 1_000_000, "数えています")
    task.cancel()
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], Cancelled)
    assert failures[0].message == "中止しました。何も変わっていません。"


def test_the_immediate_worker_answers_at_once(qtbot: QtBot) -> None:
    worker = ImmediateWorker()
    heard: list[object] = []
    worker.run(lambda: 1, heard.append)
    worker.run(lambda: fail(NotSaved("x")), None, lambda error: heard.append(error.code))
    worker.start(
        lambda task: task.report(1, 2) or "done", heard.append, None, None, lambda *_: heard.append("step")
    )
    assert heard == [1, "store.not_saved", "step", "done"]
    assert worker.stop(1)
