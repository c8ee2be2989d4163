"""消去の記録: which fiscal years were deleted after their 保存期間, when, by whom, and what there was."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, listing
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_date, era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.retention import Deletion, count_words

FORM = "消去の記録"
_COLUMNS = (
    Column("年度", 22),
    Column("消した日時", 34),
    Column("消した人", 24, typed="お名前"),
    Column("保存期間の終わり", 42),
    Column("消した内容", 50),
)
_LEAD = "保存期間が過ぎたため、下の年度の記録を消しました。消した内容は、このプログラムには残っていません。"
_KEPT = "（取りまとめは残しました）"
_WAITING = "（片づけの途中）"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionListData:
    """The notes, newest first; ``made_at`` is UTC, ``fiscal_year`` the name of the present one."""

    org_name: str
    fiscal_year: str
    made_at: datetime
    deletions: tuple[Deletion, ...]
    practice: bool = False


def make_deletion_list(data: DeletionListData, out: BinaryIO) -> PrintedDocument:
    """Write the notes as a PDF of as many pages as it takes.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    sheets = Sheets(
        Frame.of_organisation(
            FORM, data.org_name, data.made_at, fiscal_year=data.fiscal_year, practice=data.practice
        )
    )
    if data.practice:
        sheets.y += 4
    sheets.text(LEFT, sheets.y + 8, FORM, size=18, bold=True)
    sheets.y += 15
    for line in sheets.lines(data.org_name, 172, 12, True, "組織の名前"):
        sheets.set_line(LEFT, sheets.y, line, 12, True, "left")
        sheets.y += 6
    sheets.paragraph(_LEAD)
    sheets.y += 2
    listing(sheets, _COLUMNS, [_row(one) for one in data.deletions], FORM)
    return sheets.finish(out)


def _row(deletion: Deletion) -> tuple[str, ...]:
    kept = _KEPT if deletion.kept_compilations and deletion.counts.get("compilations") else ""
    waiting = "" if deletion.erased_at else _WAITING
    return (
        fiscal_year_name(deletion.fiscal_year),
        era_timestamp(deletion.deleted_at),
        deletion.who,
        era_date(deletion.kept_until),
        f"{count_words(deletion.counts)}{kept}{waiting}",
    )
