"""Horizontal bars on one scale, with the value and its coverage behind each."""

from shakyo_desktop.charts.frames import (
    GAP,
    LEADING,
    NO_DATA,
    ROW,
    TYPE,
    label_room,
    label_shapes,
    narrow,
    number_words,
    tenths_words,
    title_shapes,
)
from shakyo_desktop.charts.kinds import BarRow, Bars
from shakyo_desktop.charts.measuring import text_width, wrap
from shakyo_desktop.charts.picture import Box, Line, Picture, Shape, Stop, Words

BAR = "#00428c"
REFERENCE = "#8b3200"
_INSET = 5.0
_MISSING = 48.0


def lay_out_bars(chart: Bars, width: float) -> Picture:
    """Bars begin at one line; 0 is a bar without length, missing is hatched and says so."""
    shapes, y = title_shapes(chart.title, width)
    if chart.reference_words:
        shapes.append(Line(4, y + 2, 4, y + 20, 3, REFERENCE))
        shapes.append(Words(14, y + LEADING / 2, chart.reference_words))
        y += LEADING + GAP
    above = narrow(width)
    left = 0.0 if above else label_room((row.label for row in chart.rows), width)
    per_one = _per_one(chart, width - left)
    top, stops = y, []
    for row in chart.rows:
        lines = wrap(row.label, width if above else left - GAP, TYPE)
        high = len(lines) * LEADING
        height = high + ROW if above else max(ROW, high + 4)
        shapes += label_shapes(lines, y, high if above else height)
        shapes += _row_shapes(row, chart, left, per_one, y + (high if above else (height - ROW) / 2))
        stops.append(Stop(0, y, width, height, f"{row.label}　{_behind(row, chart)}"))
        y += height
    shapes.append(Line(left, top, left, y, 1.5))
    return Picture(width, y, tuple(shapes), tuple(stops))


def _per_one(chart: Bars, room: float) -> float:
    """Units per one: as many as leave every row the room for the words behind its bar."""
    fitting = [
        (room - GAP - text_width(_behind(row, chart), TYPE)) / reach
        for row in chart.rows
        if (reach := _reach(row))
    ]
    return max(min(fitting, default=0.0), 0.0)


def _row_shapes(row: BarRow, chart: Bars, left: float, per_one: float, y: float) -> list[Shape]:
    high = ROW - 2 * _INSET
    if row.value is None:
        shapes: list[Shape] = [Box(left, y + _INSET, _MISSING, high, "#ffffff", hatched=True)]
        end = left + _MISSING
    else:
        shapes = [Box(left, y + _INSET, row.value * per_one, high, BAR)] if row.value else []
        end = left + row.value * per_one
    if row.reference is not None:
        at = left + row.reference / 10 * per_one
        shapes.append(Line(at, y + 1, at, y + ROW - 1, 3, REFERENCE))
        end = max(end, at)
    shapes.append(Words(end + GAP, y + ROW / 2, _behind(row, chart)))
    return shapes


def _behind(row: BarRow, chart: Bars) -> str:
    words = NO_DATA if row.value is None else number_words(row.value, chart.unit)
    reference = "" if row.reference is None else f" 平均{tenths_words(row.reference, chart.unit)}"
    return f"{words}{reference}{f'（{row.note}）' if row.note else ''}"


def _reach(row: BarRow) -> float:
    return max(row.value or 0, (row.reference or 0) / 10)
