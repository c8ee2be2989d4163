"""Upright charts: lines over years, columns over months. Missing is a hatched band and a gap.

Categories wider than their column stand on two levels; small charts are given short ones (R8).
"""

from dataclasses import dataclass

from shakyo_desktop.charts.bars import BAR
from shakyo_desktop.charts.frames import (
    GAP,
    LEADING,
    NO_DATA,
    TYPE,
    missing_shapes,
    number_words,
    scale_end,
    title_shapes,
)
from shakyo_desktop.charts.kinds import Columns, Lines, Series
from shakyo_desktop.charts.measuring import text_width
from shakyo_desktop.charts.picture import GRID, INK, QUIET, Box, Line, Picture, Shape, Stop, Words

_PLOT = 132.0
_ABOVE = 24.0
_MARKS = ("●", "■", "▲", "◆")
_INKS = ("#00428c", "#8b3200", "#115a36", INK)


@dataclass(frozen=True, slots=True)
class _Plot:
    """The area of the values: ``step`` units per category, ``end`` is the value at its top."""

    left: float
    top: float
    step: float
    end: int

    def x(self, at: int) -> float:
        return self.left + (at + 0.5) * self.step

    def y(self, value: float) -> float:
        return self.top + _PLOT * (1 - value / self.end)

    @property
    def bottom(self) -> float:
        return self.top + _PLOT


def lay_out_lines(chart: Lines, width: float) -> Picture:
    """One line per series with a gap where a value is missing; the values stand at the points."""
    shapes, y = title_shapes(chart.title, width)
    if len(chart.series) > 1:
        key, y = _key_shapes(chart.series, width, y)
        shapes += key
    values = [value for one in chart.series for value in one.values if value is not None]
    plot = _plot(max(values, default=0), chart.unit, len(chart.categories), width, y)
    shapes += _axis_shapes(plot, width, chart.unit)
    bands = [at for at in range(len(chart.categories)) if all(one.values[at] is None for one in chart.series)]
    for at in bands:
        shapes += missing_shapes(plot.left + at * plot.step + 4, plot.top, plot.step - 8, _PLOT)
    for at, one in enumerate(chart.series):
        shapes += _series_shapes(one, plot, at)
    shapes += _value_shapes(chart, plot, width)
    below, bottom = _category_shapes(chart.categories, chart.notes, plot)
    stops = [
        Stop(plot.left + at * plot.step, plot.top, plot.step, bottom - plot.top, _line_words(chart, at))
        for at in range(len(chart.categories))
    ]
    return Picture(width, bottom, (*shapes, *below), tuple(stops))


def lay_out_columns(chart: Columns, width: float) -> Picture:
    """One column per category; 0 is a column without height, missing is hatched."""
    shapes, y = title_shapes(chart.title, width)
    if chart.note:
        shapes.append(Words(0, y + LEADING / 2, chart.note, ink=QUIET))
        y += LEADING
    largest = max((value for value in chart.values if value is not None), default=0)
    plot = _plot(largest, chart.unit, len(chart.categories), width, y)
    shapes += _axis_shapes(plot, width, chart.unit)
    for at in range(len(chart.values)):
        shapes += _column_shapes(chart, at, plot)
    stops = [
        Stop(
            plot.left + at * plot.step,
            plot.top,
            plot.step,
            _PLOT + LEADING + 4,
            f"{name} {chart.value_words(at)}",
        )
        for at, name in enumerate(chart.categories)
    ]
    below, bottom = _category_shapes(chart.categories, (), plot)
    return Picture(width, bottom, (*shapes, *below), tuple(stops))


def _column_shapes(chart: Columns, at: int, plot: _Plot) -> list[Shape]:
    value, middle, side = chart.values[at], plot.x(at), plot.step * 0.62
    if value is None:
        if chart.is_upcoming(at):
            return [Words(middle, plot.bottom - LEADING / 2, "－", align="centre", ink=QUIET)]
        return missing_shapes(middle - side / 2, plot.top, side, _PLOT)
    widest = max(text_width(f"{one:,}", TYPE) for one in chart.values if one is not None)
    lift = 11 if widest <= plot.step or at % 2 else 29  # two levels where numbers would touch
    top = plot.y(value)
    number = Words(middle, top - lift, f"{value:,}", align="centre")
    return [*([Box(middle - side / 2, top, side, plot.bottom - top, BAR)] if value else []), number]


