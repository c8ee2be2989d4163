"""Reports that wait to be read, shown while none is open."""

from collections.abc import Mapping, Sequence

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.words import revision_words, short_day

_COLUMNS = (Column("地区部会"), Column("年度", 150), Column("版", 170), Column("受け取った日", 150))


class WaitingList(RowList):
    """Enter opens a report."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, "確認を待っている報告")
        self.set_empty_text(
            "確認を待っている報告はありません。\n「ファイル受取」で提出ファイルを受け取ると、ここに出ます。"
        )

    def show_waiting(self, waiting: Sequence[Submission], names: Mapping[str, str]) -> None:
        """Show these, the first one chosen."""
        self.set_rows([_row(one, names) for one in waiting])
        if self.selected_key() is None and waiting:
            self.select_key(waiting[0].package_id, silent=True)


def _row(one: Submission, names: Mapping[str, str]) -> Row:
    return Row(
        one.package_id,
        (
            names.get(one.org, one.org),
            fiscal_year_name(one.fiscal_year),
            revision_words(one.revision, one.stage),
            short_day(one.received_at),
        ),
    )
