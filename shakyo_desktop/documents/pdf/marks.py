"""The marks a page is made of. Lengths are mm from the sheet's top left corner, type is in points.

Colours are ``#rrggbb``; everything must also be read in black and white.
"""

from dataclasses import dataclass

from shakyo_desktop.documents.qr import QrMatrix

BLACK = "#000000"


@dataclass(frozen=True, slots=True)
class TextMark:
    """One line of printable text, ``width`` mm long; its baseline starts at (``x``, ``y``)."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    width: float
    ink: str = BLACK


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A straight line, ``weight`` points thick; ``dash`` makes it a fold or writing line."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float
    dash: bool = False
    ink: str = BLACK


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A rectangle; ``grey`` is its filling, 0 black to 1 white, None for none; ``weight`` 0 for no line.

    ``ground`` fills it with a colour instead; ``hatched`` draws slanted lines over the filling.
    """

    x: float
    y: float
    width: float
    height: float
    weight: float
    grey: float | None = None
    radius: float = 0.0
    ground: str | None = None
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class QrMark:
    """A QR code, ``side`` mm wide without its quiet zone."""

    x: float
    y: float
    side: float
    matrix: QrMatrix


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A photo (JPEG bytes) that fills its rectangle."""

    x: float
    y: float
    width: float
    height: float
    jpeg: bytes


Mark = TextMark | RuleMark | BoxMark | QrMark | PictureMark


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the reader's side bar that leads to the top of a page (from 0)."""

    title: str
    page: int
    level: int = 0
