"""Writing Excel workbooks: one value per cell, codes as text, one heading row, no formulas."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shakyo_desktop.documents.cells import column_letters
from shakyo_desktop.documents.safe_cell import starts_formula

FONT = "BIZ UDゴシック"
"""Part of Windows since 10; another system puts its own font in its place."""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One sheet. ``widths`` are in characters, 16 where none is given."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    widths: tuple[int, ...] = ()


def write_workbook(sheets: Sequence[SheetContent]) -> bytes:
    """Return an .xlsx file. Whole numbers stay numbers, None is an empty cell, all else is text."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for content in sheets:
        _fill(book.create_sheet(content.title), content)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, content: SheetContent) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="666666")
    border = Border(left=line, right=line, top=line, bottom=line)
    for row_number, row in enumerate([content.headings, *content.rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row_number, column)
            _set_value(cell, value)
            cell.font = Font(name=FONT, size=11, bold=row_number == 1)
            cell.border = border
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if row_number == 1:
                cell.fill = PatternFill("solid", fgColor="E8E8E8")
    for index in range(len(content.headings)):
        width = content.widths[index] if index < len(content.widths) else 16
        sheet.column_dimensions[column_letters(index + 1)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _set_value(cell: Any, value: object) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None:
        return
    if isinstance(value, int) and not isinstance(value, bool):
        cell.value = value
        return
    text = {True: "はい", False: "いいえ"}[value] if isinstance(value, bool) else str(value)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = "@"
    if starts_formula(text):
        cell.quotePrefix = True
