"""引継ぎの合い言葉: the paper that opens a handover copy, given in person and never with the stick."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Field, field_row
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.handover import code_lines

FORM = "引継ぎの合い言葉"
WARNINGS = (
    "次の担当者に、手から手へ渡してください。USBメモリと同じ袋や封筒に入れないでください。",
    "写真にとったり、メールやFAXで送ったりしないでください。",
    "この紙とUSBメモリの両方がないと、記録は開けません。",
    "次の担当者がはじめ終わったら、この紙は細かく切って捨ててください。",
)
_STEPS = (
    "次の担当者のパソコンで、プログラムを開きます。",
    "はじめの画面で「前の担当者から引き継ぐ」を押し、USBメモリのファイルを選びます。",
    "上の数字を、左上から順に入力します。すき間は入れなくてもかまいません。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverCodeData:
    """The 24 digits of one handover copy; ``made_at`` in UTC."""

    org_code: str
    org_name: str
    file_name: str
    code: str
    made_at: datetime


def make_handover_code(data: HandoverCodeData, out: BinaryIO) -> PrintedDocument:
    """Write the page as a PDF. The caller must keep ``out`` out of any file.

    Raises:
        DocumentFailed: when it cannot be made.
    """
    sheets = Sheets(Frame.of_organisation(FORM, data.org_name, data.made_at))
    sheets.text(105, sheets.y + 9, "引継ぎの合い言葉", size=24, bold=True, align="centre")
    sheets.text(105, sheets.y + 17, "次の担当者が、記録を開くための紙です。", size=12, align="centre")
    sheets.y += 24
    name = f"{data.org_name}（{data.org_code}）"
    field_row(sheets, [Field("地区部会", name, "地区部会の名前", size=15, bold=True)], height=12)
    field_row(sheets, [Field("作った日時", era_timestamp(data.made_at))])
    field_row(sheets, [Field("ファイル名", data.file_name)])
    _digits(sheets, data.code)
    _steps(sheets)
    _warnings(sheets)
    return sheets.finish(out)


def _digits(sheets: Sheets, code: str) -> None:
    sheets.y += 8
    lines = code_lines(code)
    pitch, top = 22.0, sheets.y
    height = 16 + pitch * len(lines)
    sheets.box(LEFT, top, WIDTH, height, weight=1.4)
    sheets.text(LEFT + 6, top + 10, "合い言葉（24けたの数字）", size=14, bold=True)
    for index, line in enumerate(lines):
        y = top + 28 + index * pitch
        sheets.text(105, y, line, size=36, bold=True, align="centre")
        sheets.rule(LEFT + 22, y + 5, LEFT + WIDTH - 22, y + 5, 0.3, dash=True)
    sheets.y += height


def _steps(sheets: Sheets) -> None:
    sheets.y += 8
    sheets.text(LEFT, sheets.y + 4, "使い方", size=14, bold=True)
    sheets.y += 7
    for number, step in enumerate(_STEPS, start=1):
        sheets.text(LEFT + 1, sheets.y + 5, f"{number}", size=12)
        sheets.paragraph(step, x=LEFT + 7, width=WIDTH - 7, size=12, leading=7.5)


def _warnings(sheets: Sheets) -> None:
    sheets.y += 7
    top = sheets.y
    sheets.text(LEFT + 6, top + 9, "必ず守ってください", size=14, bold=True)
    sheets.y += 12
    for line in WARNINGS:
        sheets.text(LEFT + 6, sheets.y + 5.4, "●", size=12)
        sheets.paragraph(line, x=LEFT + 12, width=WIDTH - 18, size=12, leading=7.5)
    sheets.y += 4
    sheets.box(LEFT, top, WIDTH, sheets.y - top, weight=0.8)
