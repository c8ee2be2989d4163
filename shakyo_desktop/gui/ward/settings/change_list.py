"""What differs between two versions of a plan, one row per difference."""

from collections.abc import Iterable

from shakyo_desktop.domain.plan_changes import PlanChange
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList

_COLUMNS = (Column("場所", 260), Column("前"), Column("あと"))


class ChangeList(RowList):
    """An empty side reads なし: something came or went."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, "変わったところ", row_height=60)
        self.setWordWrap(True)

    def show_changes(self, changes: Iterable[PlanChange], nothing: str) -> None:
        """Show differences; ``nothing`` is said where there are none."""
        self.set_empty_text(nothing)
        self.set_rows(
            [Row(at, (one.place, one.old or "なし", one.new or "なし")) for at, one in enumerate(changes)]
        )
