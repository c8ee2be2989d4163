"""Ruled tables: rows of labelled boxes as on an office form, and lists that flow over pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from shakyo_desktop.documents.pdf.page import BODY, BOTTOM, LEFT, LINE, WIDTH, Align, Sheets

LABEL_GREY = 0.92
"""Filling of a label's box; light enough for a copying machine."""

_PADDING = 2.0
_ROW = 8.4


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled box. ``share`` is its part of the row; ``typed`` names the place of a user's text."""

    label: str
    value: str
    typed: str = ""
    share: float = 1.0
    size: float = 12.0
    bold: bool = False
    align: Align = "left"
    label_width: float = 30.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list, ``width`` mm wide."""

    title: str
    width: float
    align: Align = "left"
    typed: str = ""
    bold: bool = False


def field_row(
    sheets: Sheets, fields: Sequence[Field], *, height: float = _ROW, x: float = LEFT, width: float = WIDTH
) -> None:
    """Draw one row of labelled boxes at ``sheets.y``, as high as its longest value needs."""
    total = sum(field.share for field in fields)
    cells = [(field, width * field.share / total) for field in fields]
    wrapped = [
        sheets.lines(f.value, wide - f.label_width - 2 * _PADDING, f.size, f.bold, f.typed)
        for f, wide in cells
    ]
    labels = [sheets.lines(f.label, f.label_width - 2 * _PADDING) for f in fields]
    for (field, _), lines, label in zip(cells, wrapped, labels, strict=True):
        height = max(height, len(lines) * _leading(field.size) + 2.4, len(label) * _leading(BODY) + 2.4)
    sheets.need(height)
    for (field, wide), lines, label in zip(cells, wrapped, labels, strict=True):
        sheets.box(x, sheets.y, field.label_width, height, grey=LABEL_GREY)
        sheets.box(x, sheets.y, wide, height)
        _centred(sheets, x + _PADDING, height, label, BODY, False)
        room = wide - field.label_width
        at = {"left": _PADDING, "centre": room / 2, "right": room - _PADDING}[field.align]
        _centred(sheets, x + field.label_width + at, height, lines, field.size, field.bold, field.align)
        x += wide
    sheets.y += height


def listing(sheets: Sheets, columns: Sequence[Column], rows: Sequence[Sequence[str]], title: str) -> None:
    """Draw a list from ``sheets.y`` on: headings on every page, a row whole if a page can hold it.

    ``title`` is our own and stands above the continuation on the next pages.
    """
    _headings(sheets, columns)
    for row in rows:
        cells = [
            sheets.lines(text, column.width - 2 * _PADDING, BODY, column.bold, column.typed)
            for column, text in zip(columns, row, strict=True)
        ]
        height = max(len(lines) for lines in cells) * LINE + 2.4
        if sheets.y + height > BOTTOM and (sheets.y > BOTTOM - 60 or height < 120):
            _continue(sheets, title)
            _headings(sheets, columns)
        _row(sheets, columns, cells, title)


def _continue(sheets: Sheets, title: str) -> None:
    sheets.new_page()
    sheets.text(LEFT, sheets.y - 3.4, f"{title}（つづき）", bold=True)


def _headings(sheets: Sheets, columns: Sequence[Column]) -> None:
    x = LEFT
    for column in columns:
        sheets.box(x, sheets.y, column.width, _ROW, grey=LABEL_GREY)
        sheets.text(x + column.width / 2, sheets.y + _ROW / 2 + 1.35, column.title, align="centre")
        x += column.width
    sheets.y += _ROW


def _row(sheets: Sheets, columns: Sequence[Column], cells: list[list[str]], title: str) -> None:
    """Draw one row; what a page cannot hold goes on under the headings of the next."""
    while True:
        room = max(1, int((BOTTOM - sheets.y - 2.4) / LINE))
        now = [lines[:room] for lines in cells]
        height = max(_ROW, max(len(lines) for lines in now) * LINE + 2.4)
        x = LEFT
        for column, lines in zip(columns, now, strict=True):
            sheets.box(x, sheets.y, column.width, height)
            at = {"left": _PADDING, "centre": column.width / 2, "right": column.width - _PADDING}[
                column.align
            ]
            for index, line in enumerate(lines):
                y = sheets.y + 1.2 + LINE * (index + 0.72)
                sheets.set_line(x + at, y, line, BODY, column.bold, column.align)
            x += column.width
        sheets.y += height
        cells = [lines[room:] for lines in cells]
        if not any(cells):
            return
        _continue(sheets, title)
        _headings(sheets, columns)


def _centred(
    sheets: Sheets, x: float, height: float, lines: list[str], size: float, bold: bool, align: Align = "left"
) -> None:
    """Set lines in the vertical middle of a box that starts at ``sheets.y``."""
    leading = _leading(size)
    top = sheets.y + (height - leading * len(lines)) / 2
    for index, line in enumerate(lines):
        sheets.set_line(x, top + leading * (index + 0.5) + size * 0.129, line, size, bold, align)


def _leading(size: float) -> float:
    """Distance of lines in mm for type of ``size`` points."""
    return size * 0.5
