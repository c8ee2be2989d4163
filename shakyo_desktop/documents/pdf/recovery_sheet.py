"""復旧シート: the paper in the safe that opens the store again when nothing else does."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Field, field_row
from shakyo_desktop.documents.pdf.wording import grouped
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import DocumentFailed

FORM = "復旧シート"
WARNINGS = (
    "金庫など、かぎのかかる所に保管してください。",
    "写真にとらないでください。メールやFAXで送らないでください。",
    "USBメモリやパソコンと同じ所に置かないでください。",
    "なくしたときや人に見られたときは、すぐに事務所の担当者に相談してください。",
)
_IDENTITY_PREFIX = "AGE-SECRET-KEY-1"
_GROUPS_PER_LINE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheetData:
    """What the sheet holds: an age identity (``AGE-SECRET-KEY-1…``) and its public half."""

    org_code: str
    org_name: str
    role: OrganisationKind
    identity: str
    made_at: datetime
    recipient: str = ""
    practice: bool = False


def identity_lines(identity: str) -> tuple[str, ...]:
    """The part of an identity after its fixed beginning, in lines of five groups of four, as it is typed."""
    body = identity.removeprefix(_IDENTITY_PREFIX)
    groups = grouped(body).split(" ")
    return tuple(
        " ".join(groups[at : at + _GROUPS_PER_LINE]) for at in range(0, len(groups), _GROUPS_PER_LINE)
    )


def make_recovery_sheet(data: RecoverySheetData, out: BinaryIO) -> PrintedDocument:
    """Write the sheet as a PDF of one page. The caller must keep ``out`` out of any unprotected file.

    Raises:
        DocumentFailed: when the identity is not one, or the sheet cannot be written.
    """
    if not data.identity.startswith(_IDENTITY_PREFIX):
        raise DocumentFailed(
            "復旧シートを作れませんでした。もう一度行ってください。", code="document.identity"
        )
    sheets = Sheets(Frame.of_organisation(FORM, data.org_name, data.made_at, practice=data.practice))
    _head(sheets, data)
    _key(sheets, data)
    _how(sheets, data)
    _warnings(sheets)
    return sheets.finish(out)


def _head(sheets: Sheets, data: RecoverySheetData) -> None:
    sheets.text(105, sheets.y + 9, "復 旧 シ ー ト", size=24, bold=True, align="centre")
    sheets.text(
        105,
        sheets.y + 17,
        "パソコンがこわれたとき、記録をもう一度開くための紙です。",
        size=12,
        align="centre",
    )
    sheets.y += 24
    field_row(
        sheets,
        [Field(data.role.label, f"{data.org_name}（{data.org_code}）", "組織の名前", size=15, bold=True)],
        height=12,
    )
    field_row(sheets, [Field("作った日時", era_timestamp(data.made_at))])


def _key(sheets: Sheets, data: RecoverySheetData) -> None:
    sheets.y += 6
    lines = identity_lines(data.identity)
    pitch, top = 12.5, sheets.y
    height = 22 + pitch * len(lines) + 3
    sheets.box(LEFT, top, WIDTH, height, weight=1.4)
    sheets.text(LEFT + 6, top + 9, "復旧の文字", size=14, bold=True)
    sheets.text(LEFT + 6, top + 18, f"はじめの部分　{_IDENTITY_PREFIX}　（どの紙も同じです）", size=11)
    for index, line in enumerate(lines):
        y = top + 30 + index * pitch
        sheets.text(LEFT + 6, y, f"{index + 1}行目", size=11)
        sheets.text(LEFT + 22, y, line, size=20, bold=True)
        sheets.rule(LEFT + 22, y + 2.6, RIGHT - 52, y + 2.6, 0.3, dash=True)
    side = 36.0
    sheets.qr(RIGHT - side - 6, top + (height - side) / 2 + 3, side, data.identity)
    sheets.y += height
    if data.recipient:
        sheets.y += 2
        sheets.paragraph(
            f"この紙の番号（人に見られてもよい）：{data.recipient}", typed="この紙の番号", leading=5.4
        )


def _how(sheets: Sheets, data: RecoverySheetData) -> None:
    sheets.y += 6
    sheets.text(LEFT, sheets.y + 4, "使い方", size=14, bold=True)
    sheets.y += 7
    steps = [
        "プログラムを開きます。合い言葉を聞かれる欄に、この紙の文字も入力できます。",
        "上の文字を、はじめの部分から3行目まで順に入力します。すき間は入れなくてもかまいません。"
        "QRコードを読み取る機械で入力することもできます。",
        "記録が開いたら、「設定・控え」でふだんの開き方をもう一度決めます。",
    ]
    if data.role is not OrganisationKind.DISTRICT:
        steps.append("この紙があれば、事務所あてに届いた提出ファイルも開くことができます。")
    for number, step in enumerate(steps, start=1):
        sheets.text(LEFT + 1, sheets.y + 5, f"{number}", size=11)
        sheets.paragraph(step, x=LEFT + 7, width=WIDTH - 7, size=11, leading=7)


def _warnings(sheets: Sheets) -> None:
    sheets.y += 5
    height = 11 + 7.4 * len(WARNINGS)
    sheets.box(LEFT, sheets.y, WIDTH, height, weight=0.8)
    sheets.text(LEFT + 6, sheets.y + 8, "必ず守ってください", size=13, bold=True)
    for index, line in enumerate(WARNINGS):
        sheets.text(LEFT + 6, sheets.y + 15.4 + index * 7.2, f"● {line}", size=11)
    sheets.y += height
