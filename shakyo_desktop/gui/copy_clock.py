"""When automatic copies are made: some minutes after the start, then at most once an hour, and at the end."""

from PySide6.QtCore import QObject, QTimer

from shakyo_desktop.gui.shared.background import BackgroundWorker, Task
from shakyo_desktop.services.copy_rounds import CopyRounds

ROUND_MS = 5 * 60 * 1000
"""How often somebody looks whether the other place is there, and whether a copy is due."""
ROUNDS_BETWEEN = 12
"""A copy is made with the first round and then with every twelfth: at most once an hour."""
_LONGEST_END = 30.0


class CopyClock(QObject):
    """Makes rounds beside the work; a person notices nothing of it."""

    def __init__(self, copies: CopyRounds, worker: BackgroundWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._copies, self._worker = copies, worker
        self._rounds = 0
        self._task: Task | None = None
        self._running = False
        self._timer = QTimer(self, interval=ROUND_MS)
        self._timer.timeout.connect(self.round)

    def start(self) -> None:
        """Begin to count the time."""
        self._running = True
        self._timer.start()

    def round(self) -> None:
        """One round now, unless one is still under way."""
        if self._task is not None:
            return
        due = self._rounds % ROUNDS_BETWEEN == 0
        self._rounds += 1
        self._task = self._worker.start(
            lambda task: self._copies.round(task.is_cancelled, make=due),
            lambda _none: self._over(),
            owner=self,
        )

    def finish(self) -> None:
        """The last round, while the window is hidden already; a long one is left for the next start."""
        self._timer.stop()
        if not self._running:
            return
        self._running = False
        if self._task is not None:
            self._task.cancel()
        self._worker.run(self._copies.closing)
        self._worker.flush(_LONGEST_END)

    def _over(self) -> None:
        self._task = None
