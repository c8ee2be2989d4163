"""Writing Excel workbooks: one value per cell, codes as text, one heading row, no formulas."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shakyo_desktop.documents.cells import column_letters
from shakyo_desktop.documents.safe_cell import starts_formula

FONT = "BIZ UDゴシック"
"""Part of Windows since 10; another system puts its own font in its place."""


_USUAL_WIDTH = 16
_WIDEST_UPRIGHT = 130  # characters; a wider table is printed on sheets that lie
_HEADING, _TEXT, _NUMBER = "表の見出し", "表の文字", "表の数字"


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One sheet. ``widths`` are in characters, 16 where none is given."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    widths: tuple[int, ...] = ()


def write_workbook(sheets: Sequence[SheetContent]) -> bytes:
    """Return an .xlsx file. Whole numbers stay numbers, None is an empty cell, all else is text."""
    book = new_workbook()
    for content in sheets:
        add_sheet(book, content)
    return workbook_bytes(book)


def new_workbook() -> Any:
    """A workbook without sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    return book


def workbook_bytes(book: Any) -> bytes:
    """The .xlsx file of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def add_sheet(book: Any, content: SheetContent) -> Any:
    """Add a sheet with its one heading row, ruled, ready to print; return it."""
    _name_styles(book)
    sheet = book.create_sheet(content.title)
    for row_number, row in enumerate([content.headings, *content.rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row_number, column)
            cell.style = _HEADING if row_number == 1 else _NUMBER if is_number(value) else _TEXT
            _set_value(cell, value)
    _set_up(sheet, content)
    return sheet


def is_number(value: object) -> bool:
    """Whether a value becomes a number in a cell; a blank stands in a column of either kind."""
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _name_styles(book: Any) -> None:
    """The looks of cells, made once for a book: naming one costs a tenth of building it for every cell."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    if _HEADING in book.style_names:
        return
    line = Side(style="thin", color="666666")
    look: dict[str, Any] = {
        "border": Border(left=line, right=line, top=line, bottom=line),
        "alignment": Alignment(vertical="center", wrap_text=True),
    }
    plain, bold = Font(name=FONT, size=11), Font(name=FONT, size=11, bold=True)
    grey = PatternFill("solid", fgColor="E8E8E8")
    book.add_named_style(NamedStyle(_HEADING, bold, grey, number_format="@", **look))
    book.add_named_style(NamedStyle(_TEXT, plain, number_format="@", **look))
    book.add_named_style(NamedStyle(_NUMBER, plain, **look))


def _set_up(sheet: Any, content: SheetContent) -> None:
    rest = (_USUAL_WIDTH,) * (len(content.headings) - len(content.widths))
    widths = (*content.widths, *rest)[: len(content.headings)]
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[column_letters(column)].width = width
    if sum(widths) > _WIDEST_UPRIGHT:
        sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _set_value(cell: Any, value: object) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None:
        return
    if is_number(value):
        cell.value = value
        return
    text = {True: "はい", False: "いいえ"}[value] if isinstance(value, bool) else str(value)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    if starts_formula(text):
        cell.quotePrefix = True
