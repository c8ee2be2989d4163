"""How wide text is at most, in the window's font (whose digits are wide) and in that of the documents."""

from functools import cache

_DIGIT, _POINT = 0.76, 0.5
_NOT_AT_START = frozenset("、。，．・：）」』】〕々ー％ゃゅょっャュョッ")


@cache
def _em(character: str) -> float:
    if character.isascii() and not character.isalpha() and character != "%":
        return _DIGIT if character.isdigit() else _POINT
    return 1.0


def text_width(text: str, size: float) -> float:
    """The room a line of text needs at most, in units."""
    return sum(_em(character) for character in text) * size


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break text into lines of at most ``width`` units; nothing is left out, at least one line."""
    lines, line = [], ""
    for character in text:
        if line and character not in _NOT_AT_START and text_width(line + character, size) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]
