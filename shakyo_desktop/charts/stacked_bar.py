"""One bar of parts, symbol and count in each; what is too narrow to carry them is written beside or below."""

from shakyo_desktop.charts.frames import GAP, LEADING, TYPE, mark_shapes, missing_shapes
from shakyo_desktop.charts.kinds import Segment, StackedRow
from shakyo_desktop.charts.measuring import text_width, wrap
from shakyo_desktop.charts.picture import QUIET, Box, Shape, Words

_MOST_BESIDE = 0.25
"""The share of the bars' room that the words beside them may take."""


class BarColumn:
    """The bars of a chart: all begin at ``left`` and are ``length`` units long."""

    def __init__(self, left: float, width: float, rows: tuple[StackedRow, ...]) -> None:
        self.left = left
        self.length = room = width - left
        for _ in range(2):  # a shorter bar may leave out one part more
            rest = max((text_width(self._rest_words(row), TYPE) for row in rows), default=0.0)
            self.length = room - (rest + GAP if rest else 0.0)
        self._below = room - self.length > room * _MOST_BESIDE
        if self._below:
            self.length = room

    def height_below(self, row: StackedRow) -> float:
        """The room that a row's words take below its bar."""
        return len(self._lines_below(row)) * LEADING

    def bar_shapes(self, row: StackedRow, y: float, height: float) -> list[Shape]:
        """The parts of a bar and what is written beside or below it."""
        total = sum(one.count for one in row.segments)
        if not total:
            return self._empty_shapes(row, y, height)
        shapes: list[Shape] = []
        x = self.left
        for one in row.segments:
            wide = self.length * one.count / total
            if one.count and self._fits(one, total):
                shapes += mark_shapes(x, y, wide, height, one.mark, _count_words(one))
            elif one.count:
                shapes.append(Box(x, y, wide, height, one.mark.ground, one.mark.hatched))
            x += wide
        if not self._below:
            rest = self._rest_words(row)
            return [*shapes, Words(x + GAP, y + height / 2, rest)] if rest else shapes
        for at, line in enumerate(self._lines_below(row)):
            shapes.append(Words(self.left, y + height + (at + 0.5) * LEADING + 2, line))
        return shapes

    def _empty_shapes(self, row: StackedRow, y: float, height: float) -> list[Shape]:
        """Nobody is counted: rightly so, or because the data is missing."""
        if not row.nothing:
            return missing_shapes(self.left, y, self.length, height)
        lines = wrap(row.nothing, self.length, TYPE)
        return [
            Words(self.left, y + height / 2 + at * LEADING, line, ink=QUIET) for at, line in enumerate(lines)
        ]

    def _lines_below(self, row: StackedRow) -> list[str]:
        rest = self._rest_words(row)
        if not any(one.count for one in row.segments) and row.nothing:
            return wrap(row.nothing, self.length, TYPE)[1:]
        return wrap(rest, self.length, TYPE) if rest and self._below else []

    def _fits(self, one: Segment, total: int) -> bool:
        return text_width(_count_words(one), TYPE) + 4 <= self.length * one.count / total

    def _rest_words(self, row: StackedRow) -> str:
        total = sum(one.count for one in row.segments)
        rest = [one for one in row.segments if one.count and not self._fits(one, total)]
        return " ".join(f"{one.mark.symbol or one.mark.words}{one.count}" for one in rest)


def _count_words(one: Segment) -> str:
    return f"{one.mark.symbol}{one.count}" if one.mark.symbol else f"{one.count}"
