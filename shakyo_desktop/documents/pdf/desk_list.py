"""受付状況 on paper: one row per district, as it stood when it was printed."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, listing
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_name

FORM = "受付状況"
_COLUMNS = (
    Column("地区部会", 43, typed="地区部会の名前"),
    Column("状態", 33),
    Column("受取日", 20),
    Column("版", 11, "centre"),
    Column("入力", 15, "centre"),
    Column("期限", 20),
    Column("おくれ", 15, "right"),
    Column("お願い", 15, "right"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskListData:
    """Rows of words in the order of the columns. ``said`` is the line above them; ``made_at`` is UTC."""

    office_name: str
    fiscal_year: int
    made_at: datetime
    said: str
    rows: tuple[tuple[str, ...], ...]
    practice: bool = False


def make_desk_list(data: DeskListData, out: BinaryIO) -> PrintedDocument:
    """Write the list as a PDF of as many pages as it takes.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    year = fiscal_year_name(data.fiscal_year)
    sheets = Sheets(
        Frame(
            title=f"{FORM} {year} {data.office_name}",
            form=FORM,
            district=data.office_name,
            fiscal_year=year,
            author=data.office_name,
            made_at=data.made_at,
            practice=data.practice,
        )
    )
    if data.practice:
        sheets.y += 4
    sheets.text(LEFT, sheets.y + 8, f"{year}　{FORM}", size=18, bold=True)
    sheets.text(RIGHT, sheets.y + 8, era_timestamp(data.made_at), align="right")
    sheets.y += 13
    sheets.paragraph(data.said, typed="区事務所の名前")
    sheets.y += 2
    listing(sheets, _COLUMNS, data.rows, FORM)
    return sheets.finish(out)
