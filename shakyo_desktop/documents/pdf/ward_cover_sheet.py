"""送付票: the sheet of paper that goes to the city with a ward's report."""

from dataclasses import dataclass
from datetime import date, datetime
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
from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.fiscal_year import fiscal_year_name

FORM = "送付票"
HOW_TO_HAND_OVER = (
    "区事務所の責任者がこの紙の内容を確かめ、お名前と日付を書きます。印は省くことができます。",
    "この紙と、ファイルを保存したUSBメモリを、いっしょに市社協へ持って行きます。",
    "市社協は確認番号で受け取ります。USBメモリは持ち帰ります。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WardCoverSheetData:
    """What the cover sheet of one version says.

    ``manifest`` is the package's identity (64 hexadecimal digits), ``check_number`` the 12 digits of the
    ward's key. ``held_on`` is the council's day, None while it has not verified the version. ``first_time``
    says that the city has yet to register the ward.
    """

    ward_code: str
    ward_name: str
    city_name: str
    plan_name: str
    fiscal_year: int
    stage: Stage
    version: int
    created_at: datetime
    held_on: date | None
    file_name: str
    manifest: str
    check_number: str
    districts: int
    expected_districts: int
    items: int
    good_practices: int
    supersedes_version: int | None = None
    unconfirmed: bool = False
    first_time: bool = False
    practice: bool = False


def ward_cover_sheet_qr(data: WardCoverSheetData) -> str:
    """The text of the sheet's QR code; only characters of the compact alphanumeric mode."""
    place = f"{stage_code(data.stage)}{data.version}"
    return cover_qr(data.ward_code, data.fiscal_year, place, data.manifest, data.check_number)


def make_ward_cover_sheet(data: WardCoverSheetData, out: BinaryIO) -> PrintedDocument:
    """Write the cover sheet as a PDF of one page.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    year = fiscal_year_name(data.fiscal_year)
    sheets = Sheets(
        Frame(
            title=f"{FORM} {data.ward_name} {year} 第{data.version}版",
            form=FORM,
            district=data.ward_name,
            fiscal_year=year,
            author=data.ward_name,
            made_at=data.created_at,
            practice=data.practice,
        )
    )
    what = "区の取りまとめのファイルにつける紙"
    cover_head(sheets, what, data.city_name, "市社協の名前", data.created_at)
    _who_and_what(sheets, data, year)
    _responsible(sheets)
    count_cells(
        sheets,
        (
            ("報告のある地区部会", f"{data.districts} / {data.expected_districts}"),
            ("取組項目", count_text(data.items, "件")),
            ("成果事例", count_text(data.good_practices, "件")),
        ),
    )
    file_rows(sheets, data.file_name, data.manifest)
    check_number_box(sheets, data.check_number, _note(data), ward_cover_sheet_qr(data))
    how_to_hand_over(sheets, HOW_TO_HAND_OVER)
    receipt_box(sheets)
    return sheets.finish(out)


def _who_and_what(sheets: Sheets, data: WardCoverSheetData, year: str) -> None:
    replaced = f"（第{data.supersedes_version}版とさしかえ）" if data.supersedes_version else "（はじめて）"
    council = f"{short_era_date(data.held_on)} 検証済み" if data.held_on else "まだ検証していません"
    ward = f"{data.ward_name}（{data.ward_code}）"
    field_row(sheets, [Field("区事務所", ward, "区事務所の名前", size=15, bold=True)], height=12)
    field_row(sheets, [Field("計画", data.plan_name, "計画の名前")])
    field_row(sheets, [Field("年度", year, bold=True), Field("報告の種類", data.stage.label, bold=True)])
    field_row(sheets, [Field("版", f"第{data.version}版{replaced}", bold=True), Field("推進協議会", council)])
    if data.unconfirmed:
        field_row(sheets, [Field("注意", "区がまだ確定していない地区部会の報告をふくみます")])


def _responsible(sheets: Sheets) -> None:
    top = sheets.y
    field_row(
        sheets,
        [
            Field("責任者", "", size=14, share=1.1),
            Field("確かめた日", "　　年　　月　　日", size=10.5, share=0.9, label_width=25),
        ],
        height=17,
    )
    middle = (top + sheets.y) / 2
    sheets.box(RIGHT - 15, middle - 6.5, 13, 13, weight=0.4)
    sheets.text(RIGHT - 8.5, middle + 1.4, "印", align="centre")


def _note(data: WardCoverSheetData) -> str:
    if data.first_time:
        return "市社協の方へ：はじめての提出です。画面にこの12けたを入力して登録してください。"
    return "市社協の方へ：登録を求められたときは、画面にこの12けたを入力してください。"
