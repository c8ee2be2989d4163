"""Workbooks and CSV files as people, programs and attackers make them."""

import io
import zipfile
from typing import Any

import openpyxl


def workbook(rows: list[list[Any]], title: str = "Sheet1", merged: tuple[str, ...] = ()) -> bytes:
    """A workbook with one sheet."""
    return workbook_of({title: rows}, merged)


def workbook_of(sheets: dict[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> bytes:
    """A workbook with several sheets; ``merged`` areas are of the first."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for area in merged:
        book.worksheets[0].merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same workbook with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def csv_text(*rows: str) -> bytes:
    """UTF-8 lines as Excel writes them."""
    return "".join(f"{row}\r\n" for row in rows).encode("utf-8-sig")
