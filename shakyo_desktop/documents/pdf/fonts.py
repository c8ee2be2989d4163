"""The fonts of every document, and what happens to a character that one of them does not have.

BIZ UDGothic draws everything it can; the supplement draws kanji such as 𠮷 that it has not. What neither
has fails the making of the document when the text is ours, and prints as 〓 when a user typed it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from shakyo_desktop import paths
from shakyo_desktop.domain.errors import DocumentFailed

if TYPE_CHECKING:
    from shakyo_desktop.documents.pdf.embedding import EmbeddedFont

GETA = "〓"
"""What is printed for a character no font has."""

_REGULAR = ("BIZUDGothic-Regular", "NotoSansJPSupplement-Regular")
_BOLD = ("BIZUDGothic-Bold", "NotoSansJPSupplement-Bold")

_SELECTOR = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
# A character with everything that only modifies it: selectors, skin tones, what a joiner joins to it.
_CLUSTER = re.compile(
    f"(?s)[\U0001f1e6-\U0001f1ff]{{2}}|.(?:[{_SELECTOR}\u20e3\U0001f3fb-\U0001f3ff]|\u200d.)*"
)


_MODIFYING = re.compile(f"[{_SELECTOR}\u20e3\u200d\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff]")


@dataclass(frozen=True, slots=True)
class Printable:
    """Text in which every character has a glyph; ``missing`` are the characters 〓 stands for, once each."""

    text: str
    missing: tuple[str, ...] = ()


@cache
def chain(bold: bool) -> tuple["EmbeddedFont", ...]:
    """The fonts to try, in order; loaded and registered on first use.

    Raises:
        DocumentFailed: when a bundled font is not where it belongs.
    """
    from reportlab.pdfbase import pdfmetrics

    from shakyo_desktop.documents.pdf.embedding import EmbeddedFont

    fonts = []
    for name in _BOLD if bold else _REGULAR:
        file = paths.fonts_dir() / f"{name}.ttf"
        if not file.is_file():
            raise DocumentFailed(
                "印刷に使う文字の形（フォント）が見つかりません。\n"
                "入力した内容はそのまま残っています。\n"
                "プログラムを入れ直してください。",
                code="document.font",
            )
        font = EmbeddedFont(name, file)
        pdfmetrics.registerFont(font)
        fonts.append(font)
    return tuple(fonts)


def printable(text: str) -> Printable:
    """Return ``text`` with a glyph for every character, and what had none.

    A variation selector picks its glyph where the font has one and is dropped where it has not.
    """
    if _plain_characters().issuperset(text):
        return Printable(text)
    shown: list[str] = []
    missing: dict[str, None] = {}
    for match in _CLUSTER.finditer(text):
        drawn = _drawn(match.group())
        if drawn is None:
            missing[match.group()] = None
            drawn = GETA
        shown.append(drawn)
    return Printable("".join(shown), tuple(missing))


@cache
def _plain_characters() -> frozenset[str]:
    """What is printed as it stands, whatever stands beside it: nearly every text is made of nothing else."""
    plain = (chr(code) for code in chain(False)[0].coverage)
    return frozenset(one for one in plain if not _MODIFYING.match(one)) - {"\u00a0"} | {"\n"}


def has_glyph(text: str) -> bool:
    """Whether every character of ``text`` can be printed; for a warning at the field."""
    return not printable(text).missing


def _drawn(cluster: str) -> str | None:
    main, supplement = chain(False)
    variation = main.variations.get(cluster)
    if variation is not None:
        return variation
    base = cluster[0]
    if base == "\n":
        return base
    if base == "\u00a0":
        return " "
    modified = any(not re.match(f"[{_SELECTOR}]", c) for c in cluster[1:])
    if modified or not (ord(base) in main.coverage or ord(base) in supplement.coverage):
        return None
    return base


def runs(text: str, bold: bool = False) -> Iterator[tuple[str, str]]:
    """Yield (font name, text) of printable text, one pair per stretch in the same font."""
    if _covered(bold).issuperset(text):
        if text:
            yield chain(bold)[0].fontName, text
        return
    for name, characters in groupby(text, key=lambda c: _font_of(c, bold).fontName):
        yield name, "".join(characters)


@cache
def _covered(bold: bool) -> frozenset[str]:
    """The characters of the main font."""
    return frozenset(map(chr, chain(bold)[0].coverage))


@cache
def char_width(character: str, bold: bool = False) -> float:
    """The width of one printable character in em."""
    return _font_of(character, bold).char_width(character)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of one printable line in points, at ``size`` points."""
    return sum(char_width(character, bold) for character in text) * size


def _font_of(character: str, bold: bool) -> "EmbeddedFont":
    fonts = chain(bold)
    code = ord(character)
    return next((font for font in fonts if code in font.face.charToGlyph), fonts[0])
