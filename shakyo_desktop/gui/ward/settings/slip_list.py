"""Whose slips to print: everybody's, or one district's."""

from collections.abc import Sequence

from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.members import Members

ALL = "all"


class SlipList(RowList):
    """The page scrolls, not the list."""

    def __init__(self, members: Members) -> None:
        self._members = members
        columns = (Column(members.one), Column("番号", 160))
        super().__init__(columns, f"控えを印刷する{members.one}")
        self.show_all_rows()

    def show_districts(self, found: Sequence[Organisation]) -> None:
        """Show the districts that report, all of them first."""
        rows = [Row(ALL, (f"ぜんぶの{self._members.one}（{len(found)}枚）", ""), tone="strong")]
        self.set_rows([*rows, *(Row(org.code, (org.name, org.code)) for org in found)])
        if self.selected_key() is None:
            self.select_key(ALL, silent=True)
