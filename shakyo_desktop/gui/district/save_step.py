"""提出の2 USBに保存: choose the stick, write, read back; the same file again as often as it takes."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.buttons import SubmitButton
from shakyo_desktop.gui.shared.cards import Card, WorkRow
from shakyo_desktop.gui.shared.drive_picker import DrivePicker
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.messages import MessageBar
from shakyo_desktop.services.drives import Drive

_LEAD = (
    "提出ファイルができました。USBメモリを差して、保存する場所を選んでください。\n"
    "書いたあとに読み直して、同じものが入ったかを確かめます。"
)


class SaveStep(QWidget):
    """Signals:
    refresh_requested: look for sticks.
    save_requested: the folder to write to.
    stop_requested: 中止する.
    """

    refresh_requested = Signal()
    save_requested = Signal(object)
    stop_requested = Signal()

    def __init__(self, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card()
        self._what = Chip("", "info")
        self.picker = DrivePicker()
        self.picker.refresh_requested.connect(self.refresh_requested)
        self.save_button = SubmitButton("USBに保存する", "U", "usb")
        self.save_button.clicked.connect(self.save)
        self._work = WorkRow("X")
        self._progress, self.stop_button = self._work.progress, self._work.stop_button
        self.stop_button.clicked.connect(self.stop_requested)
        press = QHBoxLayout()
        press.addStretch(1)
        press.addWidget(self.save_button)
        for widget in (self._what, plain_label(_LEAD), self.picker):
            card.add(widget)
        card.add_layout(press)
        card.add(self._work)
        column.addWidget(card)

    def show_submission(self, submission: Submission) -> None:
        """Say which file is to be saved."""
        self._what.set_chip(f"第{submission.revision}版　{submission.file_name}", "info")

    def set_drives(self, drives: Sequence[Drive]) -> None:
        """Offer these sticks."""
        self.picker.set_drives(drives)

    def save(self) -> None:
        """Write to the place that is chosen, or say what is missing."""
        if not self._work.isHidden():
            return
        folder = self.picker.folder()
        if folder is None:
            self._messages.show_message(
                "problem",
                "保存する場所が選ばれていません。\n提出ファイルはこのパソコンに残っています。\n"
                "USBメモリを差して「もう一度さがす」を押すか、「ほかの場所を選ぶ」を押してください。",
            )
            self.picker.refresh_button.setFocus()
            return
        self._messages.clear()
        self.save_requested.emit(Path(folder))

    def set_working(self, working: bool) -> None:
        """Show progress and 中止する instead of the button."""
        self._work.setVisible(working)
        self.save_button.setVisible(not working)
        if working:
            self._progress.set_progress(0, 0, "書いています")
            self.stop_button.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far writing and reading back are; bytes."""
        reading = total > 0 and done * 2 > total
        percent = round(100 * done / total) if total else 0
        self._progress.set_progress(
            percent, 100 if total else 0, "読み直しています" if reading else "書いています"
        )
