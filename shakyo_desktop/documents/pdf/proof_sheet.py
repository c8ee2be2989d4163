"""校正票 on paper: for the 部会長, only what differs from what was printed before, old beside new."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, Field, field_row, listing
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.forms.proof import PageState, ProofPage

FORM = "校正票"
_STATES = {
    PageState.NEVER_PRINTED: "まだ印刷していません",
    PageState.PRINTED: "前の印刷と同じ",
    PageState.CHANGED: "変わりました",
    PageState.CONFIRMED: "確認済み",
}
_BLANK = "（空欄）"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSheetData:
    """One form's pages with what differs. ``printed_before`` is when it was last printed, None for never."""

    form: FormCode
    org_code: str
    org_name: str
    fiscal_year: int
    pages: tuple[ProofPage, ...]
    printed_before: datetime | None
    made_at: datetime
    practice: bool = False


def make_proof_sheet(data: ProofSheetData, out: BinaryIO) -> PrintedDocument:
    """Write the proof sheet as a PDF.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    year = fiscal_year_name(data.fiscal_year)
    sheets = Sheets(
        Frame(
            title=f"{FORM} {data.form.label} {data.org_name} {year}",
            form=f"{FORM}（{data.form.label}）",
            district=data.org_name,
            fiscal_year=year,
            author=data.org_name,
            made_at=data.made_at,
            practice=data.practice,
        )
    )
    _head(sheets, data, year)
    for page in data.pages:
        _page(sheets, page)
    return sheets.finish(out)


def _head(sheets: Sheets, data: ProofSheetData, year: str) -> None:
    sheets.text(105, sheets.y + 9, FORM, size=22, bold=True, align="centre")
    sheets.y += 16
    name = f"{data.org_name}（{data.org_code}）"
    field_row(sheets, [Field("地区部会", name, "地区部会の名前", size=14, bold=True)], height=11)
    field_row(sheets, [Field("年度", year, bold=True), Field("用紙", data.form.label, bold=True)])
    before = era_timestamp(data.printed_before) if data.printed_before else "まだ印刷していません"
    field_row(sheets, [Field("前の印刷", before), Field("この票", era_timestamp(data.made_at))])
    sheets.y += 4
    count = sum(len(page.lines) for page in data.pages)
    words = (
        f"前に印刷した内容と違う欄は{count}か所です。" if count else "前に印刷した内容と違う欄はありません。"
    )
    sheets.paragraph(words, bold=True, size=12)
    sheets.y += 2


def _page(sheets: Sheets, page: ProofPage) -> None:
    sheets.need(24)
    place = f"{page.page}ページ　" if page.page else ""
    sheets.bookmark(f"{place}{page.heading}")
    sheets.paragraph(f"{place}{page.heading}　{_STATES[page.state]}", bold=True, typed="施策の名前")
    if page.lines:
        columns = (
            Column("欄", 44, typed="欄の名前"),
            Column("前に印刷した内容", (WIDTH - 60) / 2, typed="前の内容"),
            Column("今の内容", (WIDTH - 60) / 2, typed="今の内容"),
            Column("確認", 16),
        )
        rows = [(line.place, line.old or _BLANK, line.new or _BLANK, "□") for line in page.lines]
        listing(sheets, columns, rows, page.heading)
    sheets.y += 4
