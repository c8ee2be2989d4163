"""The only place that knows threads.

One worker runs writes and quick reads in the order they were asked for; long work has threads of its own.
Work touches no widget. Results come back on the window's thread, and never to an owner that is gone.
"""

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from shakyo_desktop.domain.errors import Cancelled, ShakyoError, StoreDamaged

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[ShakyoError], None]
Progress = Callable[[int, int, str], None]

_LONG_THREADS = 2


class Task(QObject):
    """A long work that is under way: reports how far it is, and can be asked to stop."""

    progress = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far the work is; from any thread."""
        self.progress.emit(done, total, text)

    def cancel(self) -> None:
        """Ask the work to stop at its next safe point."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Return whether the person asked to stop; services are given this function."""
        return self._cancelled.is_set()

    def stop_if_cancelled(self) -> None:
        """Leave the work here when the person asked to stop.

        Raises:
            Cancelled: nothing was changed.
        """
        if self.is_cancelled():
            raise Cancelled("中止しました。何も変わっていません。")


class _Reply:
    """Where a result goes."""

    def __init__(self, on_done: Done[Any] | None, on_failed: Failed | None, owner: QObject | None) -> None:
        self.on_done, self.on_failed, self.owner = on_done, on_failed, owner

    def wanted(self) -> bool:
        return self.owner is None or shiboken6.isValid(self.owner)


class BackgroundWorker(QObject):
    """Runs work off the window's thread.

    Signals:
        failed: a ShakyoError nobody else handles.
        damaged: some work met a damaged page; who asked for the work is told as always.
        busy: whether ordered work is waiting or under way.
    """

    failed = Signal(object)
    damaged = Signal()
    busy = Signal(bool)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ordered = ThreadPoolExecutor(1, thread_name_prefix="ordered")
        self._long = ThreadPoolExecutor(_LONG_THREADS, thread_name_prefix="long")
        self._waiting: set[Future[None]] = set()
        self._tasks: set[Task] = set()
        self._open = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        on_done: Done[T] | None = None,
        on_failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Do this after everything that was asked for before."""
        self._open += 1
        if self._open == 1:
            self.busy.emit(True)
        reply = _Reply(on_done, on_failed, owner)
        future = self._ordered.submit(self._work, work, reply, True)
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)

    def start(
        self,
        work: Callable[[Task], T],
        on_done: Done[T] | None = None,
        on_failed: Failed | None = None,
        owner: QObject | None = None,
        on_progress: Progress | None = None,
    ) -> Task:
        """Begin a long work beside the ordered ones and return its task."""
        task = Task(self)
        self._tasks.add(task)
        if on_progress is not None:
            shown = _Reply(None, None, owner)
            task.progress.connect(
                lambda done, total, text: on_progress(done, total, text) if shown.wanted() else None,
                Qt.ConnectionType.QueuedConnection,
            )
        reply = _Reply(on_done, on_failed, owner)
        self._long.submit(self._work, lambda: work(task), reply, task)
        return task

    def is_at_work(self) -> bool:
        """Return whether a long work is under way."""
        return bool(self._tasks)

    def flush(self, timeout: float = 10.0) -> bool:
        """Wait for the ordered work and deliver its results; False if some is left after `timeout` s."""
        done = not wait(set(self._waiting), timeout=timeout).not_done
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        return done and not self._waiting

    def stop(self, timeout: float = 10.0) -> bool:
        """Cancel long work, finish the ordered work and take no more; False when something did not finish."""
        for task in self._tasks:
            task.cancel()
        done = self.flush(timeout)
        self._ordered.shutdown(wait=done, cancel_futures=False)
        self._long.shutdown(wait=done, cancel_futures=True)
        return done

    def _work(self, work: Callable[[], Any], reply: _Reply, kind: Task | bool) -> None:
        try:
            result: object = work()
            error: BaseException | None = None
        except BaseException as caught:  # delivered to the window's thread
            result, error = None, caught
        self._finished.emit((reply, kind), result, error)

    def _deliver(self, sent: tuple[_Reply, Task | bool], result: object, error: BaseException | None) -> None:
        reply, kind = sent
        try:
            self._answer(reply, result, error)
        finally:
            if isinstance(kind, Task):
                self._tasks.discard(kind)
                kind.deleteLater()
            else:
                self._open -= 1
                if self._open == 0:
                    self.busy.emit(False)

    def _answer(self, reply: _Reply, result: object, error: BaseException | None) -> None:
        if error is None:
            if reply.on_done is not None and reply.wanted():
                reply.on_done(result)
        elif isinstance(error, ShakyoError):
            if isinstance(error, StoreDamaged):
                self.damaged.emit()
            if reply.on_failed is None:
                self.failed.emit(error)
            elif reply.wanted():
                reply.on_failed(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


class ImmediateWorker(BackgroundWorker):
    """The same face, everything done at once: for tests of screens and for drawing screens offscreen."""

    def run(
        self,
        work: Callable[[], T],
        on_done: Done[T] | None = None,
        on_failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Do this now."""
        self._now(work, _Reply(on_done, on_failed, owner))

    def start(
        self,
        work: Callable[[Task], T],
        on_done: Done[T] | None = None,
        on_failed: Failed | None = None,
        owner: QObject | None = None,
        on_progress: Progress | None = None,
    ) -> Task:
        """Do this now and return its finished task."""
        task = Task(self)
        if on_progress is not None:
            task.progress.connect(on_progress)
        self._now(lambda: work(task), _Reply(on_done, on_failed, owner))
        return task

    def _now(self, work: Callable[[], Any], reply: _Reply) -> None:
        try:
            result = work()
        except ShakyoError as error:
            self._answer(reply, None, error)
            return
        self._answer(reply, result, None)
