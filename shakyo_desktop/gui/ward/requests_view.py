"""What a district was asked and has not answered: field, text, until when, for how long."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.words import one_line
from shakyo_desktop.services.open_requests import OpenRequest

_COLUMNS = (
    Column("取組項目・記録・欄", 300),
    Column("お願いの内容"),
    Column("いつまで", 112),
    Column("たった日数", 112, "right"),
)


class RequestsView(QWidget):
    """The list, and below it the whole text of the chosen request."""

    def __init__(self) -> None:
        super().__init__()
        self._requests: tuple[OpenRequest, ...] = ()
        self.list = RowList(_COLUMNS, "返事を待っている確認のお願い")
        self.list.set_empty_text("返事を待っているお願いはありません。")
        self.list.row_selected.connect(lambda _key: self._show_chosen())
        self._card = Card()
        self.text = plain_label("")
        self._card.add(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.list, 1)
        column.addWidget(self._card)

    def show_requests(self, requests: Sequence[OpenRequest]) -> None:
        """Show these requests, the first chosen."""
        self._requests = tuple(requests)
        self.list.set_rows([_row(at, one) for at, one in enumerate(requests)])
        self.list.select_key(0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        at = self.list.selected_key()
        one = self._requests[at] if isinstance(at, int) and at < len(self._requests) else None
        self._card.setVisible(one is not None)
        if one is not None:
            self.text.setText(f"{one.where}\n{one.text}")


def _row(at: int, one: OpenRequest) -> Row:
    late = f"（{one.days_late}日おくれ）" if one.days_late else ""
    due = short_era_date(one.due) if one.due else ""
    return Row(
        at,
        (one.where, f"{late}{one_line(one.text)}", due, f"{one.days}日"),
        tone="problem" if one.days_late else "plain",
    )
