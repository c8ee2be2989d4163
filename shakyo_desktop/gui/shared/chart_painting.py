"""The drawing of charts by Qt: boxes, lines and words of ``charts.picture`` in the colours of the look."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from shakyo_desktop.charts.picture import Box, Line, Shape
from shakyo_desktop.gui.shared.theme import BODY, colours, look, ui_font

_FLAGS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


def unit_pixels() -> float:
    """Pixels in a unit at the chosen 文字の大きさ."""
    return max(1.0, look().text_size.body / BODY)


@lru_cache
def _font(pixels: int, bold: bool) -> QFont:
    font = ui_font(bold=bold)
    font.setPixelSize(pixels)  # the painter is scaled already
    return font


def paint_shape(painter: QPainter, shape: Shape) -> None:
    """Draw one shape with a painter that is scaled to units."""
    plain = look().high_contrast
    if isinstance(shape, Box):
        place = QRectF(shape.x, shape.y, shape.width, shape.height)
        ground = colours().white if plain else shape.ground
        painter.setPen(QPen(QColor(colours().border), 1) if shape.framed else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(ground)) if shape.ground else Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        if shape.hatched:
            painter.setBrush(QBrush(QColor(colours().border), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(place)
    elif isinstance(shape, Line):
        style = Qt.PenStyle.DashLine if shape.dash else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colours().text if plain else shape.ink), shape.weight, style))
        painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
    else:
        painter.setPen(QColor(colours().text if plain else shape.ink))
        painter.setFont(_font(round(shape.size), shape.bold))
        wide = 4000.0
        left = {"left": shape.x, "centre": shape.x - wide / 2, "right": shape.x - wide}[shape.align]
        flags = _FLAGS[shape.align] | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, shape.y - 20, wide, 40), flags, shape.text)
