"""What a newer revision changed, as a list of fields with their old and new words."""

from collections.abc import Sequence

from shakyo_desktop.domain.compare import FieldDifference
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.words import one_line

_COLUMNS = (Column("項目", 64, "right"), Column("欄", 180), Column("前の版"), Column("今回の版"))
_MOST = 8


class DifferencesList(RowList):
    """Read-only; as high as its rows up to a screenful."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, "前の版から変わったところ")
        self.set_empty_text("前の版から変わったところはありません。")

    def show_differences(self, found: Sequence[FieldDifference]) -> None:
        """Show these, in the order given."""
        self.set_rows([_row(at, one) for at, one in enumerate(found)])
        rows = max(1, min(len(found), _MOST))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(rows * self.verticalHeader().defaultSectionSize() + head + 4)


def _row(at: int, one: FieldDifference) -> Row:
    number = str(one.item_number) if one.item_number is not None else ""
    old, new = one_line(one.old_text) or "（なし）", one_line(one.new_text) or "（なし）"
    return Row(at, (number, one.label, old, new))
