"""What charts have in common: a title, a legend, labels that wrap, what stands for a missing value."""

from collections.abc import Iterable, Sequence

from shakyo_desktop.charts.marks import Mark
from shakyo_desktop.charts.measuring import text_width, wrap
from shakyo_desktop.charts.picture import Box, Shape, Words

TYPE = 16.0
"""Body type: nothing on a chart is smaller."""

HEADING = 18.0
LEADING = 22.0
ROW = 30.0
GAP = 8.0
NO_DATA = "データなし"
_CHIP = 26.0
_NARROW = 600.0


def number_words(value: int | None, unit: str) -> str:
    """340人; データなし for a missing value."""
    return NO_DATA if value is None else f"{value:,}{unit}"


def tenths_words(tenths: int, unit: str) -> str:
    """18.5人 for 185."""
    return f"{tenths // 10:,}.{tenths % 10}{unit}"


def title_shapes(title: str, width: float) -> tuple[list[Shape], float]:
    """The title from the top, and where the chart goes on."""
    if not title:
        return [], 0.0
    lines = wrap(title, width, HEADING)
    shapes: list[Shape] = [
        Words(0, (at + 0.5) * (LEADING + 4), line, HEADING, bold=True, typed=True)
        for at, line in enumerate(lines)
    ]
    return shapes, len(lines) * (LEADING + 4) + 4


def mark_shapes(x: float, y: float, width: float, height: float, mark: Mark, text: str = "") -> list[Shape]:
    """A filled box with its symbol, or with the words given."""
    words = text or mark.symbol
    shapes: list[Shape] = [Box(x, y, width, height, mark.ground, mark.hatched)]
    if words and mark.hatched:  # words are not read on hatching
        room = text_width(words, TYPE) + 4
        shapes.append(Box(x + (width - room) / 2, y + 2, room, height - 4, mark.ground, framed=False))
    if words:
        shapes.append(Words(x + width / 2, y + height / 2, words, align="centre", ink=mark.ink))
    return shapes


def legend_shapes(marks: Iterable[Mark], width: float, top: float) -> tuple[list[Shape], float]:
    """Each mark with its words, over as many lines as it takes; and where the chart goes on."""
    shapes: list[Shape] = []
    x, y = 0.0, top
    for mark in marks:
        room = _CHIP + 6 + text_width(mark.words, TYPE) + 14
        if x and x + room > width:
            x, y = 0.0, y + LEADING + 6
        shapes += mark_shapes(x, y, _CHIP, LEADING, mark)
        shapes.append(Words(x + _CHIP + 6, y + LEADING / 2, mark.words))
        x += room
    return (shapes, y + LEADING + GAP) if shapes else ([], top)


def narrow(width: float) -> bool:
    """Whether labels stand above their bars, because beside them neither would have room."""
    return width < _NARROW


def label_room(labels: Iterable[str], width: float, share: float = 0.36) -> float:
    """How wide the column of labels is: as wide as the longest, up to a share of the chart."""
    longest = max((text_width(label, TYPE) for label in labels), default=0.0)
    return min(longest, width * share) + GAP


def label_shapes(lines: Sequence[str], y: float, height: float, x: float = 0.0) -> list[Shape]:
    """A label's lines in the middle of its row."""
    top = y + (height - len(lines) * LEADING) / 2
    return [Words(x, top + (at + 0.5) * LEADING, line, typed=True) for at, line in enumerate(lines)]


def missing_shapes(x: float, y: float, width: float, height: float) -> list[Shape]:
    """A hatched box, with 「データなし」 in it where the words fit."""
    shapes: list[Shape] = [Box(x, y, width, height, "#ffffff", hatched=True)]
    word = next((one for one in (NO_DATA, "なし") if text_width(one, TYPE) + 8 <= width), "")
    if word:
        room = text_width(word, TYPE) + 4
        middle = y + height / 2
        shapes.append(Box(x + (width - room) / 2, middle - 11, room, 22, "#ffffff", framed=False))
        shapes.append(Words(x + width / 2, middle, word, align="centre"))
    return shapes


def scale_end(largest: float) -> int:
    """A round number at or above the largest value, at least 1: 1, 2, 4, 5 or 10 times a power of ten."""
    step = 1
    while True:
        for factor in (1, 2, 4, 5, 8):
            if factor * step >= largest:
                return factor * step
        step *= 10
