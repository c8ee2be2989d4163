"""Stacked bars: how many districts carry which mark, symbol and count in every part."""

from shakyo_desktop.charts.frames import (
    GAP,
    LEADING,
    ROW,
    TYPE,
    label_room,
    label_shapes,
    legend_shapes,
    mark_shapes,
    missing_shapes,
    title_shapes,
)
from shakyo_desktop.charts.kinds import Segment, StackedBars, StackedRow
from shakyo_desktop.charts.marks import Mark
from shakyo_desktop.charts.measuring import text_width, wrap
from shakyo_desktop.charts.picture import QUIET, Box, Picture, Shape, Stop, Words

_INSET = 3.0
_OWN = 48.0


def lay_out_stacked(chart: StackedBars, width: float) -> Picture:
    """Every bar fills its row; a part too narrow for its count is written behind the bar."""
    shapes, y = title_shapes(chart.title, width)
    if chart.legend:
        legend, y = legend_shapes(_marks_of(chart), width, y)
        shapes += legend
    label = label_room((row.label for row in chart.rows), width)
    own = max(_OWN, min(text_width(chart.own_title, TYPE), width * 0.2)) + GAP if chart.own_title else 0.0
    bars = _Bars(label + own, width, chart.rows)
    if chart.own_title:
        heading = wrap(chart.own_title, own - GAP, TYPE)
        shapes += label_shapes(heading, y, len(heading) * LEADING, label)
        shapes.append(Words(bars.left, y + len(heading) * LEADING - LEADING / 2, "区全体"))
        y += len(heading) * LEADING + 4
    stops = []
    for row in chart.rows:
        lines = wrap(row.label, label - GAP, TYPE)
        height = max(ROW, len(lines) * LEADING + 4)
        shapes += label_shapes(lines, y, height)
        if row.own is not None and own:
            shapes += mark_shapes(label, y + (height - ROW) / 2 + _INSET, _OWN, ROW - 2 * _INSET, row.own)
        shapes += bars.row_shapes(row, y + (height - ROW) / 2 + _INSET, ROW - 2 * _INSET)
        stops.append(Stop(0, y, width, height, row_words(row, chart)))
        y += height
    return Picture(width, y, tuple(shapes), tuple(stops))


def row_words(row: StackedRow, chart: StackedBars) -> str:
    """One bar in words."""
    parts = [f"{one.mark.words} {one.count:,}{chart.unit}" for one in row.segments if one.count]
    own = f"{chart.own_title} {row.own.words}。区全体 " if row.own and chart.own_title else ""
    return f"{row.spoken or row.label}　{own}{'、'.join(parts) or row.nothing or 'データなし'}"


class _Bars:
    """The column of bars: where it begins and how much it leaves for what does not fit into a bar."""

    def __init__(self, left: float, width: float, rows: tuple[StackedRow, ...]) -> None:
        self.left = left
        self.length = width - left
        for _ in range(2):  # a shorter bar may leave out one part more
            rest = max((text_width(self._rest_words(row), TYPE) for row in rows), default=0.0)
            self.length = width - left - (rest + GAP if rest else 0.0)

    def row_shapes(self, row: StackedRow, y: float, height: float) -> list[Shape]:
        total = sum(one.count for one in row.segments)
        if not total and row.nothing:
            return [Words(self.left, y + height / 2, row.nothing, ink=QUIET)]
        if not total:
            return missing_shapes(self.left, y, self.length, height)
        shapes: list[Shape] = []
        x = self.left
        for one in row.segments:
            wide = self.length * one.count / total
            if one.count and self._fits(one, total):
                shapes += mark_shapes(x, y, wide, height, one.mark, _count_words(one))
            elif one.count:
                shapes.append(Box(x, y, wide, height, one.mark.ground, one.mark.hatched))
            x += wide
        rest = self._rest_words(row)
        if rest:
            shapes.append(Words(self.left + self.length + GAP, y + height / 2, rest))
        return shapes

    def _fits(self, one: Segment, total: int) -> bool:
        return text_width(_count_words(one), TYPE) + 4 <= self.length * one.count / total

    def _rest_words(self, row: StackedRow) -> str:
        total = sum(one.count for one in row.segments)
        rest = [one for one in row.segments if one.count and not self._fits(one, total)]
        return " ".join(f"{one.mark.symbol or one.mark.words}{one.count}" for one in rest)


def _count_words(one: Segment) -> str:
    return f"{one.mark.symbol}{one.count}" if one.mark.symbol else f"{one.count}"


def _marks_of(chart: StackedBars) -> list[Mark]:
    found = [one.mark for row in chart.rows for one in row.segments if one.count]
    found += [row.own for row in chart.rows if row.own is not None]
    order = {one.mark: at for row in chart.rows for at, one in enumerate(row.segments)}
    return sorted(dict.fromkeys(found), key=lambda mark: order.get(mark, len(order)))
