"""送付票: the sheet of paper that goes to the office with a submission file."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import LABEL_GREY, Field, field_row
from shakyo_desktop.documents.pdf.wording import count_text, manifest_short, stage_code
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.numbers import show_check_number

FORM = "送付票"

HOW_TO_HAND_OVER = (
    "部会長がこの紙の内容を確かめ、お名前と日付を書きます。印は省くことができます。",
    "この紙と、提出ファイルを保存したUSBメモリを、いっしょに区事務所へ持って行きます。",
    "区事務所は確認番号で受け取り、受領証をお渡しします。USBメモリは持ち帰ります。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverSheetData:
    """What the cover sheet of one submission says.

    ``manifest`` is the package's identity (64 hexadecimal digits), ``check_number`` the 12 digits of the
    sender's key. Counts that were never recorded are None. ``reasons`` is how many warnings the district
    answered with a reason; ``first_time`` says that the office has yet to register the sender.
    """

    org_code: str
    org_name: str
    office_name: str
    fiscal_year: int
    stage: Stage
    assembly: Assembly
    revision: int
    created_at: datetime
    chair_name: str
    file_name: str
    manifest: str
    check_number: str
    items_entered: int
    items_expected: int
    activities: int
    photos: int
    sessions: int | None = None
    person_times: int | None = None
    helpers: int | None = None
    good_practices: int = 0
    supersedes_revision: int | None = None
    reasons: int = 0
    first_time: bool = False
    practice: bool = False


def cover_sheet_qr(data: CoverSheetData) -> str:
    """The text of the sheet's QR code; only characters of the compact alphanumeric mode."""
    return "/".join(
        (
            "SHAKYO/COVER/1",
            data.org_code,
            str(data.fiscal_year),
            f"{stage_code(data.stage)}{data.revision}",
            data.manifest[:16].upper(),
            data.check_number,
        )
    )


