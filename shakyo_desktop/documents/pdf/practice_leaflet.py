"""広報: one page with one or two good practices, large enough to be read on a notice board."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.pictures import draw_row, row_height
from shakyo_desktop.documents.pdf.practice_booklet import BookletData, Story
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.errors import DocumentFailed

FORM = "広報"
_LARGEST, _SMALLEST = 20.0, 13.0
_PHOTO_HEIGHTS = (95.0, 80.0, 65.0, 50.0, 40.0)
_HEAD, _FOOT, _GAP = 30.0, 12.0, 9.0


def make_leaflet(data: BookletData, out: BinaryIO) -> PrintedDocument:
    """Write one page of one or two stories in the largest type that fits.

    Raises:
        DocumentFailed: when even the smallest type needs more than a page.
    """
    sheets = _sheets(data, data.made_at)
    size, photo = _fitting(sheets, data.stories)
    _draw_head(sheets, data)
    for at, story in enumerate(data.stories):
        if at:
            sheets.rule(LEFT, sheets.y, RIGHT, sheets.y, 0.8, dash=True)
            sheets.y += _GAP
        _draw_story(sheets, story, size, photo)
    words = f"{data.office}　電話 {data.telephone}" if data.telephone else data.office
    sheets.text(105, BOTTOM - 1, words, size=13, bold=True, align="centre", typed="事務所の名前")
    return sheets.finish(out)


def _sheets(data: BookletData, made_at: datetime) -> Sheets:
    title = f"{FORM} {data.stories[0].title}"
    return Sheets(
        Frame(
            title=title,
            form=FORM,
            district=data.office,
            fiscal_year=data.years,
            author=data.office,
            made_at=made_at,
            practice=data.practice,
        )
    )


def _fitting(sheets: Sheets, stories: Sequence[Story]) -> tuple[float, float]:
    """The type's size and the photos' height that fit: larger type goes before larger photos."""
    room = BOTTOM - TOP - _HEAD - _FOOT - (len(stories) - 1) * 2 * _GAP
    size = _LARGEST
    while size >= _SMALLEST:
        for photo in _PHOTO_HEIGHTS:
            if sum(_height(sheets, story, size, photo) for story in stories) <= room:
                return size, photo
        size -= 0.5
    over = sum(_height(sheets, story, _SMALLEST, _PHOTO_HEIGHTS[-1]) for story in stories) - room
    characters = int(over / _leading(_SMALLEST) + 1) * int(WIDTH / (_SMALLEST * 25.4 / 72))
    raise DocumentFailed(
        "文が長いので、広報の1枚に入りません。\n事例の文は、そのまま残っています。\n"
        f"区の文を、全部で{characters}文字くらい短くするか、事例を1つにしてください。",
        code="document.too_long",
    )


def _height(sheets: Sheets, story: Story, size: float, photo: float) -> float:
    text = len(_text(sheets, story, size)) * _leading(size)
    title = len(_title(sheets, story, size)) * _leading(size + 6)
    return title + 9 + row_height(story.pictures[:2], photo) + 3 + text


def _draw_head(sheets: Sheets, data: BookletData) -> None:
    sheets.box(LEFT, TOP, WIDTH, 21, grey=0.92, weight=0.8, radius=3)
    sheets.text(105, TOP + 13.5, "地域のとりくみを紹介します", size=26, bold=True, align="centre")
    sheets.y = TOP + _HEAD


def _draw_story(sheets: Sheets, story: Story, size: float, photo: float) -> None:
    for line in _title(sheets, story, size):
        sheets.set_line(LEFT, sheets.y + _leading(size + 6) * 0.75, line, size + 6, True, "left")
        sheets.y += _leading(size + 6)
    words = f"{story.district}　{story.year}　{story.item_name}"
    sheets.fitted(LEFT, sheets.y + 5, WIDTH, words, size=13, typed="地区部会の名前")
    sheets.y += 9
    draw_row(sheets, story.pictures[:2], photo)
    sheets.y += 3
    for line in _text(sheets, story, size):
        sheets.set_line(LEFT, sheets.y + _leading(size) * 0.72, line, size, False, "left")
        sheets.y += _leading(size)
    sheets.y += _GAP


def _title(sheets: Sheets, story: Story, size: float) -> list[str]:
    return sheets.lines(story.title, WIDTH, size + 6, True, "成果事例の題名")


def _text(sheets: Sheets, story: Story, size: float) -> list[str]:
    return sheets.lines(story.text, WIDTH, size, False, "成果事例の内容")


def _leading(size: float) -> float:
    """Distance of lines, mm: type of a notice board needs air."""
    return size * 0.56
