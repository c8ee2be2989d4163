"""受領証 and 確認のお願い: what an office answers to one submission, on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, Field, field_row, listing
from shakyo_desktop.documents.pdf.wording import NOT_RECORDED, manifest_short, stage_code
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.codes import ReplyResult, Stage
from shakyo_desktop.domain.dates import era_timestamp, short_era_date
from shakyo_desktop.domain.fiscal_year import fiscal_year_name

FORMS = {
    ReplyResult.ACCEPTED: "受領証",
    ReplyResult.ACCEPTED_WITH_REQUESTS: "受領証",
    ReplyResult.RETURNED: "受領証・確認のお願い",
}
MEANINGS = {
    ReplyResult.ACCEPTED: "報告の内容を確かめ、確定しました。これで提出は終わりです。",
    ReplyResult.ACCEPTED_WITH_REQUESTS: (
        "報告の内容を確かめ、確定しました。下の「お願い」は次の報告のときに見てください。いま直す必要はありません。"
    ),
    ReplyResult.RETURNED: (
        "提出ファイルは受け取りました。下の「確認のお願い」を見て、直すところを直し、もう一度提出してください。"
    ),
}
HOW_TO_CORRECT = (
    "返事のファイルをプログラムの「返事」で受け取ると、お願いの欄がそのまま開きます。",
    "直したら「事務所へ提出」でもう一度提出ファイルと送付票を作り、区事務所へお持ちください。",
    "わからないことは、上の電話番号におたずねください。",
)

MEANING_ON_PAPER = (
    "紙の報告は受け取りました。下の「確認のお願い」を見て、直すところを紙に書き、もう一度お持ちください。"
)
HOW_TO_CORRECT_ON_PAPER = (
    "「取組状況報告書」などの用紙の、お願いの欄を直してください。",
    "部会長が確かめてから、区事務所へお持ちください。",
    "わからないことは、上の電話番号におたずねください。",
)
"""For a district whose paper the office keyed (代行入力)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRequest:
    """One request. ``item`` is its number and name, empty for the whole report, ``place`` the record."""

    text: str
    item: str = ""
    place: str = ""
    field: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptData:
    """What the receipt of one submission says; ``received_at`` and ``answered_at`` are UTC."""

    receipt_no: str
    org_code: str
    org_name: str
    office_name: str
    office_telephone: str
    fiscal_year: int
    stage: Stage
    revision: int
    result: ReplyResult
    received_at: datetime
    answered_at: datetime
    manifest: str
    requests: tuple[ReceiptRequest, ...] = ()
    file_name: str = ""
    chair_name: str = ""
    practice: bool = False
    paper_no: str = ""


def receipt_qr(data: ReceiptData) -> str:
    """The text of the QR code without the page number that every page adds."""
    return "/".join(
        (
            "SHAKYO/RECEIPT/1",
            data.org_code,
            str(data.fiscal_year),
            f"{stage_code(data.stage)}{data.revision}",
            data.manifest[:16].upper(),
        )
    )


