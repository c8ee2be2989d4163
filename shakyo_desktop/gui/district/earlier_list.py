"""これまでの提出: every revision that was made, to print its cover sheet or save it once more."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.row_list import RowList
from shakyo_desktop.gui.shared.row_model import Column, Row

_COLUMNS = (
    Column("版", 74),
    Column("報告の種類", 112),
    Column("作った日時", 228),
    Column("いまの状態", 194),
    Column("ファイル"),
)


class EarlierList(Card):
    """Signals: `paper_requested`, `copy_requested` and `save_requested` with a submission."""

    paper_requested = Signal(object)
    copy_requested = Signal(object)
    save_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("これまでの提出", parent)
        self._submissions: dict[object, Submission] = {}
        self.list = RowList(_COLUMNS, "これまでの提出")
        self.list.set_empty_text("この年度は、まだ提出していません。")
        self.list.show_all_rows()
        self.list.row_activated.connect(self._open)
        self.paper_button = SecondaryButton("送付票を見る", "V", "printer")
        self.paper_button.clicked.connect(lambda: self._open(self._chosen()))
        self.copy_button = SecondaryButton("報告の写しを見る", "L", "eye")
        self.copy_button.clicked.connect(self._copy)
        self.save_button = SecondaryButton("もう一度USBに保存する", "A", "usb")
        self.save_button.clicked.connect(self._save)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.paper_button)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        self.add(self.list)
        self.add_layout(buttons)

    def set_submissions(self, submissions: Sequence[Submission]) -> None:
        """Show these, newest first."""
        self._submissions = {one.package_id: one for one in submissions}
        self.list.set_rows(
            [
                Row(
                    one.package_id,
                    (
                        f"第{one.revision}版",
                        one.stage.label,
                        era_timestamp(one.frozen_at),
                        one.state.label,
                        one.file_name,
                    ),
                )
                for one in submissions
            ]
        )
        for button in (self.paper_button, self.copy_button, self.save_button):
            button.setVisible(bool(submissions))
        if submissions and self.list.selected_key() is None:
            self.list.select_key(submissions[0].package_id, silent=True)

    def _chosen(self) -> object:
        return self.list.selected_key()

    def _open(self, key: object) -> None:
        if key in self._submissions:
            self.paper_requested.emit(self._submissions[key])

    def _copy(self) -> None:
        key = self._chosen()
        if key in self._submissions:
            self.copy_requested.emit(self._submissions[key])

    def _save(self) -> None:
        key = self._chosen()
        if key in self._submissions:
            self.save_requested.emit(self._submissions[key])
