"""The whole life of a report at its office: who did what when, and why; newest first."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent

from shakyo_desktop.domain.dates import local_time
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward.words import short_day
from shakyo_desktop.services.steps_of_review import LifeLine

_COLUMNS = (
    Column("日時", 184),
    Column("できごと（理由など）"),
    Column("版", 76),
    Column("担当", 152),
)
_NEEDED = {2: 620, 3: 540}
"""Columns that step aside in narrow windows; whole lines are spoken."""


class LifeList(RowList):
    """As high as its rows; the page scrolls."""

    def __init__(self, life: Sequence[LifeLine]) -> None:
        super().__init__(_COLUMNS, "この報告のこれまで")
        self.set_empty_text("まだ何も記録されていません。")
        self.show_all_rows()
        self.set_rows([_row(at, one) for at, one in enumerate(life)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what matters least where the reasons would have no room."""
        super().resizeEvent(event)
        for column, needed in _NEEDED.items():
            self.setColumnHidden(column, self.width() < size(needed))


def _row(at: int, one: LifeLine) -> Row:
    when = f"{short_day(one.at)} {local_time(one.at)}"
    event = f"{one.step.label}　{one.note}" if one.note else one.step.label
    spoken = f"{when}　{one.step.label}　第{one.revision}版　{one.by}　{one.note}"
    return Row(at, (when, event, f"第{one.revision}版", one.by), spoken=spoken)
