"""The Excel workbook of a compilation: sheets of values, native charts, and a sheet that counts again."""

from typing import Any

from shakyo_desktop.documents.compilation.check_sheet import add_check_sheet
from shakyo_desktop.documents.compilation.native_charts import add_charts
from shakyo_desktop.documents.compilation.paper import CompilationPaper
from shakyo_desktop.documents.compilation.sheets import SHEETS
from shakyo_desktop.documents.excel_table import add_sheet, new_workbook, workbook_bytes


def make_workbook(paper: CompilationPaper) -> bytes:
    """Return the .xlsx file; what stands in its cells is values, but for the sheet 検算."""
    book: Any = new_workbook()
    for make in SHEETS:
        add_sheet(book, make(paper))
    add_charts(book, paper)
    add_check_sheet(book, paper)
    book.properties.title = f"取りまとめ {paper.ward_name} {paper.year} {paper.version}"
    book.properties.creator = paper.ward_name
    book.properties.created = book.properties.modified = paper.compilation.compiled_at.replace(tzinfo=None)
    book.calculation.fullCalcOnLoad = True
    return workbook_bytes(book)
