"""Which districts have the chosen stories, and what brings them to the others."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.services.practice_rows import Delivery

_COLUMNS = (
    Column("地区部会"),
    Column("渡した", 108, "right"),
    Column("前の文", 108, "right"),
    Column("まだ", 96, "right"),
    Column("もう紹介していない", 196, "right"),
)
_EXPLAINED = (
    "選んだ事例は、「返事を渡す」でこれから保存する返事すべてに入ります（その地区部会が書いた事例は入りません）。\n"
    "返事を待っていない地区部会には、次に返事をするときに届きます。すでに渡した返事は変わりません。"
)


class DeliveryList(QWidget):
    """One row per district."""

    def __init__(self) -> None:
        super().__init__()
        self.summary = plain_label("", "strong")
        self.list = RowList(_COLUMNS, "成果事例を渡した地区部会")
        self.list.set_empty_text("名簿に地区部会がまだありません。")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(plain_label(_EXPLAINED))
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)

    def show_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        """Show these, those that lack something first."""
        ordered = sorted(deliveries, key=lambda one: (not (one.missing or one.older), one.org))
        self.list.set_rows([_row(one) for one in ordered])
        waiting = sum(1 for one in deliveries if one.missing or one.older)
        if not any(one.has or one.older or one.missing or one.dropped for one in deliveries):
            words = "選んだ事例がないので、渡すものはありません。"
        elif waiting:
            words = f"{len(deliveries)}地区のうち、まだ届いていない事例があるのは{waiting}地区です。"
        else:
            words = "選んだ事例は、すべての地区部会に渡しました。"
        self.summary.setText(words)


def _row(one: Delivery) -> Row:
    counts = (one.has, one.older, one.missing, one.dropped)
    return Row(one.org, (one.name, *(f"{count}件" if count else "" for count in counts)))
