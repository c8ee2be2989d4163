"""引継ぎの2: choose the stick and write the file for the successor."""

from pathlib import Path

from PySide6.QtCore import Signal

from shakyo_desktop.gui.settings.section import button_row
from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.cards import Card, WorkRow
from shakyo_desktop.gui.shared.drive_picker import DrivePicker
from shakyo_desktop.gui.shared.labels import plain_label

_LEAD = (
    "すべての記録を、次の担当者に渡す1つのファイルに写します。このパソコンの記録はそのまま残ります。\n"
    "ファイルは読めない形になっていて、次に出る「引継ぎの合い言葉」だけで開きます。"
)


class HandoverFileCard(Card):
    """Signals: `make_requested` with the folder or None, `stop_requested`, `refresh_requested`."""

    make_requested = Signal(object)
    stop_requested = Signal()
    refresh_requested = Signal()

    def __init__(self) -> None:
        super().__init__("USBメモリに入れる")
        self.picker = DrivePicker("引継ぎのファイルを入れる場所")
        self.picker.refresh_requested.connect(self.refresh_requested)
        self.make_button = PrimaryButton("引継ぎのファイルを作る", "K", "save")
        self.make_button.clicked.connect(self._ask)
        self._work = WorkRow("X")
        self._progress, self.stop_button = self._work.progress, self._work.stop_button
        self.stop_button.clicked.connect(self.stop_requested)
        self.add(plain_label(_LEAD))
        self.add(self.picker)
        self.add_layout(button_row(self.make_button))
        self.add(self._work)

    def set_working(self, working: bool) -> None:
        """Show progress and 中止する instead of the button."""
        self._work.setVisible(working)
        self.make_button.setVisible(not working)
        if working:
            self._progress.set_progress(0, 0, "記録を写しています")
            self.stop_button.setFocus()

    def show_progress(self, done: int, total: int, _text: str = "") -> None:
        """Say how far writing and reading back are; bytes, ``total`` 0 while it is written."""
        percent = round(100 * done / total) if total else 0
        words = "読み直しています" if total else "書いています"
        self._progress.set_progress(percent, 100 if total else 0, words)

    def _ask(self) -> None:
        folder = self.picker.folder()
        self.make_requested.emit(Path(folder) if folder is not None else None)
