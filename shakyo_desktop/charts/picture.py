"""What a chart is drawn with: boxes, lines and words in abstract units from the top left corner."""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "centre", "right"]

INK, QUIET, RULE, GRID = "#1a1a1a", "#4d4d4d", "#666666", "#b3b3b3"
"""Text, remarks, frames, and the lines behind the values."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. ``ground`` None is not filled; ``hatched`` is drawn over the filling."""

    x: float
    y: float
    width: float
    height: float
    ground: str | None = None
    hatched: bool = False
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line, ``weight`` units thick."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = 1.0
    ink: str = RULE
    dash: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text whose middle is at ``y``, set by its left end, middle or right end.

    ``typed`` says that a person may have typed it, so that a character without a glyph prints as 〓.
    """

    x: float
    y: float
    text: str
    size: float = 16.0
    bold: bool = False
    align: Align = "left"
    ink: str = INK
    typed: bool = False


Shape = Box | Line | Words


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the chart that is read by itself: arrow keys go from stop to stop, the pointer shows it."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart laid out; ``shapes`` are drawn in their order."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    stops: tuple[Stop, ...] = ()

    def moved(self, dx: float, dy: float) -> "Picture":
        """The same picture elsewhere."""
        return Picture(
            self.width,
            self.height,
            tuple(_moved(shape, dx, dy) for shape in self.shapes),
            tuple(Stop(one.x + dx, one.y + dy, one.width, one.height, one.words) for one in self.stops),
        )


def _moved(shape: Shape, dx: float, dy: float) -> Shape:
    match shape:
        case Box(x, y, width, height, ground, hatched, framed):
            return Box(x + dx, y + dy, width, height, ground, hatched, framed)
        case Line(x1, y1, x2, y2, weight, ink, dash):
            return Line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, weight, ink, dash)
        case Words(x, y, text, size, bold, align, ink, typed):
            return Words(x + dx, y + dy, text, size, bold, align, ink, typed)
