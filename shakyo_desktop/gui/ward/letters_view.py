"""Whom to write: every district that owes something, each chosen or not."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.overview_rows import owing
from shakyo_desktop.services.overview import DistrictRow

_COLUMNS = (Column("手紙", 132), Column("地区部会", 260), Column("わけ"))
_YES = Mark("✓", "出す", "#115a36", "#e6f5ec")
_NO = Mark("－", "出さない", "#1a1a1a", "#ffffff")
_HOW = (
    "1地区部会に1枚の手紙（ご報告のお願い）を作ります。"
    "地区部会を選んで、スペースか Enter のキーで「出す」「出さない」を切りかえます。"
)
_NOBODY = "まだ報告を待っている地区部会は、ありません。"


class _PickList(RowList):
    """Space and Enter turn the chosen row over, and so does a double click."""

    turned = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space does here what Enter does."""
        if event.key() == Qt.Key.Key_Space:
            if self.selected_key() is not None and not event.isAutoRepeat():
                self.turned.emit(self.selected_key())
            return
        super().keyPressEvent(event)


class LettersView(QWidget):
    """`changed` says that other districts are chosen now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[DistrictRow, ...] = ()
        self._today = date.min
        self._chosen: set[str] = set()
        self.list = _PickList(_COLUMNS, "手紙を出す地区部会")
        self.list.set_empty_text(_NOBODY)
        self.list.turned.connect(self._turn)
        self.list.row_activated.connect(self._turn)
        self.owing_button = SecondaryButton("おくれ・返事のない地区部会を選ぶ")
        self.owing_button.clicked.connect(self.choose_owing)
        self.all_button = SecondaryButton("ぜんぶ選ぶ")
        self.all_button.clicked.connect(lambda: self._choose(self._rows))
        self.none_button = SecondaryButton("ぜんぶはずす")
        self.none_button.clicked.connect(lambda: self._choose(()))
        buttons = FlowBox()
        for button in (self.owing_button, self.all_button, self.none_button):
            buttons.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(plain_label(_HOW, "secondary"))
        column.addWidget(self.list, 1)
        column.addWidget(buttons)

    def show_districts(self, rows: Sequence[DistrictRow], today: date) -> None:
        """Offer every district something is due from; those that owe it today are chosen."""
        self._rows = tuple(row for row in rows if row.due is not None or row.open_requests)
        self._today = today
        self.choose_owing()

    def chosen(self) -> list[str]:
        """To whom, in the order of the roster."""
        return [row.org for row in self._rows if row.org in self._chosen]

    def choose_owing(self) -> None:
        """Choose who is late, has requests unanswered, or is to be reminded today."""
        self._choose([row for row in self._rows if row.owes(self._today)])

    def _choose(self, rows: Sequence[DistrictRow]) -> None:
        self._chosen = {row.org for row in rows}
        self.list.set_rows([self._row(row) for row in self._rows])
        if self.list.selected_key() is None and self._rows:
            self.list.select_key(self._rows[0].org, silent=True)
        self.changed.emit()

    def _turn(self, org: object) -> None:
        self._chosen ^= {str(org)}
        row = next(row for row in self._rows if row.org == org)
        self.list.update_row(self._row(row))
        self.changed.emit()

    def _row(self, row: DistrictRow) -> Row:
        mark = _YES if row.org in self._chosen else _NO
        reason = owing(row, self._today) or "まだ期限の前です"
        return Row(row.org, (mark, row.name, reason))
