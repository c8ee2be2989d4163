"""送付票: the sheet of paper that goes to the office with a submission file."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.cover_parts import (
    check_number_box,
    count_cells,
    cover_head,
    cover_qr,
    file_rows,
    how_to_hand_over,
    receipt_box,
)
from shakyo_desktop.documents.pdf.frame import RIGHT, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Field, field_row
from shakyo_desktop.documents.pdf.wording import count_text, stage_code
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.fiscal_year import fiscal_year_name

FORM = "送付票"
OFFICE_CHOICE = "事務所の欄　□ 前の登録を終わる　□ 両方を使う"

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
    answered with a reason; ``first_time`` says that the office has yet to register the sender, ``successor``
    that it is somebody who took over from a registered one (引継ぎ).
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
    successor: bool = False
    practice: bool = False


def cover_sheet_qr(data: CoverSheetData) -> str:
    """The text of the sheet's QR code; only characters of the compact alphanumeric mode."""
    place = f"{stage_code(data.stage)}{data.revision}"
    return cover_qr(data.org_code, data.fiscal_year, place, data.manifest, data.check_number)


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
    what = "地区部会活動報告の提出ファイルにつける紙"
    cover_head(sheets, what, data.office_name, "区事務所の名前", data.created_at)
    _who_and_what(sheets, data, year)
    _chair(sheets, data)
    _counts(sheets, data)
    file_rows(sheets, data.file_name, data.manifest)
    if data.successor:
        field_row(sheets, [Field("引継ぎ", f"新しい担当者です　{OFFICE_CHOICE}", bold=True)])
    check_number_box(sheets, data.check_number, _note(data), cover_sheet_qr(data))
    how_to_hand_over(sheets, HOW_TO_HAND_OVER)
    receipt_box(sheets)
    return sheets.finish(out)


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
    count_cells(
        sheets,
        (
            ("取組項目", f"{data.items_entered} / {data.items_expected}"),
            ("活動記録", count_text(data.activities, "件")),
            ("開催回数", count_text(data.sessions, "回")),
            ("延べ参加", count_text(data.person_times, "人")),
            ("延べ担い手", count_text(data.helpers, "人")),
            ("写真", count_text(data.photos, "枚")),
            ("成果事例", count_text(data.good_practices, "件")),
        ),
    )
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


def _note(data: CoverSheetData) -> str:
    if data.successor:
        return "区事務所の方へ：担当者が代わりました。この12けたを入力し、前の登録をどうするか選びます。"
    if data.first_time:
        return "区事務所の方へ：はじめての提出です。画面にこの12けたを入力して登録してください。"
    return "区事務所の方へ：登録を求められたときは、画面にこの12けたを入力してください。"
