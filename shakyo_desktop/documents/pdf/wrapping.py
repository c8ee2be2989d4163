"""Lines of Japanese text: where a line may end (kinsoku, JIS X 4051 6.1, in its plain push-out form)."""

import re

from shakyo_desktop.documents.pdf.fonts import char_width

NOT_AT_START = frozenset(
    "、。，．・：；？！?!,.:;゛゜ヽヾゝゞ々ー―…‥〜～‐%％℃」』）〕］｝〉》】)]}”’｡､｣ﾞﾟｰ･"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯ"
)
NOT_AT_END = frozenset("「『（〔［｛〈《【([{“‘｢〒¥￥＃#№℡")
_WORD = re.compile(r"[0-9A-Za-z０-９][0-9A-Za-z０-９.,/:@_%+'&-]*|(?s:.)")


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Break printable text into lines of at most ``width`` points; its own line breaks are kept.

    Numbers and Latin words stay whole unless one alone is wider than the line. Nothing is ever left out.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, width / size, bold))
    return lines


def _wrap_paragraph(text: str, room: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text):
        wide = _width(piece, bold)
        if line and used + wide > room:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
            piece = piece.lstrip(" ")
            wide = _width(piece, bold)
        while wide > room and len(piece) > 1:
            fitting = _fitting(piece, room, bold)
            lines.append(piece[:fitting])
            piece = piece[fitting:]
            wide = _width(piece, bold)
        line += piece
        used += wide
    return [*lines, line.rstrip(" ")] if line or not lines else lines


def _pieces(text: str) -> list[str]:
    """Split where a line may end."""
    pieces: list[str] = []
    for part in _WORD.findall(text):
        if pieces and (part[0] in NOT_AT_START or pieces[-1][-1] in NOT_AT_END):
            pieces[-1] += part
        else:
            pieces.append(part)
    return pieces


def _width(text: str, bold: bool) -> float:
    return sum(char_width(character, bold) for character in text)


def _fitting(text: str, room: float, bold: bool) -> int:
    """How many characters of one overlong piece fit; at least one."""
    used = 0.0
    for index, character in enumerate(text):
        used += char_width(character, bold)
        if used > room:
            return max(1, index)
    return len(text)
