"""Answers onto a stick: where to, how far, stopping, letting go of the stick."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, ProgressLine
from shakyo_desktop.gui.shared.drive_picker import DrivePicker
from shakyo_desktop.gui.shared.messages import MessageBar, present
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.drives import Drive

_NO_PLACE = "保存する場所がまだ選ばれていません。\nUSBメモリを差しこんで選んでください。"
_BUSY = "今、保存しています。終わるまで抜かないでください。"


@dataclass(frozen=True, slots=True)
class _Written:
    count: int
    folder: Path
    drive: Drive | None


class AnswerWriter(QWidget):
    """Signal ``changed``: some answers were written, perhaps not all."""

    changed = Signal()

    def __init__(self, desk: Desk, messages: MessageBar) -> None:
        super().__init__()
        self._desk, self._messages = desk, messages
        self._task: Task | None = None
        self.picker = DrivePicker("保存する場所")
        self.picker.refresh_requested.connect(self.find_drives)
        place = Card()
        place.body.setContentsMargins(16, 12, 16, 12)
        place.add(self.picker)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(place)
        column.addWidget(self._make_progress())
        self._progress_card.hide()

    def find_drives(self) -> None:
        """Look for sticks; that can take a while."""
        drives = self._desk.services.drives

        def show(found: tuple[Drive, ...]) -> None:
            self.picker.set_drives(found)

        self._desk.worker.start(lambda _task: drives.removable(), show, self._failed, self)

    def write(self, answer_ids: Sequence[str]) -> None:
        """Write these answers to the chosen place, read each back and compare."""
        folder = self.picker.folder()
        if folder is None:
            self._messages.show_message("warning", _NO_PLACE)
            return
        if not self._progress_card.isHidden():
            self._messages.show_message("info", _BUSY)
            return
        self._messages.clear()
        self._progress_card.show()
        self._progress.set_progress(0, len(answer_ids), "保存しています…")
        services = self._desk.services

        def work(task: Task) -> _Written:
            files = services.answers.write(folder, answer_ids, task.report, task.is_cancelled)
            return _Written(len(files), folder, services.drives.holding(folder))

        def failed(error: ShakyoError) -> None:
            self._progress_card.hide()
            present(error, self._messages, "もう一度", lambda: self.write(answer_ids))
            self.changed.emit()

        self._task = self._desk.worker.start(work, self._written, failed, self, self._progressed)

    def _make_progress(self) -> Card:
        self._progress_card = Card()
        self._progress = ProgressLine()
        self.cancel_button = SecondaryButton("中止する", icon_name="x")
        self.cancel_button.clicked.connect(lambda: self._task.cancel() if self._task else None)
        row = QHBoxLayout()
        row.addWidget(self._progress, 1)
        row.addWidget(self.cancel_button)
        self._progress_card.add_layout(row)
        return self._progress_card

    def _progressed(self, done: int, total: int, _text: str) -> None:
        words = f"{min(done + 1, total)}/{total}　保存して、読み直して確かめています"
        self._progress.set_progress(done, total, words)

    def _written(self, written: _Written) -> None:
        self._progress_card.hide()
        drive = written.drive
        self._messages.show_message(
            "saved",
            f"返事のファイル{written.count}件を保存し、読み直して同じであることを確かめました。\n{written.folder}",
            "取り外す準備をする" if drive else "",
            (lambda: self._eject(drive)) if drive else None,
        )
        self.changed.emit()

    def _eject(self, drive: Drive) -> None:
        drives = self._desk.services.drives

        def done(_none: None) -> None:
            words = f"{drive.name}を取り外せます。返事のファイルは保存してあります。"
            self._messages.show_message("saved", words)
            self.find_drives()

        def failed(error: ShakyoError) -> None:
            present(error, self._messages, "もう一度", lambda: self._eject(drive))

        self._desk.worker.start(lambda _task: drives.eject(drive), done, failed, self)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self._messages)
