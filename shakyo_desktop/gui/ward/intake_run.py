"""One lot of files on its way in: how far it is, and stopping it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, ProgressLine
from shakyo_desktop.gui.ward.desk import Desk


class IntakeRun(Card):
    """Hidden while nothing is on its way.

    Signals:
        received: the verdicts, and how many files there were in all.
        failed: a ShakyoError; stopped before the first file, or nothing can be read at all.
    """

    received = Signal(object, int)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        self._total = 0
        self._progress = ProgressLine()
        self.cancel_button = SecondaryButton("中止する", icon_name="x")
        self.cancel_button.clicked.connect(self._cancel)
        self.add(self._progress)
        self.add(self.cancel_button)
        self.hide()

    def begin(self, paths: Sequence[Path], *, ask: bool = True, run: str = "") -> bool:
        """Take files and folders in; False while another lot is on its way.

        Args:
            ask: what would replace a report that is here waits for a person's word.
            run: the import these files belong to, when some of it came before.
        """
        if not self.isHidden():
            return False
        self._total = 0
        self.show()
        self._progress.set_progress(0, 0, "読んでいます…")
        intake = self._desk.services.intake
        self._task = self._desk.worker.start(
            lambda task: intake.receive(
                paths, task.report, task.is_cancelled, ask_before_replacing=ask, run=run
            ),
            self._done,
            self._stopped,
            self,
            self._progressed,
        )
        return True

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _progressed(self, done: int, total: int, name: str) -> None:
        self._total = total
        self._progress.set_progress(done, total, f"{min(done + 1, total)}/{total}　{name}" if name else "")

    def _done(self, verdicts: object) -> None:
        self.hide()
        self.received.emit(verdicts, self._total)

    def _stopped(self, error: ShakyoError) -> None:
        self.hide()
        self.failed.emit(error)
