"""成果事例集: the chosen good practices as a booklet, with contents, photos and where each comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import BOTTOM, LEFT, RIGHT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.pictures import Picture, draw_row, row_height
from shakyo_desktop.documents.pdf.tables import LABEL_GREY, Column, listing
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_timestamp

FORM = "成果事例集"
_STORY, _LEADING = 11.5, 6.6
_PHOTO_HEIGHT = 52.0
_PER_ROW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story as it is printed; every picture has the consent to be shown."""

    item_number: int
    item_name: str
    district: str
    year: str
    title: str
    text: str
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletData:
    """The stories in their order. ``years`` names the fiscal years they are of; ``made_at`` is UTC."""

    office: str
    years: str
    stories: tuple[Story, ...]
    made_at: datetime
    telephone: str = ""
    practice: bool = False


def make_booklet(data: BookletData, out: BinaryIO) -> PrintedDocument:
    """Write the booklet as a PDF. The contents are set twice: page numbers are known after the first time.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    _, pages = _laid_out(data, [0] * len(data.stories))
    sheets, _ = _laid_out(data, pages)
    return sheets.finish(out)


def _laid_out(data: BookletData, pages: Sequence[int]) -> tuple[Sheets, list[int]]:
    sheets = Sheets(
        Frame(
            title=f"{FORM} {data.office} {data.years}",
            form=FORM,
            district=data.office,
            fiscal_year=data.years,
            author=data.office,
            made_at=data.made_at,
            practice=data.practice,
        )
    )
    _front(sheets, data)
    _contents(sheets, data.stories, pages)
    sheets.new_page()
    found = []
    for story in data.stories:
        found.append(_draw_story(sheets, story))
    return sheets, found


def _front(sheets: Sheets, data: BookletData) -> None:
    sheets.text(105, sheets.y + 14, FORM, size=26, bold=True, align="centre")
    sheets.text(105, sheets.y + 25, data.years, size=14, align="centre")
    sheets.text(105, sheets.y + 34, data.office, size=14, bold=True, align="centre", typed="事務所の名前")
    made = f"{era_timestamp(data.made_at)} 作成"
    telephone = f"　電話 {data.telephone}" if data.telephone else ""
    sheets.text(105, sheets.y + 42, f"{made}{telephone}", align="centre", typed="電話番号")
    sheets.y += 50
    sheets.paragraph("地区部会の報告から、本人たちの同意のある事例を選び、区事務所が文をととのえたものです。")
    sheets.y += 4


def _contents(sheets: Sheets, stories: Sequence[Story], pages: Sequence[int]) -> None:
    sheets.bookmark("もくじ")
    sheets.text(LEFT, sheets.y + 4, "もくじ", size=13, bold=True)
    sheets.y += 7
    columns = (
        Column("題名", 66, typed="成果事例の題名", bold=True),
        Column("取組項目", 50, typed="取組項目の名前"),
        Column("地区部会", 38, typed="地区部会の名前"),
        Column("ページ", 18, "right"),
    )
    rows = [
        (one.title, f"{one.item_number} {one.item_name}", f"{one.district}\n{one.year}", str(page or ""))
        for one, page in zip(stories, pages, strict=True)
    ]
    listing(sheets, columns, rows, "もくじ")


def _draw_story(sheets: Sheets, story: Story) -> int:
    """Draw one story below the last one, whole on a page where a page can hold it; return its first page."""
    text = sheets.lines(story.text, WIDTH, _STORY, typed="成果事例の内容")
    title = sheets.lines(story.title, WIDTH, 16, True, "成果事例の題名")
    rows = [story.pictures[at : at + _PER_ROW] for at in range(0, len(story.pictures), _PER_ROW)]
    photos = sum(row_height(row, _PHOTO_HEIGHT) for row in rows)
    height = 10 + len(title) * 8 + 8 + len(text) * _LEADING + photos + 8
    whole = height <= BOTTOM - 20
    if sheets.y + (height if whole else 70) > BOTTOM:
        sheets.new_page()
    page = sheets.page
    sheets.bookmark(story.title)
    _head(sheets, story, title)
    for line in text:
        sheets.need(_LEADING)
        sheets.set_line(LEFT, sheets.y + _LEADING * 0.72, line, _STORY, False, "left")
        sheets.y += _LEADING
    for row in rows:
        sheets.need(row_height(row, _PHOTO_HEIGHT))
        sheets.y += 2
        draw_row(sheets, row, _PHOTO_HEIGHT)
    sheets.y += 8
    return page


def _head(sheets: Sheets, story: Story, title: Sequence[str]) -> None:
    words = f"{story.item_number}　{story.item_name}"
    lines = sheets.lines(words, WIDTH - 6, 11, False, "取組項目の名前")
    height = len(lines) * 5.6 + 2.6
    sheets.box(LEFT, sheets.y, WIDTH, height, grey=LABEL_GREY, weight=0.5)
    for index, line in enumerate(lines):
        sheets.set_line(LEFT + 3, sheets.y + 5.4 + index * 5.6, line, 11, False, "left")
    sheets.y += height + 2
    for line in title:
        sheets.set_line(LEFT, sheets.y + 6, line, 16, True, "left")
        sheets.y += 8
    sheets.text(
        RIGHT, sheets.y + 3, f"{story.district}　{story.year}", size=11, align="right", typed="地区部会の名前"
    )
    sheets.y += 6
