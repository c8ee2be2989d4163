"""What a person feels: a keystroke until it is painted, a field until it is safe, a window at work."""

import sqlite3
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.services.registry import Services
from tests.bench.data import YEAR
from tests.bench.measuring import P99, Row, quantile, timed

FRAME_MS = 16.0
KEYS = 300
COMMITS = 400
FIELDS = 100
IDLE_MS = 2000


class _Painted(QObject):
    """Remembers when a widget was painted last."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def keystroke_row(screen: QWidget, field: QLineEdit, note: str) -> Row:
    """From a key event to the paint of its field, the 99th percentile of many."""
    screen.activateWindow()
    field.setFocus()
    QApplication.processEvents()
    painted = _Painted(field)
    times = []
    for number in range(KEYS):
        before = painted.count

        def press(number: int = number, before: int = before) -> None:
            QTest.keyClick(field, Qt.Key(ord("A") + number % 26))
            while painted.count == before:
                QApplication.processEvents()

        times.append(timed(press))
        if number % 40 == 39:
            field.clear()
            QApplication.processEvents()
    return Row("keystroke to paint, p99", "one frame (16 ms)", quantile(times, P99), FRAME_MS, 1.0, note)


def commit_row(services: Services, folder: Path) -> Row:
    """A field's durable commit against a raw ``sqlite3`` commit with synchronous=FULL, in turns."""
    status = services.recording.status_for(YEAR, services.plans.plans()[0].id, 1)
    ref = RecordRef(ITEM_STATUSES, status.id)
    raw = sqlite3.connect(folder / "raw-commit.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE history (id INTEGER PRIMARY KEY, field TEXT, old TEXT, new TEXT)")
    raw.execute("CREATE TABLE records (id TEXT PRIMARY KEY, text TEXT)")
    raw.execute("INSERT INTO records VALUES ('one', '')")

    def raw_commit(text: str) -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE records SET text = ? WHERE id = 'one'", (text,))
        raw.execute("INSERT INTO history (field, old, new) VALUES ('outcome', ?, ?)", (text, text))
        raw.execute("COMMIT")

    ours, yardstick = [], []
    for number in range(COMMITS):
        text = f"{number}回目の文です。" * 8
        ours.append(timed(lambda text=text: services.recording.change(ref, "outcome", text)))
        yardstick.append(timed(lambda text=text: raw_commit(text)))
    raw.close()
    note = f"median {quantile(ours, 0.5) / quantile(yardstick, 0.5):.1f}"
    return Row(
        "a field's durable commit, p99",
        "raw sqlite3 commit",
        quantile(ours, P99),
        quantile(yardstick, P99),
        3.0,
        note,
    )


class Heartbeat(QObject):
    """Notices how long the window's thread was away: the longest time between two beats, in ms."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now

    def begin(self) -> None:
        """Forget what was before."""
        QCoreApplication.processEvents()
        self.longest, self._last = 0.0, time.perf_counter()


def _longest_idle(heartbeat: Heartbeat) -> float:
    """How long the machine itself keeps the window's thread away: other programs run on it too."""
    loop = QEventLoop()
    QTimer.singleShot(IDLE_MS, loop.quit)
    heartbeat.begin()
    loop.exec()
    return heartbeat.longest


def stall_rows(services: Services, folder: Path, note: str) -> list[Row]:
    """The longest time the window's thread is away while fields are saved, and while a file is made."""
    worker, heartbeat = BackgroundWorker(), Heartbeat()
    status = services.recording.status_for(YEAR, services.plans.plans()[0].id, 2)
    ref = RecordRef(ITEM_STATUSES, status.id)
    loop = QEventLoop()  # as in use: the window's thread sleeps until there is something to do

    def run() -> None:
        if loop.exec() != 0:
            raise SystemExit("the work that was to be measured failed")

    worker.failed.connect(lambda _: loop.exit(1))

    def save(number: int) -> object:
        return services.recording.change(ref, "outcome", f"{number}回目")

    def saved(number: int) -> None:
        if number < FIELDS:
            worker.run(lambda: save(number), lambda _: saved(number + 1))
        else:
            loop.quit()

    def submit() -> object:
        submission = services.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長")
        return services.submission.write(submission.package_id, folder)

    idle = _longest_idle(heartbeat)
    heartbeat.begin()
    saved(0)
    run()
    saving = heartbeat.longest
    heartbeat.begin()
    worker.start(lambda _task: submit(), lambda _: loop.quit())
    run()
    sealing = heartbeat.longest
    worker.stop()
    frame = "one frame (16 ms)"
    return [
        Row(
            "window away while a field is saved, longest",
            frame,
            saving,
            FRAME_MS,
            1.0,
            f"{FIELDS} fields; {idle:.0f} ms with nothing to do",
        ),
        Row(
            "window away while a file is made, longest",
            frame,
            sealing,
            FRAME_MS,
            1.0,
            f"{note}; {idle:.0f} ms with nothing to do",
        ),
    ]
