"""ごみ箱: what was deleted this year, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.domain.compare import record_title
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.field_values import ref_of, table_of
from shakyo_desktop.domain.labels import TABLE_LABELS
from shakyo_desktop.domain.records import ItemStatus, Photo, Record
from shakyo_desktop.gui.district.year_data import YearData
from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList

_COLUMNS = (Column("消した時", 232), Column("種類", 112), Column("内容"))
_EMPTY = "ごみ箱は空です。"
_CHOOSE = "元に戻すものを一覧で選んでください。"


class BinPanel(Card):
    """A list; Enter or the button brings the chosen record back."""

    restore_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ごみ箱", parent)
        self.list = RowList(_COLUMNS, "ごみ箱")
        self.list.set_empty_text(_EMPTY)
        self.list.row_activated.connect(self.restore_requested)
        self.restore_button = PrimaryButton("選んだものを元に戻す", icon_name="undo-2")
        self.restore_button.clicked.connect(self._restore)
        self._words = plain_label("消したものはここに残り、いつでも元に戻せます。", "secondary")
        row = QHBoxLayout()
        row.addWidget(self.restore_button)
        row.addWidget(self._words, 1)
        self.add(self.list, 1)
        self.add_layout(row)

    def show_records(self, data: YearData, records: Sequence[Record]) -> None:
        """Show these deleted records."""
        rows = []
        for record in records:
            if isinstance(record, ItemStatus) or record.deleted_at is None:
                continue
            plan = None if isinstance(record, Photo) else data.plan(record.plan_id)
            words = record_title(record, plan)
            rows.append(
                Row(ref_of(record), (era_timestamp(record.deleted_at), TABLE_LABELS[table_of(record)], words))
            )
        self.list.set_rows(rows)

    def _restore(self) -> None:
        key = self.list.selected_key()
        if key is not None:
            self.restore_requested.emit(key)
        elif self.list.rows():
            self._words.setText(_CHOOSE)
            self.list.setFocus()
