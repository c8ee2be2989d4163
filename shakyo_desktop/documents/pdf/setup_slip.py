"""はじめの設定の控え: what an office gives a district on paper together with its setup file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Field, field_row
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import DocumentFailed
from shakyo_desktop.domain.numbers import show_check_number

FORM = "はじめの設定の控え"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupSlipData:
    """What one district's slip says; ``number`` are the 12 digits for this district and this setup file."""

    org_code: str
    org_name: str
    number: str
    setup_file: str
    serial: int
    office_name: str
    office_telephone: str
    made_at: datetime
    practice: bool = False
    for_ward: bool = False


def setup_slip_qr(slip: SetupSlipData) -> str:
    """The text of a slip's QR code: whose it is and its number."""
    return f"SHAKYO/SETUP/1/{slip.org_code}/{slip.serial}/{slip.number}"


_STEPS = (
    (
        "USBメモリを差して、プログラムを開きます。",
        "「設定ファイルを選ぶ」を押し、上の名前のファイルを選びます。",
    ),
    ("上の12けたの数字を入力します。", "数字が合うと、あなたの地区部会の名前が出ます。"),
    ("お名前を入れて「始める」を押します。", "これで活動の記録を書き始めることができます。"),
)
_STEPS_OF_WARD = (
    (
        "USBメモリを差して、「区の設定」の「市への提出」を開きます。",
        "「市の設定ファイルを選ぶ」を押し、上の名前のファイルを選びます。",
    ),
    ("上の12けたの数字を入力します。", "紙の数字を、見くらべながら入れてください。"),
    ("「番号を確かめて取り込む」を押します。", "これで取りまとめを市へ送ることができます。"),
)


def make_setup_slips(slips: Sequence[SetupSlipData], out: BinaryIO) -> PrintedDocument:
    """Write one page for each district, in the order given.

    Raises:
        DocumentFailed: when there is none, or the document cannot be made or written.
    """
    if not slips:
        raise DocumentFailed(
            "控えを作る地区部会がありません。\n「設定」の名簿に地区部会を登録してください。",
            code="document.empty",
        )
    first = slips[0]
    sheets = Sheets(
        Frame(
            title=f"{FORM} {first.org_name if len(slips) == 1 else first.office_name}",
            form=FORM,
            district=first.org_name,
            fiscal_year="",
            author=first.office_name,
            made_at=first.made_at,
            practice=first.practice,
        )
    )
    for index, slip in enumerate(slips):
        if index:
            sheets.begin_part(slip.org_name)
        sheets.bookmark(slip.org_name)
        _slip(sheets, slip)
    return sheets.finish(out)


def _slip(sheets: Sheets, slip: SetupSlipData) -> None:
    sheets.text(105, sheets.y + 9, FORM, size=24, bold=True, align="centre")
    sheets.y += 22
    for line in sheets.lines(f"{slip.org_name}　様", WIDTH, 16, True, "地区部会の名前"):
        sheets.set_line(LEFT, sheets.y + 5, line, 16, True, "left")
        sheets.y += 8
    sheets.y += 3
    sheets.paragraph(
        f"この紙と、設定ファイルの入ったUSBメモリで、{_what_for(slip)}ことができます。",
        size=12,
        leading=7,
    )
    sheets.y += 3
    field_row(
        sheets,
        [Field(_member(slip), f"{slip.org_name}（{slip.org_code}）", "あて先の名前", bold=True)],
        height=10,
    )
    field_row(
        sheets,
        [
            Field("設定ファイル名", slip.setup_file, "設定ファイル名", share=1.25, label_width=36),
            Field("通し番号", str(slip.serial), share=0.75, label_width=24),
        ],
        height=10,
    )
    _number(sheets, slip)
    _steps(sheets, _STEPS_OF_WARD if slip.for_ward else _STEPS)
    _office(sheets, slip)


def _number(sheets: Sheets, slip: SetupSlipData) -> None:
    sheets.y += 6
    top, height, side = sheets.y, 46.0, 32.0
    sheets.box(LEFT, top, WIDTH, height, weight=1.6)
    sheets.text(LEFT + 6, top + 10, "設定の確認番号", size=14, bold=True)
    sheets.text(LEFT + 66, top + 28, show_check_number(slip.number), size=34, bold=True, align="centre")
    sheets.text(LEFT + 6, top + 39.5, "はじめるときに、この12けたの数字を入力します。", size=12)
    sheets.qr(RIGHT - side - 6, top + 7, side, setup_slip_qr(slip))
    sheets.y += height


def _member(slip: SetupSlipData) -> str:
    return "区事務所" if slip.for_ward else "地区部会"


def _what_for(slip: SetupSlipData) -> str:
    return "取りまとめを市へ送る" if slip.for_ward else "プログラムを使い始める"


def _steps(sheets: Sheets, steps: tuple[tuple[str, str], ...]) -> None:
    sheets.y += 8
    sheets.text(LEFT, sheets.y + 4, "はじめ方", size=14, bold=True)
    sheets.y += 8
    for number, (do, then) in enumerate(steps, start=1):
        top = sheets.y
        sheets.box(LEFT, top, WIDTH, 20, radius=2)
        sheets.box(LEFT, top, 18, 20, grey=0.0, radius=2, weight=0)
        _white_number(sheets, LEFT + 9, top, number)
        sheets.text(LEFT + 24, top + 8.4, do, size=14, bold=True)
        sheets.text(LEFT + 24, top + 15.4, then, size=11)
        sheets.y += 20
        if number < len(steps):
            sheets.text(LEFT + 9, sheets.y + 4.6, "▼", align="centre")
            sheets.y += 6


def _white_number(sheets: Sheets, x: float, top: float, number: int) -> None:
    sheets.box(x - 6, top + 4, 12, 12, grey=1.0, radius=6, weight=0)
    sheets.text(x, top + 13, str(number), size=22, bold=True, align="centre")


def _office(sheets: Sheets, slip: SetupSlipData) -> None:
    sheets.y += 8
    field_row(
        sheets,
        [
            Field(
                "困ったときは",
                f"{slip.office_name}　電話 {slip.office_telephone}",
                "区事務所の電話番号",
                size=14,
                bold=True,
            )
        ],
        height=13,
    )
    sheets.y += 5
    sheets.paragraph(
        "この紙は、使い始めるまで人に見せないでください。数字が合わないときは、設定ファイルを使わずに、"
        f"ふだん知っている電話番号で{'市社協' if slip.for_ward else '区事務所'}に知らせてください。"
    )
    sheets.y += 2
    sheets.text(RIGHT, sheets.y + 4, f"{era_timestamp(slip.made_at)} 作成", align="right")