def _plot(largest: int, unit: str, count: int, width: float, y: float) -> _Plot:
    end = scale_end(largest)
    left = text_width(f"{end:,}{unit}", TYPE) + GAP
    return _Plot(left, y + _ABOVE + 20, (width - left) / max(count, 1), end)


def _axis_shapes(plot: _Plot, width: float, unit: str) -> list[Shape]:
    shapes: list[Shape] = []
    for part in (0, 1, 2):
        y = plot.bottom - _PLOT * part / 2
        shapes.append(Line(plot.left, y, width, y, 1.5 if part == 0 else 1, QUIET if part == 0 else GRID))
        if part != 1 or plot.end % 2 == 0:
            shapes.append(
                Words(plot.left - GAP, y, f"{plot.end * part // 2:,}{unit}", align="right", ink=QUIET)
            )
    return shapes


def _series_shapes(one: Series, plot: _Plot, number: int) -> list[Shape]:
    ink, mark = _INKS[number % len(_INKS)], _MARKS[number % len(_MARKS)]
    shapes: list[Shape] = []
    for at, (value, following) in enumerate(zip(one.values, one.values[1:], strict=False)):
        if value is not None and following is not None:
            start = (plot.x(at), plot.y(value))
            shapes.append(Line(*start, plot.x(at + 1), plot.y(following), 2.5, ink, dash=number % 2 == 1))
    shapes += [
        Words(plot.x(at), plot.y(value), mark, align="centre", ink=ink)
        for at, value in enumerate(one.values)
        if value is not None
    ]
    return shapes


def _value_shapes(chart: Lines, plot: _Plot, width: float) -> list[Shape]:
    """The numbers above or below their points, left out only where others stand already."""
    taken: list[tuple[float, float, float]] = []
    shapes: list[Shape] = []
    for number, one in enumerate(chart.series):
        for at, value in enumerate(one.values):
            if value is None:
                continue
            half = text_width(f"{value:,}", TYPE) / 2
            x = min(max(plot.x(at), plot.left + half), width - half)
            for lift in (-17.0, 17.0) if number == 0 else (17.0, -17.0):
                y = plot.y(value) + lift
                free = all(abs(x - a) > half + b or abs(y - c) > 15 for a, b, c in taken)
                if free and y < plot.bottom - 6:
                    taken.append((x, half, y))
                    shapes.append(Box(x - half, y - 9, 2 * half, 18, "#ffffff", framed=False))
                    shapes.append(Words(x, y, f"{value:,}", align="centre", ink=_INKS[number % len(_INKS)]))
                    break
    return shapes


def _key_shapes(series: tuple[Series, ...], width: float, top: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    x, y = 0.0, top
    for number, one in enumerate(series):
        room = 48 + text_width(one.name, TYPE) + 16
        if x and x + room > width:
            x, y = 0.0, y + LEADING
        ink, middle = _INKS[number % len(_INKS)], y + LEADING / 2
        shapes.append(Line(x, middle, x + 40, middle, 2.5, ink, dash=number % 2 == 1))
        shapes.append(Words(x + 20, middle, _MARKS[number % len(_MARKS)], align="centre", ink=ink))
        shapes.append(Words(x + 48, middle, one.name, typed=True))
        x += room
    return shapes, y + LEADING + 4


def _category_shapes(
    categories: tuple[str, ...], notes: tuple[str, ...], plot: _Plot
) -> tuple[list[Shape], float]:
    y = plot.bottom + 4 + LEADING / 2
    wide = max((text_width(one, TYPE) for one in categories), default=0.0) > plot.step
    right = plot.left + plot.step * len(categories)
    shapes: list[Shape] = []
    for at, one in enumerate(categories):
        x = min(plot.x(at), right - text_width(one, TYPE) / 2)
        shapes.append(Words(x, y + (LEADING if wide and at % 2 else 0), one, align="centre"))
    bottom = y + LEADING / 2 + (LEADING if wide else 0)
    if any(notes):
        shapes += [
            Words(plot.x(at), bottom + LEADING / 2, one, align="centre", ink=QUIET)
            for at, one in enumerate(notes)
        ]
        bottom += LEADING
    return shapes, bottom + GAP


def _line_words(chart: Lines, at: int) -> str:
    note = f"（{chart.notes[at]}）" if chart.notes and chart.notes[at] else ""
    values = [
        f"{one.name} {number_words(one.values[at], chart.unit)}"
        if len(chart.series) > 1
        else number_words(one.values[at], chart.unit)
        for one in chart.series
    ]
    return f"{(chart.spoken or chart.categories)[at]}{note} {'、'.join(values) or NO_DATA}"
