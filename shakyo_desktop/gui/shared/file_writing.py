"""Writing what was frozen to a stick, off the window's thread: looking, writing, letting go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.background import BackgroundWorker, Task
from shakyo_desktop.services.drives import Drive, DriveService
from shakyo_desktop.services.verified_write import WrittenFile

Write = Callable[[str, Path, Callable[[int, int], None], Callable[[], bool]], WrittenFile]
"""Writes the package with this id to a folder, tells bytes done and in all, and stops when it is asked to."""


class FileWriting(QObject):
    """One write at a time; the same package as often as it is asked for.

    Signals:
        drives_found: the sticks that are plugged in.
        progressed: bytes done and bytes in all.
        written: the file, and the stick it lies on (None in a folder of this computer).
        not_written: the error, and the folder that was tried.
        ejected: the stick may be pulled.
        not_ejected: the error, and the stick.
        failed: any other error.
    """

    drives_found = Signal(object)
    progressed = Signal(int, int)
    written = Signal(object, object)
    not_written = Signal(object, object)
    ejected = Signal()
    not_ejected = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self, drives: DriveService, write: Write, worker: BackgroundWorker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._drives, self._write, self._worker = drives, write, worker
        self._task: Task | None = None

    def look_for_drives(self) -> None:
        """Look for sticks; `drives_found` follows."""
        self._worker.start(
            lambda _task: self._drives.removable(),
            self.drives_found.emit,
            self.failed.emit,
            owner=self,
        )

    def write(self, package_id: str, folder: Path) -> None:
        """Write, read back and compare; `written` or `not_written` follows."""

        def work(task: Task) -> tuple[WrittenFile, Drive | None]:
            written = self._write(package_id, folder, task.report, task.is_cancelled)
            return written, self._drives.holding(written.path)

        def failed(error: ShakyoError) -> None:
            self.not_written.emit(error, folder)

        self._task = self._worker.start(
            work,
            lambda done: self.written.emit(*done),
            failed,
            owner=self,
            on_progress=lambda done, total, _text: self.progressed.emit(done, total),
        )

    def stop(self) -> None:
        """Stop writing at the next safe point; nothing half-written stays on the stick."""
        if self._task is not None:
            self._task.cancel()

    def eject(self, drive: Drive) -> None:
        """Ask the system to let a stick go; `ejected` or `not_ejected` follows."""

        def failed(error: ShakyoError) -> None:
            self.not_ejected.emit(error, drive)

        self._worker.start(
            lambda _task: self._drives.eject(drive),
            lambda _: self.ejected.emit(),
            failed,
            owner=self,
        )
