"""Answers that can be handed over, one row each."""

from collections.abc import Sequence

from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.words import RESULTS, short_day
from shakyo_desktop.services.answers import AnswerRow

_COLUMNS = (
    Column("地区部会"),
    Column("返事", 204),
    Column("受付番号", 148),
    Column("作った日", 124),
    Column("保存した日", 148),
)


class AnswerList(RowList):
    """Enter shows the receipt."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, "返事の一覧")
        self.set_empty_text(
            "この年度の返事はまだありません。\n「確認する」で「確定する」か「確認をお願いする」を押すと、ここに出ます。"
        )

    def show_answers(self, answers: Sequence[AnswerRow]) -> None:
        """Show these; those that were not handed over yet come first."""
        ordered = sorted(answers, key=lambda row: (not row.waits, row.org))
        self.set_rows([_row(one) for one in ordered])
        if self.selected_key() is None and ordered:
            self.select_key(ordered[0].answer_id, silent=True)


def _row(one: AnswerRow) -> Row:
    written = f"✓ {short_day(one.written_at)}" if one.written_at else _not_written(one)
    return Row(
        one.answer_id,
        (one.name, RESULTS[one.result], one.receipt_no, short_day(one.created_at), written),
    )


def _not_written(one: AnswerRow) -> str:
    if one.on_paper:
        return "紙で渡す"
    return "‖ 一時停止中" if one.stopped else "まだ"
