"""The photos of a diary on pages of their own, each under the row of the sheet that it belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shakyo_desktop.documents.pdf.frame import BODY, LEFT, LINE, WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.pictures import Picture, printed

_COLUMNS, _GAP = 2, 6.0
_ROOM = (WIDTH - _GAP * (_COLUMNS - 1)) / _COLUMNS
_HEIGHT = 51.0
"""The most a picture takes, mm: six of them and their words stand on a page."""

CONSENT = {True: "○ 公表してよい写真です", False: "× 公表しません"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPhoto:
    """A photo of an activity. ``row`` says where its activity stands, ``day`` when and where it was.

    ``load`` gives the JPEG when it is the photo's turn; ``width`` and ``height`` are in dots.
    """

    row: str
    day: str
    caption: str
    consent: bool
    width: int
    height: int
    load: Callable[[], bytes]


def draw_photo_pages(sheets: Sheets, form: str, photos: Sequence[SheetPhoto]) -> None:
    """Two photos side by side, as many rows as a page holds, from a new page on."""
    _begin_page(sheets, form)
    for start in range(0, len(photos), _COLUMNS):
        row = photos[start : start + _COLUMNS]
        words = [_words(sheets, one) for one in row]
        height = _HEIGHT + max(map(len, words)) * LINE + 3
        if sheets.need(height):
            _begin_page(sheets, form, new=False)
        for column, photo in enumerate(row):
            _draw_photo(sheets, photo, words[column], LEFT + column * (_ROOM + _GAP))
        sheets.y += height


def _begin_page(sheets: Sheets, form: str, *, new: bool = True) -> None:
    if new:
        sheets.new_page()
        sheets.bookmark("写真")
    sheets.text(LEFT, 18.5, f"{form}　写真", size=14, bold=True)
    sheets.y = 26.0


def _words(sheets: Sheets, photo: SheetPhoto) -> list[tuple[str, bool]]:
    """The lines below a photo, and which of them are bold."""
    lines = [(photo.row, True)]
    lines += [(one, False) for one in sheets.lines(photo.day, _ROOM, typed=f"{photo.row}の日付と場所")]
    if photo.caption:
        lines += [
            (one, False) for one in sheets.lines(photo.caption, _ROOM, typed=f"{photo.row}の写真の説明")
        ]
    return [*lines, (CONSENT[photo.consent], False)]


def _draw_photo(sheets: Sheets, photo: SheetPhoto, words: Sequence[tuple[str, bool]], left: float) -> None:
    picture = Picture(photo.load(), photo.width, photo.height)
    wide, high = picture.fitted(_ROOM, _HEIGHT)
    sheets.picture(left, sheets.y + (_HEIGHT - high), wide, high, printed(picture, wide))
    for index, (line, bold) in enumerate(words):
        sheets.set_line(left, sheets.y + _HEIGHT + LINE * (index + 0.8), line, BODY, bold, "left")
