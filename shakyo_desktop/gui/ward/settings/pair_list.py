"""One side of 計画の対応: the items of a plan, with what each is connected to."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList

CONNECTED = Mark("●", "つながり", "#ffffff", "#00428c")
SUGGESTED = Mark("△", "似た名前", "#6e5600", "#fbf5e0")


class PairList(RowList):
    """Arrows choose; Space or Enter connects; left and right go to the other side.

    Signals:
        side_requested: the keyboard wants the other list.
    """

    side_requested = Signal()

    def __init__(self, name: str, *, marks: bool, forward: Qt.Key) -> None:
        middle = Column("", 140) if marks else Column("つながり", 140)
        super().__init__((Column("番号", 64, "right"), Column("取組項目"), middle), name)
        self._forward = forward

    def show_left(self, plan: Plan, partners: Mapping[int, list[int]]) -> None:
        """Show a plan's items with the numbers of their partners."""
        rows = []
        for item in plan.items:
            own = partners.get(item.number, [])
            spoken = f"{item.number}　つながり {'、'.join(map(str, own)) or 'なし'}"
            rows.append(Row(item.number, (str(item.number), item.name, _short(own)), spoken=spoken))
        self._put(rows)

    def show_right(self, plan: Plan, marks: Mapping[int, Mark]) -> None:
        """Show a plan's items with what each is to the item chosen on the other side."""
        self._put(
            [
                Row(item.number, (str(item.number), item.name, marks.get(item.number, "")))
                for item in plan.items
            ]
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space does what Enter does; the arrow to the side goes there."""
        if event.key() == Qt.Key.Key_Space and self.selected_key() is not None:
            self.row_activated.emit(self.selected_key())
        elif event.key() == self._forward:
            self.side_requested.emit()
        else:
            super().keyPressEvent(event)

    def _put(self, rows: list[Row]) -> None:
        if [row.key for row in rows] != [row.key for row in self.rows()]:
            self.set_rows(rows)
            return
        for row in rows:
            self.update_row(row)


def _short(numbers: list[int]) -> str:
    """Two numbers, or the first and how many more: the other side shows every one."""
    if len(numbers) > 2:
        return f"{numbers[0]} ほか{len(numbers) - 1}つ"
    return "、".join(map(str, numbers))
