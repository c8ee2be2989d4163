"""Black squares in a picture: what the corner marks of a sheet may be."""

import re
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

_DARK = re.compile(rb"\xff+")
_DARKER_BY = 40
"""Steps of grey by which ink is darker than its surroundings; shade and yellow light change both."""


@dataclass(frozen=True, slots=True)
class Square:
    """The middle of a solid spot and its side, pixels."""

    x: float
    y: float
    side: float


@dataclass(slots=True)
class _Spot:
    left: int
    top: int
    right: int
    bottom: int
    area: int
    sum_x: float
    sum_y: float

    def join(self, other: "_Spot") -> None:
        self.left, self.top = min(self.left, other.left), min(self.top, other.top)
        self.right, self.bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        self.area += other.area
        self.sum_x += other.sum_x
        self.sum_y += other.sum_y


def find_squares(grey: Image.Image, side: float) -> list[Square]:
    """Solid dark spots about ``side`` pixels large, as wide as high, in a picture in shades of grey."""
    around = grey.filter(ImageFilter.BoxBlur(max(2.0, side * 1.5)))
    ink = ImageChops.subtract(around, grey).point(lambda value: 255 if value > _DARKER_BY else 0)
    return [found for spot in _spots(ink) if (found := _as_square(spot, side)) is not None]


def _as_square(spot: _Spot, side: float) -> Square | None:
    """A square that is turned fills half of its upright frame at least; letters fill less or are smaller."""
    width, height = spot.right - spot.left, spot.bottom - spot.top
    real = float(spot.area) ** 0.5
    if not 0.65 * side <= real <= 1.6 * side or not 0.55 <= width / height <= 1.8:
        return None
    if spot.area < 0.5 * width * height:
        return None
    return Square(spot.sum_x / spot.area, spot.sum_y / spot.area, real)


def _spots(ink: Image.Image) -> list[_Spot]:
    """Connected dark areas, joined from the runs of every row."""
    width, height = ink.size
    data = ink.tobytes()
    parents: list[int] = []
    spots: list[_Spot] = []
    before: list[tuple[int, int, int]] = []

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    for y in range(height):
        row: list[tuple[int, int, int]] = []
        at = 0
        for found in _DARK.finditer(data, y * width, (y + 1) * width):
            start, end = found.start() - y * width, found.end() - y * width
            length, own = end - start, len(parents)
            parents.append(own)
            middle = (start + end) / 2 * length
            spots.append(_Spot(start, y, end, y + 1, length, middle, (y + 0.5) * length))
            row.append((start, end, own))
            while at < len(before) and before[at][1] <= start:
                at += 1
            above = at
            while above < len(before) and before[above][0] < end:
                first, second = root(before[above][2]), root(own)
                if first != second:
                    parents[second] = first
                    spots[first].join(spots[second])
                above += 1
        before = row
    return [spots[one] for one in range(len(parents)) if parents[one] == one]
