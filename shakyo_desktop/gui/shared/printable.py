"""Which characters our papers cannot draw: asked of the bundled fonts, as the documents do."""

import re
from functools import cache

from PySide6.QtGui import QRawFont

from shakyo_desktop import paths

_FILES = ("BIZUDGothic-Regular.ttf", "NotoSansJPSupplement-Regular.ttf")
# What only modifies the character before it, and what draws nothing: never missing by itself.
_SILENT = re.compile("[\\s\u200d\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")
_SIZE = 16


@cache
def _fonts() -> tuple[QRawFont, ...]:
    return tuple(QRawFont(str(paths.fonts_dir() / name), _SIZE) for name in _FILES)


def unprintable(text: str) -> str:
    """Return the characters, once each, that print as 〓."""
    if text.isascii():
        return ""
    seen = dict.fromkeys(_SILENT.sub("", text))
    return "".join(one for one in seen if not any(font.supportsCharacter(ord(one)) for font in _fonts()))
