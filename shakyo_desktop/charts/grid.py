"""Marks in rows and columns, and small charts side by side."""

from collections.abc import Callable

from shakyo_desktop.charts.frames import (
    GAP,
    LEADING,
    ROW,
    TYPE,
    label_room,
    label_shapes,
    legend_shapes,
    mark_shapes,
    title_shapes,
)
from shakyo_desktop.charts.kinds import Chart, Matrix, Multiples
from shakyo_desktop.charts.marks import all_marks
from shakyo_desktop.charts.measuring import wrap
from shakyo_desktop.charts.picture import Box, Picture, Shape, Stop, Words

LEAST_COLUMN = 22.0
_WIDEST_COLUMN = 48.0
_SIGNED_COLUMN = 34.0


def columns_that_fit(chart: Matrix, width: float) -> int:
    """How many columns of a matrix have room beside its labels; at least one."""
    room = width - label_room((row.label for row in chart.rows), width, 0.3)
    return max(1, int(room // (_SIGNED_COLUMN if _is_signed(chart) else LEAST_COLUMN)))


def lay_out_matrix(chart: Matrix, width: float) -> Picture:
    """Districts down, items across; a cell where nothing is expected is grey and empty."""
    shapes, y = title_shapes(chart.title, width)
    shown = {cell.mark for row in chart.rows for cell in row.cells if cell.mark}
    legend, y = legend_shapes((mark for mark in all_marks() if mark in shown), width, y)
    shapes += legend
    left = label_room((row.label for row in chart.rows), width, 0.3)
    step = min(_WIDEST_COLUMN, (width - left) / max(1, len(chart.columns)))
    for at, heading in enumerate(chart.columns):
        shapes.append(Box(left + at * step, y, step, ROW, "#e8e8e8"))
        shapes.append(Words(left + (at + 0.5) * step, y + ROW / 2, heading, bold=True, align="centre"))
    y += ROW
    stops = []
    for number, row in enumerate(chart.rows):
        lines = wrap(row.label, left - GAP, TYPE)
        height = max(ROW, len(lines) * LEADING + 4)
        shapes += label_shapes(lines, y, height)
        for at, cell in enumerate(row.cells):
            x = left + at * step
            if cell.mark is None:
                shapes.append(Box(x, y, step, height, "#f2f2f2"))
            else:
                sign = f"{cell.mark.symbol}{cell.sign}"
                shapes += mark_shapes(x, y, step, height, cell.mark, sign)
        stops.append(Stop(0, y, width, height, _row_words(chart, number)))
        y += height
    return Picture(width, y, tuple(shapes), tuple(stops))


def lay_out_multiples(chart: Multiples, width: float, lay_out: Callable[[Chart, float], Picture]) -> Picture:
    """As many small charts beside each other as are wide enough to be read."""
    shapes, y = title_shapes(chart.title, width)
    across = max(1, min(len(chart.charts), int((width + 24) // (chart.least_width + 24))))
    each = (width - 24 * (across - 1)) / across
    drawn: list[Shape] = list(shapes)
    stops: list[Stop] = []
    for start in range(0, len(chart.charts), across):
        pictures = [lay_out(one, each) for one in chart.charts[start : start + across]]
        for at, picture in enumerate(pictures):
            placed = picture.moved(at * (each + 24), y)
            drawn += placed.shapes
            name = chart.charts[start + at].title
            stops += [Stop(s.x, s.y, s.width, s.height, f"{name}　{s.words}") for s in placed.stops]
        y += max(picture.height for picture in pictures) + 16
    return Picture(width, y, tuple(drawn), tuple(stops))


def _is_signed(chart: Matrix) -> bool:
    return any(cell.sign for row in chart.rows for cell in row.cells)


def _row_words(chart: Matrix, at: int) -> str:
    row = chart.rows[at]
    pairs = zip(chart.spoken, row.cells, strict=True)
    parts = [f"{name} {cell.words or cell.mark.words}" for name, cell in pairs if cell.mark is not None]
    return f"{row.label}　{'、'.join(parts)}"
