"""The mapping between a flat sheet and its photograph: eight numbers found from four pairs of points."""

from collections.abc import Sequence

Point = tuple[float, float]
Mapping8 = tuple[float, ...]
"""a…h of x' = (ax + by + c) / (gx + hy + 1), y' = (dx + ey + f) / (gx + hy + 1), as Pillow takes them."""


def mapping_of(source: Sequence[Point], target: Sequence[Point]) -> Mapping8 | None:
    """The mapping that takes four points to four others; None when three of them are in a line."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> Mapping8 | None:
    """Gauss-Jordan with the largest pivot; each row ends with its right side."""
    size = len(rows)
    for column in range(size):
        best = max(range(column, size), key=lambda row: abs(rows[row][column]))
        if abs(rows[best][column]) < 1e-9:
            return None
        rows[column], rows[best] = rows[best], rows[column]
        pivot = rows[column][column]
        rows[column] = [value / pivot for value in rows[column]]
        for row in range(size):
            factor = rows[row][column]
            if row != column and factor:
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return tuple(row[-1] for row in rows)


def mapped(mapping: Mapping8, point: Point) -> Point:
    """Where a point goes."""
    a, b, c, d, e, f, g, h = mapping
    x, y = point
    below = g * x + h * y + 1.0 or 1e-12
    return (a * x + b * y + c) / below, (d * x + e * y + f) / below


def similarity_of(source: Sequence[Point], target: Sequence[Point]) -> Mapping8:
    """The turn, size and shift that fits four points best (least squares); steadier than eight numbers."""
    sx, sy = (sum(one[axis] for one in source) / len(source) for axis in (0, 1))
    tx, ty = (sum(one[axis] for one in target) / len(target) for axis in (0, 1))
    along = across = square = 0.0
    for (x, y), (u, v) in zip(source, target, strict=True):
        dx, dy, du, dv = x - sx, y - sy, u - tx, v - ty
        along += dx * du + dy * dv
        across += dx * dv - dy * du
        square += dx * dx + dy * dy
    cos, sin = along / square, across / square
    return cos, -sin, tx - cos * sx + sin * sy, sin, cos, ty - sin * sx - cos * sy, 0.0, 0.0
