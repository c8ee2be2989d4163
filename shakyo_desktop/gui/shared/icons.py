"""Icons: SVG files of one set (lucide, ISC), tinted to the colour of the text beside them."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from shakyo_desktop import paths

_SCALES = (1, 2)


def icon_names() -> list[str]:
    """Return the names that `icon` knows."""
    return sorted(file.stem for file in paths.icons_dir().glob("*.svg"))


@lru_cache(maxsize=256)
def icon(name: str, colour: str = "#1a1a1a", size: int = 24) -> QIcon:
    """Return an icon in a colour (`#rrggbb`), sharp at 100 % and 200 %; empty for an unknown name."""
    source = _source(name)
    result = QIcon()
    if not source:
        return result
    for scale in _SCALES:
        result.addPixmap(_render(source.replace("currentColor", colour), size, scale))
    return result


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels."""
    return icon(name, colour, size).pixmap(QSize(size, size), ratio)


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    file = paths.icons_dir() / f"{name}.svg"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _render(source: str, size: int, scale: int) -> QPixmap:
    result = QPixmap(size * scale, size * scale)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    result.setDevicePixelRatio(scale)
    return result