def make_receipt(data: ReceiptData, out: BinaryIO) -> PrintedDocument:
    """Write the receipt with its requests as a PDF of as many pages as they take.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    form = FORMS[data.result]
    year = fiscal_year_name(data.fiscal_year)
    sheets = Sheets(
        Frame(
            title=f"{form} {data.receipt_no} {data.org_name} {year}",
            form=f"{form}　{data.receipt_no}",
            district=data.org_name,
            fiscal_year=year,
            author=data.office_name,
            made_at=data.answered_at,
            qr=receipt_qr(data),
            practice=data.practice,
        )
    )
    _head(sheets, data, form)
    _facts(sheets, data, year)
    _result(sheets, data)
    if data.requests:
        _requests(sheets, data)
    return sheets.finish(out)


def _head(sheets: Sheets, data: ReceiptData, form: str) -> None:
    title = "　".join(form) if len(form) < 5 else form
    sheets.text(105, sheets.y + 9, title, size=22, bold=True, align="centre")
    sheets.y += 21
    addressee = (
        f"{data.org_name}　部会長　{data.chair_name}様" if data.chair_name else f"{data.org_name}　部会長　様"
    )
    for line in sheets.lines(addressee, WIDTH * 0.62, 14, True, "地区部会の名前"):
        sheets.set_line(LEFT, sheets.y + 4, line, 14, True, "left")
        sheets.y += 6.5
    sheets.y += 4
    sheets.text(RIGHT, sheets.y, era_timestamp(data.answered_at), align="right")
    sheets.y += 2
    office = sheets.lines(data.office_name, WIDTH * 0.6, 12, True, "区事務所の名前")
    for line in office:
        sheets.y += 6
        sheets.set_line(RIGHT, sheets.y, line, 12, True, "right")
    if data.office_telephone:
        sheets.y += 6
        sheets.text(
            RIGHT, sheets.y, f"電話 {data.office_telephone}", align="right", typed="区事務所の電話番号"
        )
    sheets.y += 8


def _facts(sheets: Sheets, data: ReceiptData, year: str) -> None:
    if data.paper_no:
        words = f"次の紙の報告を受け取り、事務所で入力しました（代行入力　紙の受付番号 {data.paper_no}）。"
        sheets.paragraph(words, typed="紙の受付番号")
    else:
        sheets.paragraph("次の提出ファイルを受け取りました。")
    sheets.y += 1
    field_row(
        sheets,
        [Field("受付番号", data.receipt_no, "受付番号", size=16, bold=True, label_width=36)],
        height=12,
    )
    field_row(sheets, [Field("受け取った日時", era_timestamp(data.received_at), label_width=36)])
    field_row(
        sheets,
        [
            Field("年度", year, bold=True, share=1.15, label_width=36),
            Field("報告の種類", data.stage.label, bold=True, share=1.05),
            Field("版", f"第{data.revision}版", bold=True, share=0.7, label_width=18),
        ],
    )
    if data.file_name:
        field_row(sheets, [Field("提出ファイル名", data.file_name, "提出ファイル名", label_width=36)])
    field_row(sheets, [Field("書きかえ防止の印", manifest_short(data.manifest), label_width=36)])


def _result(sheets: Sheets, data: ReceiptData) -> None:
    sheets.y += 5
    on_paper = data.paper_no and data.result is ReplyResult.RETURNED
    lines = sheets.lines(MEANING_ON_PAPER if on_paper else MEANINGS[data.result], WIDTH - 12)
    height = 15 + len(lines) * 6.2
    sheets.need(height)
    sheets.box(LEFT, sheets.y, WIDTH, height, weight=1.4)
    sheets.text(LEFT + 6, sheets.y + 9, data.result.label, size=16, bold=True)
    for index, line in enumerate(lines):
        sheets.set_line(LEFT + 6, sheets.y + 17 + index * 6.2, line, 10.5, False, "left")
    sheets.y += height + 6


def _requests(sheets: Sheets, data: ReceiptData) -> None:
    returned = data.result is ReplyResult.RETURNED
    sheets.need(40)
    title = "確認のお願い" if returned else "次の報告のときのお願い"
    sheets.text(LEFT, sheets.y + 4.5, f"{title}（{len(data.requests)}件）", size=13, bold=True)
    sheets.bookmark(title)
    sheets.y += 7.5
    columns = (
        Column("番号", 12, "centre"),
        Column("取組項目・記録", 50, typed="取組項目・記録"),
        Column("お願いの内容", 76, typed="お願いの内容"),
        Column("いつまでに", 21, "centre"),
        Column("済", 13, "centre"),
    )
    rows = [
        (str(number), _where(request), request.text, _due(request.due), "□")
        for number, request in enumerate(data.requests, start=1)
    ]
    listing(sheets, columns, rows, title)
    if not returned:
        return
    sheets.y += 4
    sheets.need(30)
    sheets.text(LEFT, sheets.y + 4, "直し方", size=12, bold=True)
    sheets.y += 6
    for number, line in enumerate(HOW_TO_CORRECT_ON_PAPER if data.paper_no else HOW_TO_CORRECT, start=1):
        sheets.text(LEFT + 1, sheets.y + 4.6, f"{number}")
        sheets.paragraph(line, x=LEFT + 6, width=WIDTH - 6, leading=6.4)


def _where(request: ReceiptRequest) -> str:
    parts = [request.item or "報告の全体", request.place, f"【{request.field}】" if request.field else ""]
    return "\n".join(part for part in parts if part)


def _due(due: date | None) -> str:
    return short_era_date(due) if due else NOT_RECORDED
