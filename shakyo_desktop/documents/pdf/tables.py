"""Ruled tables: rows of labelled boxes as on an office form, and lists that flow over pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shakyo_desktop.documents.pdf.frame import BODY, BOTTOM, LEFT, LINE, WIDTH
from shakyo_desktop.documents.pdf.page import Align, Sheets

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
    label_typed: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list, ``width`` mm wide; ``label`` fills it like the label of a box."""

    title: str
    width: float
    align: Align = "left"
    typed: str = ""
    bold: bool = False
    label: bool = False


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
    labels = [sheets.lines(f.label, f.label_width - 2 * _PADDING, typed=f.label_typed) for f in fields]
    for (field, _), lines, label in zip(cells, wrapped, labels, strict=True):
        height = max(height, len(lines) * _leading(field.size) + 2.4, len(label) * _leading(BODY) + 2.4)
    sheets.need(height)
    for (field, wide), lines, label in zip(cells, wrapped, labels, strict=True):
        sheets.box(x, sheets.y, field.label_width, height, grey=LABEL_GREY)
        sheets.box(x, sheets.y, wide, height)
        _centred(sheets, x + _PADDING, height, label, BODY, False)
        room = wide - field.label_width
        at = _offset(field.align, room)
        _centred(sheets, x + field.label_width + at, height, lines, field.size, field.bold, field.align)
        x += wide
    sheets.y += height


def listing(
    sheets: Sheets,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    title: str,
    *,
    headings: bool = True,
) -> None:
    """Draw a list from ``sheets.y`` on: headings on every page, a row whole if a page can hold it.

    ``title`` is our own and stands above the continuation on the next pages.
    """
    ruled = _List(sheets, columns, title, headings)
    for row in rows:
        ruled.draw_row(row)
    ruled.end()


class _List:
    """A list that goes on over pages."""

    def __init__(self, sheets: Sheets, columns: Sequence[Column], title: str, headings: bool) -> None:
        self._sheets = sheets
        self._columns = columns
        self._title = title
        self._with_headings = headings
        self._begun = False

    def end(self) -> None:
        """Show the headings of a list without rows."""
        if not self._begun:
            self._draw_headings()

    def _draw_headings(self) -> None:
        self._begun = True
        if not self._with_headings:
            return
        sheets = self._sheets
        x = LEFT
        for column in self._columns:
            sheets.box(x, sheets.y, column.width, _ROW, grey=LABEL_GREY)
            sheets.text(x + column.width / 2, sheets.y + _ROW / 2 + 1.35, column.title, align="centre")
            x += column.width
        sheets.y += _ROW

    def draw_row(self, row: Sequence[str]) -> None:
        """Draw one row; what a page cannot hold goes on under the headings of the next."""
        sheets = self._sheets
        cells = [
            sheets.lines(text, column.width - 2 * _PADDING, BODY, column.bold, column.typed)
            for column, text in zip(self._columns, row, strict=True)
        ]
        height = max(len(lines) for lines in cells) * LINE + 2.4
        above = 0.0 if self._begun else _ROW
        if sheets.y + above + height > BOTTOM and (sheets.y > BOTTOM - 60 or height < 120):
            self._go_on()
        elif not self._begun:
            self._draw_headings()
        while True:
            room = max(1, int((BOTTOM - sheets.y - 2.4) / LINE))
            self._draw_part([lines[:room] for lines in cells])
            cells = [lines[room:] for lines in cells]
            if not any(cells):
                return
            self._go_on()

    def _draw_part(self, cells: list[list[str]]) -> None:
        sheets = self._sheets
        height = max(_ROW, max(len(lines) for lines in cells) * LINE + 2.4)
        x = LEFT
        for column, lines in zip(self._columns, cells, strict=True):
            if column.label:
                sheets.box(x, sheets.y, column.width, height, grey=LABEL_GREY)
            else:
                sheets.box(x, sheets.y, column.width, height)
            at = _offset(column.align, column.width)
            for index, line in enumerate(lines):
                y = sheets.y + 1.2 + LINE * (index + 0.72)
                sheets.set_line(x + at, y, line, BODY, column.bold, column.align)
            x += column.width
        sheets.y += height

    def _go_on(self) -> None:
        self._sheets.new_page()
        words = f"{self._title}（つづき）" if self._begun else self._title
        self._sheets.text(LEFT, self._sheets.y - 3.4, words, bold=True)
        self._draw_headings()


def _offset(align: Align, width: float) -> float:
    """Where text starts, stands or ends in a box ``width`` mm wide."""
    return {"left": _PADDING, "centre": width / 2, "right": width - _PADDING}[align]


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
