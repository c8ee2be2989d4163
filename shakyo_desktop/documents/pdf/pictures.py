"""Photos on paper: as many dots as a printer can use, in a rectangle of their own proportions."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from shakyo_desktop.documents.pdf.frame import BODY, LEFT, LINE, WIDTH
from shakyo_desktop.documents.pdf.page import Sheets

_DOTS_PER_MM = 200 / 25.4
_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo for a document: JPEG bytes, its size in dots and what stands below it."""

    jpeg: bytes
    width: int
    height: int
    caption: str = ""

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Its size in mm inside a rectangle, proportions kept."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def row_height(pictures: Sequence[Picture], height: float) -> float:
    """How high a row of pictures is, captions included, mm; 0 without pictures."""
    if not pictures:
        return 0.0
    room = _room(len(pictures))
    words = LINE if any(picture.caption for picture in pictures) else 0.0
    return max(picture.fitted(room, height)[1] for picture in pictures) + words + 2


def draw_row(sheets: Sheets, pictures: Sequence[Picture], height: float) -> None:
    """Draw pictures side by side at ``sheets.y``, each at most ``height`` mm high."""
    if not pictures:
        return
    room = _room(len(pictures))
    tallest = max(picture.fitted(room, height)[1] for picture in pictures)
    for at, picture in enumerate(pictures):
        wide, high = picture.fitted(room, height)
        left = LEFT + at * (room + _GAP) + (room - wide) / 2
        top = sheets.y + (tallest - high)
        sheets.picture(left, top, wide, high, printed(picture, wide))
        if picture.caption:
            words = sheets.lines(picture.caption, room, typed="写真の説明")[0]
            sheets.set_line(left + wide / 2, sheets.y + tallest + LINE * 0.8, words, BODY, False, "centre")
    sheets.y += row_height(pictures, height)


def printed(picture: Picture, width: float) -> bytes:
    """The photo with no more dots than ``width`` mm of paper can show; smaller ones stay as they are."""
    wanted = round(width * _DOTS_PER_MM)
    if picture.width <= wanted * 1.25:
        return picture.jpeg
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(picture.jpeg)) as photo:
        size = (wanted, max(1, round(picture.height * wanted / picture.width)))
        photo.resize(size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=85)
    return out.getvalue()


def _room(count: int) -> float:
    return (WIDTH - _GAP * (count - 1)) / count
