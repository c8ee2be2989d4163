"""The stories of all districts, one row each."""

from collections.abc import Sequence

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.practices.standing_words import MARKS, TONES
from shakyo_desktop.services.practice_rows import PracticeKey, PracticeRow

_COLUMNS = (
    Column("しるし", 164),
    Column("題名"),
    Column("取組項目", 216),
    Column("地区部会", 190),
    Column("年度", 116),
    Column("写真", 64, "right"),
)
LESS_IMPORTANT = (4, 5)
"""Columns that step aside in narrow windows; the line about the chosen story says them too."""

_NOTHING = (
    "成果事例はまだありません。\n地区部会が「取組項目」の成果事例に書き、報告を受け取ると、ここに並びます。"
)
_NONE_FIT = "この絞りこみにあてはまる成果事例はありません。"


class PracticeList(RowList):
    """Enter opens a story."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, "成果事例の一覧")
        self.set_empty_text(_NOTHING)

    def show_practices(self, rows: Sequence[PracticeRow], *, filtered: bool) -> None:
        """Show these; ``filtered``: there are others that the filters keep back."""
        self.set_empty_text(_NONE_FIT if filtered else _NOTHING)
        self.set_rows([_row(one) for one in rows])
        if self.selected_key() is None and rows:
            self.select_key(rows[0].key, silent=True)

    def chosen_key(self) -> PracticeKey | None:
        """The story of the chosen row."""
        key = self.selected_key()
        return key if isinstance(key, tuple) else None


def _row(row: PracticeRow) -> Row:
    wording = row.wording
    return Row(
        row.key,
        (
            MARKS[row.standing],
            wording.title or "（題名なし）",
            f"{wording.item_number} {row.item_name}",
            row.org_name,
            fiscal_year_name(wording.fiscal_year),
            f"{len(row.chosen_photos)}枚" if row.photos else "",
        ),
        tone="problem" if TONES[row.standing] == "problem" else "plain",
        spoken=f"{MARKS[row.standing].words} {wording.title}",
    )
