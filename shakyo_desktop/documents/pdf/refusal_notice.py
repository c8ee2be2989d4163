"""受け取れなかったファイルのお知らせ: the paper that goes back with a file an office could not take in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Field, field_row
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_date

FORM = "受け取れなかったファイルのお知らせ"
_LABEL = 40.0
_THANKS = (
    "お持ちいただいたファイルは、次のわけで受け取ることができませんでした。"
    "お持ちのパソコンの記録と、これまでに受け取った報告は、何も変わっていません。"
)
_HELP = "ご不明な点がありましたら、どうぞお気軽にお電話ください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalNoticeData:
    """One file, why it was refused, and what its bearer does next, a sentence each. ``made_at`` in UTC."""

    org_name: str
    office_name: str
    office_telephone: str
    file_name: str
    report: str
    reason: str
    steps: tuple[str, ...]
    day: date
    made_at: datetime
    practice: bool = False


def make_refusal_notice(data: RefusalNoticeData, out: BinaryIO) -> PrintedDocument:
    """Write the notice as a PDF of one page.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    sheets = Sheets(
        Frame.of_organisation(
            FORM, data.org_name, data.made_at, author=data.office_name, practice=data.practice
        )
    )
    _head(sheets, data)
    sheets.paragraph(f"　{_THANKS}", size=11.5, leading=7)
    sheets.y += 4
    rows = (("ファイル名", data.file_name), ("報告", data.report), ("受け取れないわけ", data.reason))
    for label, value in rows:
        if value:
            field_row(sheets, [Field(label, value, "ファイル", label_width=_LABEL)], height=11)
    sheets.y += 7
    sheets.text(LEFT, sheets.y + 4, "このあとにしていただくこと", size=13, bold=True)
    sheets.y += 8
    for number, step in enumerate(data.steps, start=1):
        sheets.text(LEFT + 1, sheets.y + 5, f"{number}", size=11.5)
        sheets.paragraph(step, x=LEFT + 7, width=WIDTH - 7, size=11.5, leading=7)
    sheets.y += 6
    sheets.paragraph(_HELP, size=11.5, leading=7)
    return sheets.finish(out)


def _head(sheets: Sheets, data: RefusalNoticeData) -> None:
    if data.practice:
        sheets.y += 4
    sheets.text(RIGHT, sheets.y + 4, era_date(data.day), align="right")
    sheets.y += 10
    for line in sheets.lines(f"{data.org_name}　様", WIDTH * 0.7, 14, True, "地区部会の名前"):
        sheets.set_line(LEFT, sheets.y + 4, line, 14, True, "left")
        sheets.y += 7
    office = "　".join(part for part in (data.office_name, data.office_telephone) if part)
    for line in sheets.lines(office, WIDTH * 0.6, 12, True, "区事務所の名前"):
        sheets.y += 6
        sheets.set_line(RIGHT, sheets.y, line, 12, True, "right")
    sheets.y += 14
    sheets.text(105, sheets.y, FORM, size=18, bold=True, align="centre")
    sheets.y += 9
