"""Reports that wait to be read, shown while none is open."""

from collections.abc import Mapping, Sequence

from shakyo_desktop.domain.desk_states import DeskState
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.words import DESK, revision_words, short_day
from shakyo_desktop.services.overview import DistrictRow

_COLUMNS = (
    Column("地区部会"),
    Column("状態", 168),
    Column("年度", 130),
    Column("版", 150),
    Column("受け取った日", 140),
)
_NOTHING_WAITS = "確認を待っている報告はありません"


class WaitingList(RowList):
    """What waits, and below it what was read before; Enter opens a report."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, "確認を待っている報告")
        self.set_empty_text(f"{_NOTHING_WAITS}。\n「ファイル受取」で提出ファイルを受け取ると、ここに出ます。")

    def show_reports(
        self, waiting: Sequence[Submission], names: Mapping[str, str], year: int, rows: Sequence[DistrictRow]
    ) -> None:
        """Show what waits of any year, then the other newest reports of a year; the first one chosen."""
        shown = {one.package_id for one in waiting}
        others = [row for row in rows if row.package_id and row.package_id not in shown]
        desk = {row.package_id: row.desk for row in rows}
        listed = [_waiting(one, names, desk.get(one.package_id, DeskState.RECEIVED)) for one in waiting]
        if others:
            title = f"確認した報告（{fiscal_year_name(year)}）"
            head = [] if listed else [Row("none", (_NOTHING_WAITS,), section=True)]
            listed = [*head, *listed, Row("read", (title,), section=True)]
            listed += [_read(row, year) for row in others]
        self.set_rows(listed)
        first = next((row.key for row in listed if not row.section), None)
        if self.selected_key() is None and first is not None:
            self.select_key(first, silent=True)


def _waiting(one: Submission, names: Mapping[str, str], state: DeskState) -> Row:
    return Row(
        one.package_id,
        (
            names.get(one.org, one.org),
            DESK[state],
            fiscal_year_name(one.fiscal_year),
            revision_words(one.revision, one.stage),
            short_day(one.received_at),
        ),
    )


def _read(row: DistrictRow, year: int) -> Row:
    return Row(
        row.package_id,
        (
            row.name,
            DESK[row.desk],
            fiscal_year_name(year),
            revision_words(row.revision, row.stage),
            short_day(row.received_at),
        ),
    )
