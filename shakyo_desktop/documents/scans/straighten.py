"""A photographed sheet made upright and flat again, by its corner marks or at least by its code."""

import itertools
import math
from collections.abc import Sequence

from PIL import Image

from shakyo_desktop.documents.scans.perspective import Mapping8, Point, mapped, mapping_of, similarity_of
from shakyo_desktop.documents.scans.squares import Square, find_squares
from shakyo_desktop.domain.forms.layout import CORNER, CORNER_SIDE
from shakyo_desktop.domain.forms.paper import SHEET_PIXELS, SHEET_SIZE, Straightened

CODE_CORNERS: tuple[Point, ...] = ((177.0, 11.0), (192.0, 11.0), (192.0, 26.0), (177.0, 26.0))
"""The code's corners on a sheet, mm, clockwise from the top left."""

_NEAR, _FAR = CORNER + CORNER_SIDE / 2, CORNER + CORNER_SIDE / 2
MARKS: tuple[Point, ...] = (
    (_NEAR, _NEAR),
    (SHEET_SIZE[0] - _FAR, _NEAR),
    (SHEET_SIZE[0] - _FAR, SHEET_SIZE[1] - _FAR),
    (_NEAR, SHEET_SIZE[1] - _FAR),
)
"""The middles of the corner marks, mm, clockwise from the top left."""

_CANDIDATES = 10
_SEARCHED = 1700
"""Long side of the picture in which marks are looked for, pixels: a mark of a filled picture is 20 wide."""

_CODE_FITS = 1.6
"""How far the code may lie from its place when the marks are right, mm."""

_SMALLEST, _LARGEST = 0.8, 1.25
"""Side of a mark as it is seen against what it should be there."""


def straighten(picture: Image.Image, code: Sequence[Point]) -> tuple[Image.Image, Straightened]:
    """The sheet upright, ``SHEET_PIXELS`` large, and by what it was straightened.

    ``code`` are the corners of its code in the picture, clockwise from the code's own top left.
    """
    mapping = _by_marks(picture, code)
    by = Straightened.MARKS
    if mapping is None:
        mapping, by = similarity_of(CODE_CORNERS, code), Straightened.CODE
    return _flat(picture, mapping), by


def _flat(picture: Image.Image, mapping: Mapping8) -> Image.Image:
    """Draw the sheet; a much larger picture is made smaller first, so that thin lines survive."""
    wide, high = SHEET_PIXELS
    per_mm = wide / SHEET_SIZE[0]
    top, bottom = mapped(mapping, (105.0, 0.0)), mapped(mapping, (105.0, SHEET_SIZE[1]))
    scale = max(1.0, math.dist(top, bottom) / high / 1.2)
    if scale > 1.0:
        size = (max(1, round(picture.width / scale)), max(1, round(picture.height / scale)))
        sx, sy = size[0] / picture.width, size[1] / picture.height
        picture = picture.resize(size, Image.Resampling.BOX)
    else:
        sx = sy = 1.0
    a, b, c, d, e, f, g, h = mapping
    inner = (a * sx / per_mm, b * sx / per_mm, c * sx, d * sy / per_mm, e * sy / per_mm, f * sy)
    return picture.transform(
        SHEET_PIXELS,
        Image.Transform.PERSPECTIVE,
        (*inner, g / per_mm, h / per_mm),
        Image.Resampling.BICUBIC,
        fillcolor="white",
    )


def _by_marks(picture: Image.Image, code: Sequence[Point]) -> Mapping8 | None:
    """The mapping from millimetres to pixels by the four marks that agree best with the code."""
    shrink = max(1.0, max(picture.size) / _SEARCHED)
    size = (round(picture.width / shrink), round(picture.height / shrink))
    grey = picture.convert("L").resize(size, Image.Resampling.BOX)
    small = [(x / shrink, y / shrink) for x, y in code]
    rough = similarity_of(CODE_CORNERS, small)
    per_mm = math.hypot(rough[0], rough[3])
    squares = find_squares(grey, CORNER_SIDE * per_mm)
    near = [_near(squares, mapped(rough, mark), _reach(mark) * per_mm) for mark in MARKS]
    best: tuple[float, Mapping8] | None = None
    for four in itertools.product(*near):
        points = [(one.x * shrink, one.y * shrink) for one in four]
        mapping = mapping_of(MARKS, points)
        if mapping is None or not _sizes_fit(mapping, [one.side * shrink for one in four]):
            continue
        distance = _code_distance(points, code)
        if distance < _CODE_FITS and (best is None or distance < best[0]):
            best = distance, mapping
    return best[1] if best else None


def _sizes_fit(mapping: Mapping8, sides: Sequence[float]) -> bool:
    """Whether each square is as large as a mark is at its place; a letter is not."""
    half = CORNER_SIDE / 2
    for (x, y), side in zip(MARKS, sides, strict=True):
        wide = math.dist(mapped(mapping, (x - half, y)), mapped(mapping, (x + half, y)))
        high = math.dist(mapped(mapping, (x, y - half)), mapped(mapping, (x, y + half)))
        if not _SMALLEST < side / math.sqrt(wide * high) < _LARGEST:
            return False
    return True


def _code_distance(points: Sequence[Point], code: Sequence[Point]) -> float:
    """How far the code lies from its place on the sheet, mm, the worst of its corners."""
    back = mapping_of(points, MARKS)
    if back is None:
        return math.inf
    pairs = zip(code, CODE_CORNERS, strict=True)
    return max(math.dist(mapped(back, seen), place) for seen, place in pairs)


def _reach(mark: Point) -> float:
    """How far from where the code says a mark may lie, mm; the farther from the code, the less it knows."""
    return 6.0 + 0.22 * math.dist(mark, (184.5, 18.5))


def _near(squares: Sequence[Square], place: Point, reach: float) -> list[Square]:
    known = [(math.dist((one.x, one.y), place), one) for one in squares]
    inside = sorted((pair for pair in known if pair[0] <= reach), key=lambda pair: pair[0])
    return [one for _, one in inside[:_CANDIDATES]]
