"""Whose slips to print: everybody's, or one district's."""

from collections.abc import Sequence

from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList

ALL = "all"


class SlipList(RowList):
    """The page scrolls, not the list."""

    def __init__(self) -> None:
        super().__init__((Column("地区部会"), Column("番号", 160)), "控えを印刷する地区部会")
        self.show_all_rows()

    def show_districts(self, found: Sequence[Organisation]) -> None:
        """Show the districts that report, all of them first."""
        rows = [Row(ALL, (f"ぜんぶの地区部会（{len(found)}枚）", ""), tone="strong")]
        self.set_rows([*rows, *(Row(org.code, (org.name, org.code)) for org in found)])
        if self.selected_key() is None:
            self.select_key(ALL, silent=True)
