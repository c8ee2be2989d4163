"""Stacked bars: how many districts carry which mark, one bar per row, with a label beside or above it."""

from shakyo_desktop.charts.frames import (
    GAP,
    LEADING,
    ROW,
    TYPE,
    label_room,
    label_shapes,
    legend_shapes,
    mark_shapes,
    narrow,
    title_shapes,
)
from shakyo_desktop.charts.kinds import StackedBars, StackedRow
from shakyo_desktop.charts.marks import Mark
from shakyo_desktop.charts.measuring import text_width, wrap
from shakyo_desktop.charts.picture import Picture, Shape, Stop, Words
from shakyo_desktop.charts.stacked_bar import BarColumn

_INSET = 3.0
_OWN = 48.0


def lay_out_stacked(chart: StackedBars, width: float) -> Picture:
    """Every bar fills its row; in narrow places the labels stand above the bars."""
    shapes, y = title_shapes(chart.title, width)
    if chart.legend:
        legend, y = legend_shapes(_marks_of(chart), width, y)
        shapes += legend
    rows = _Rows(chart, width)
    shapes += rows.heading_shapes(y)
    y += rows.heading_height
    stops = []
    for row in chart.rows:
        drawn, height = rows.row_shapes(row, y)
        shapes += drawn
        stops.append(Stop(0, y, width, height, row_words(row, chart)))
        y += height
    return Picture(width, y, tuple(shapes), tuple(stops))


def row_words(row: StackedRow, chart: StackedBars) -> str:
    """One bar in words."""
    parts = [f"{one.mark.words} {one.count:,}{chart.unit}" for one in row.segments if one.count]
    own = f"{chart.own_title} {row.own.words}。区全体 " if row.own and chart.own_title else ""
    return f"{row.spoken or row.label}　{own}{'、'.join(parts) or row.nothing or 'データなし'}"


class _Rows:
    """Where labels, the district's own marks and bars stand in this width."""

    def __init__(self, chart: StackedBars, width: float) -> None:
        self._own_title = chart.own_title
        self._above = narrow(width)
        self._label = 0.0 if self._above else label_room((row.label for row in chart.rows), width)
        self._label_width = width if self._above else self._label - GAP
        room = max(_OWN, min(text_width(chart.own_title, TYPE), width * 0.2)) + GAP
        self._own = room if chart.own_title else 0.0
        self._bars = BarColumn(self._label + self._own, width, chart.rows)
        self._heading = wrap(chart.own_title, self._own - GAP, TYPE) if chart.own_title else []

    @property
    def heading_height(self) -> float:
        """The room of the words over the own marks and the bars."""
        return len(self._heading) * LEADING + 4 if self._heading else 0.0

    def heading_shapes(self, y: float) -> list[Shape]:
        """Whose the marks are, and whose the bars."""
        if not self._heading:
            return []
        high = len(self._heading) * LEADING
        whole = Words(self._bars.left, y + high - LEADING / 2, "区全体")
        return [*label_shapes(self._heading, y, high, self._label), whole]

    def row_shapes(self, row: StackedRow, y: float) -> tuple[list[Shape], float]:
        """One row, and how high it is."""
        lines = wrap(row.label, self._label_width, TYPE)
        high = len(lines) * LEADING
        below = self._bars.height_below(row)
        if self._above:
            shapes, top, height = label_shapes(lines, y, high), y + high, high + ROW + below + 4
        else:
            height = max(ROW, high + 4) + below
            shapes, top = label_shapes(lines, y, height - below), y + (height - below - ROW) / 2
        if row.own is not None and self._own:
            shapes += mark_shapes(self._label, top + _INSET, _OWN, ROW - 2 * _INSET, row.own)
        return [*shapes, *self._bars.bar_shapes(row, top + _INSET, ROW - 2 * _INSET)], height


def _marks_of(chart: StackedBars) -> list[Mark]:
    found = [one.mark for row in chart.rows for one in row.segments if one.count]
    found += [row.own for row in chart.rows if row.own is not None]
    order = {one.mark: at for row in chart.rows for at, one in enumerate(row.segments)}
    return sorted(dict.fromkeys(found), key=lambda mark: order.get(mark, len(order)))
