"""The charts of the window on paper: the same drawing, in millimetres, readable in black and white."""

from shakyo_desktop.charts.kinds import Chart
from shakyo_desktop.charts.layout import lay_out, parts
from shakyo_desktop.charts.picture import Box, Line, Picture, Shape, Words
from shakyo_desktop.documents.pdf.frame import BODY, BOTTOM, LEFT, MM, WIDTH
from shakyo_desktop.documents.pdf.page import Sheets

UNIT = BODY * MM / 16
"""Millimetres in a unit: 16 units are body type."""

_TYPED = "図の見出し"
_MIDDLE = 0.366
"""How far below the middle of a line its baseline lies, in em."""


def draw_chart(sheets: Sheets, chart: Chart, *, x: float = LEFT, width: float = WIDTH) -> None:
    """Draw a chart at ``sheets.y``, ``width`` mm wide; what a page cannot hold goes on on the next ones."""
    units = width / UNIT
    left = (BOTTOM - sheets.y) / UNIT
    if lay_out(chart, units).height > left:
        left = _room_of_a_page(sheets, chart, units, left)
    for number, part in enumerate(parts(chart, units, left)):
        picture = lay_out(part, units)
        if number:
            sheets.new_page()
        _draw(sheets, picture, x)
        sheets.y += picture.height * UNIT + 4


def _room_of_a_page(sheets: Sheets, chart: Chart, units: float, left: float) -> float:
    """Begin on a new page when that holds all of the chart, or when little is left of this one."""
    page = (BOTTOM - 36) / UNIT
    if left < page / 3 or lay_out(chart, units).height <= page:
        sheets.new_page()
        return (BOTTOM - sheets.y) / UNIT
    return left


def _draw(sheets: Sheets, picture: Picture, x: float) -> None:
    top = sheets.y
    for shape in picture.shapes:
        _draw_shape(sheets, shape, x, top)


def _draw_shape(sheets: Sheets, shape: Shape, x: float, top: float) -> None:
    match shape:
        case Box():
            sheets.box(
                x + shape.x * UNIT,
                top + shape.y * UNIT,
                shape.width * UNIT,
                shape.height * UNIT,
                weight=0.4 if shape.framed else 0,
                ground=shape.ground,
                hatched=shape.hatched,
            )
        case Line():
            ends = (x + shape.x1 * UNIT, top + shape.y1 * UNIT, x + shape.x2 * UNIT, top + shape.y2 * UNIT)
            sheets.rule(*ends, shape.weight * UNIT / MM * 0.8, shape.dash, shape.ink)
        case Words():
            size = shape.size * UNIT / MM
            sheets.text(
                x + shape.x * UNIT,
                top + (shape.y + shape.size * _MIDDLE) * UNIT,
                shape.text,
                size=size,
                bold=shape.bold,
                align=shape.align,
                typed=_TYPED if shape.typed else "",
                ink=shape.ink,
            )