def make_cover_sheet(data: CoverSheetData, out: BinaryIO) -> PrintedDocument:
    """Write the cover sheet as a PDF of one page.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    year = fiscal_year_name(data.fiscal_year)
    sheets = Sheets(
        Frame(
            title=f"{FORM} {data.org_name} {year} 第{data.revision}版",
            form=FORM,
            district=data.org_name,
            fiscal_year=year,
            author=data.org_name,
            made_at=data.created_at,
            practice=data.practice,
        )
    )
    _head(sheets, data)
    _who_and_what(sheets, data, year)
    _chair(sheets, data)
    _counts(sheets, data)
    _file(sheets, data)
    _check_number(sheets, data)
    _how(sheets)
    _receipt_box(sheets)
    return sheets.finish(out)


def _head(sheets: Sheets, data: CoverSheetData) -> None:
    sheets.text(105, sheets.y + 9, "送　付　票", size=24, bold=True, align="centre")
    sheets.text(105, sheets.y + 16, "地区部会活動報告の提出ファイルにつける紙", align="centre")
    sheets.y += 24
    office = sheets.fitted(
        LEFT, sheets.y + 4, 100, f"{data.office_name}　御中", size=14, bold=True, typed="区事務所の名前"
    )
    sheets.text(RIGHT, sheets.y + 4, f"{era_timestamp(data.created_at)} 作成", align="right")
    sheets.y += 9 if office == 1 else 11


def _who_and_what(sheets: Sheets, data: CoverSheetData, year: str) -> None:
    replaced = f"（第{data.supersedes_revision}版とさしかえ）" if data.supersedes_revision else "（はじめて）"
    field_row(
        sheets,
        [Field("地区部会", f"{data.org_name}（{data.org_code}）", "地区部会の名前", size=15, bold=True)],
        height=12,
    )
    field_row(
        sheets,
        [Field("年度", year, bold=True), Field("報告の種類", data.stage.label, bold=True)],
    )
    field_row(
        sheets,
        [Field("版", f"第{data.revision}版{replaced}", bold=True), Field("総会", data.assembly.label)],
    )


def _chair(sheets: Sheets, data: CoverSheetData) -> None:
    top = sheets.y
    field_row(
        sheets,
        [
            Field("部会長", data.chair_name, "部会長の名前", size=14, share=1.1),
            Field("確かめた日", "　　年　　月　　日", size=10.5, share=0.9, label_width=25),
        ],
        height=17,
    )
    middle = (top + sheets.y) / 2
    sheets.box(RIGHT - 15, middle - 6.5, 13, 13, weight=0.4)
    sheets.text(RIGHT - 8.5, middle + 1.4, "印", align="centre")


def _counts(sheets: Sheets, data: CoverSheetData) -> None:
    sheets.y += 4
    cells = (
        ("取組項目", f"{data.items_entered} / {data.items_expected}"),
        ("活動記録", count_text(data.activities, "件")),
        ("開催回数", count_text(data.sessions, "回")),
        ("延べ参加", count_text(data.person_times, "人")),
        ("延べ担い手", count_text(data.helpers, "人")),
        ("写真", count_text(data.photos, "枚")),
        ("成果事例", count_text(data.good_practices, "件")),
    )
    wide = WIDTH / len(cells)
    for index, (label, value) in enumerate(cells):
        x = LEFT + wide * index
        sheets.box(x, sheets.y, wide, 7, grey=LABEL_GREY)
        sheets.box(x, sheets.y + 7, wide, 10)
        sheets.text(x + wide / 2, sheets.y + 4.9, label, align="centre")
        sheets.fitted(x + wide / 2, sheets.y + 13.7, wide - 2, value, size=13, bold=True, align="centre")
    sheets.y += 17
    if data.reasons:
        field_row(
            sheets,
            [
                Field(
                    "理由を書いた注意",
                    f"{data.reasons}件（理由は提出ファイルの中にあります）",
                    label_width=42,
                )
            ],
        )


def _file(sheets: Sheets, data: CoverSheetData) -> None:
    sheets.y += 4
    field_row(sheets, [Field("提出ファイル名", data.file_name, label_width=42)])
    field_row(sheets, [Field("書きかえ防止の印", manifest_short(data.manifest), label_width=42)])


def _check_number(sheets: Sheets, data: CoverSheetData) -> None:
    sheets.y += 4
    top, height, side = sheets.y, 40.0, 30.0
    sheets.box(LEFT, top, WIDTH, height, weight=1.4)
    sheets.text(LEFT + 5, top + 8, "確認番号", size=14, bold=True)
    sheets.text(
        LEFT + 67, top + 22.5, show_check_number(data.check_number), size=32, bold=True, align="centre"
    )
    if data.first_time:
        note = "区事務所の方へ：はじめての提出です。画面にこの12けたを入力して登録してください。"
    else:
        note = "区事務所の方へ：登録を求められたときは、画面にこの12けたを入力してください。"
    for index, line in enumerate(sheets.lines(note, WIDTH - side - 18)):
        sheets.set_line(LEFT + 5, top + 30.5 + index * 5.4, line, 10.5, False, "left")
    sheets.qr(RIGHT - side - 5, top + 5, side, cover_sheet_qr(data))
    sheets.y += height


def _how(sheets: Sheets) -> None:
    sheets.y += 4
    sheets.text(LEFT, sheets.y + 4, "渡し方", size=12, bold=True)
    sheets.y += 6
    for number, line in enumerate(HOW_TO_HAND_OVER, start=1):
        sheets.text(LEFT + 1, sheets.y + 4.75, f"{number}")
        sheets.paragraph(line, x=LEFT + 6, width=WIDTH - 6, leading=6.6)


def _receipt_box(sheets: Sheets) -> None:
    sheets.y += 5
    height = 18.0
    sheets.need(height)
    cells = (("受付欄", 20.0), ("受付番号", 56.0), ("受付日", 48.0), ("受付者", 48.0))
    x = LEFT
    for index, (label, wide) in enumerate(cells):
        label_width = wide if index == 0 else 20.0
        sheets.box(x, sheets.y, label_width, height, grey=LABEL_GREY)
        sheets.box(x, sheets.y, wide, height)
        sheets.text(x + label_width / 2, sheets.y + 10.4, label, align="centre", bold=index == 0)
        x += wide
    sheets.box(LEFT, sheets.y, WIDTH, height, weight=1.2)
    sheets.y += height
