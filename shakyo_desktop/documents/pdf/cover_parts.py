"""What every cover sheet has in common: the file, its check number, the office's box."""

from collections.abc import Iterable
from datetime import datetime

from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import LABEL_GREY, Field, field_row
from shakyo_desktop.documents.pdf.wording import manifest_short
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.numbers import show_check_number


def cover_qr(code: str, fiscal_year: int, place: str, manifest: str, check_number: str) -> str:
    """The text of a sheet's QR code (``place`` is stage and revision), of the compact alphanumeric mode."""
    return "/".join(("SHAKYO/COVER/1", code, str(fiscal_year), place, manifest[:16].upper(), check_number))


def cover_head(sheets: Sheets, what: str, office: str, typed: str, created_at: datetime) -> None:
    """The title, ``what`` the sheet goes with, the office it is for (``typed`` names that field), the day."""
    sheets.text(105, sheets.y + 9, "送　付　票", size=24, bold=True, align="centre")
    sheets.text(105, sheets.y + 16, what, align="centre")
    sheets.y += 24
    lines = sheets.fitted(LEFT, sheets.y + 4, 100, f"{office}　御中", size=14, bold=True, typed=typed)
    sheets.text(RIGHT, sheets.y + 4, f"{era_timestamp(created_at)} 作成", align="right")
    sheets.y += 9 if lines == 1 else 11


def count_cells(sheets: Sheets, cells: Iterable[tuple[str, str]]) -> None:
    """Figures in a row of boxes, each under its label."""
    found = list(cells)
    sheets.y += 4
    wide = WIDTH / len(found)
    for index, (label, value) in enumerate(found):
        x = LEFT + wide * index
        sheets.box(x, sheets.y, wide, 7, grey=LABEL_GREY)
        sheets.box(x, sheets.y + 7, wide, 10)
        sheets.text(x + wide / 2, sheets.y + 4.9, label, align="centre")
        sheets.fitted(x + wide / 2, sheets.y + 13.7, wide - 2, value, size=13, bold=True, align="centre")
    sheets.y += 17


def file_rows(sheets: Sheets, file_name: str, manifest: str) -> None:
    """The file's name and the beginning of its identity, for comparing by eye."""
    sheets.y += 4
    field_row(sheets, [Field("提出ファイル名", file_name, label_width=42)])
    field_row(sheets, [Field("書きかえ防止の印", manifest_short(manifest), label_width=42)])


def check_number_box(sheets: Sheets, check_number: str, note: str, qr: str) -> None:
    """The 12 digits, large, with a note for whoever receives them."""
    sheets.y += 4
    top, height, side = sheets.y, 40.0, 30.0
    sheets.box(LEFT, top, WIDTH, height, weight=1.4)
    sheets.text(LEFT + 5, top + 8, "確認番号", size=14, bold=True)
    sheets.text(LEFT + 67, top + 22.5, show_check_number(check_number), size=32, bold=True, align="centre")
    for index, line in enumerate(sheets.lines(note, WIDTH - side - 18)):
        sheets.set_line(LEFT + 5, top + 30.5 + index * 5.4, line, 10.5, False, "left")
    sheets.qr(RIGHT - side - 5, top + 5, side, qr)
    sheets.y += height


def how_to_hand_over(sheets: Sheets, lines: Iterable[str]) -> None:
    """Numbered steps."""
    sheets.y += 4
    sheets.text(LEFT, sheets.y + 4, "渡し方", size=12, bold=True)
    sheets.y += 6
    for number, line in enumerate(lines, start=1):
        sheets.text(LEFT + 1, sheets.y + 4.75, f"{number}")
        sheets.paragraph(line, x=LEFT + 6, width=WIDTH - 6, leading=6.6)


def receipt_box(sheets: Sheets) -> None:
    """Where the office writes number, day and name."""
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
