"""引継書: what one officer leaves to the next on paper: what to do first, what is open, where things are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import BOTTOM, LEFT, RIGHT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, Field, field_row, listing
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.fiscal_year import fiscal_year_name

FORM = "引継書"
NOTHING_OPEN = "やりかけの仕事はありません。"
_LABEL = 42.0
_WHOLE_LIST = 225.0
"""A list of items up to this height (mm) is not divided."""
_REQUESTS = (
    Column("どこ", 56, typed="取組項目・記録"),
    Column("お願いの内容", 88, typed="お願いの内容"),
    Column("いつまでに", 28, "centre"),
)
_CALENDAR = (Column("日", 52), Column("すること", 120, typed="予定の名前"))


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRequest:
    """A request of the office that nobody answered: what it is about, its text, until when."""

    where: str
    text: str
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookYear:
    """A fiscal year as it stands: ``facts`` are label and value, ``items`` rows of a list of ``columns``."""

    fiscal_year: int
    facts: tuple[tuple[str, str], ...]
    points: tuple[str, ...]
    requests: tuple[BookRequest, ...] = ()
    items: tuple[tuple[str, str, str], ...] = ()
    columns: tuple[str, str, str] = ("取組項目", "実施状況", "提出")
    list_title: str = "取組項目"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverBookData:
    """Everything the book says. ``signer`` is whose seal it has (部会長); ``made_at`` in UTC.

    ``places`` are label and value; an empty value is a line to fill in by hand.
    """

    org_code: str
    org_name: str
    role: str
    signer: str
    predecessor: str
    day: date
    made_at: datetime
    steps: tuple[str, ...]
    note: str
    years: tuple[BookYear, ...]
    places: tuple[tuple[str, str], ...]
    calendar: tuple[tuple[date, str], ...]
    practice: bool = False


def make_handover_book(data: HandoverBookData, out: BinaryIO) -> PrintedDocument:
    """Write the book as a PDF of a few pages.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    sheets = Sheets(Frame.of_organisation(FORM, data.org_name, data.made_at, practice=data.practice))
    _head(sheets, data)
    _steps(sheets, data)
    for year in data.years:
        _year(sheets, year)
    if sheets.y + _places_height(data) <= BOTTOM:
        _places(sheets, data)
        _calendar(sheets, data)
    else:  # the dates fill the page and go on over it, the places stay together
        _calendar(sheets, data)
        _places(sheets, data)
    for year in data.years:
        _items(sheets, year)
    return sheets.finish(out)


def _head(sheets: Sheets, data: HandoverBookData) -> None:
    if data.practice:
        sheets.y += 4
    sheets.text(105, sheets.y + 9, "引　継　書", size=24, bold=True, align="centre")
    sheets.text(RIGHT, sheets.y + 18, era_date(data.day), size=11, align="right")
    sheets.y += 22
    name = f"{data.org_name}（{data.org_code}）"
    field_row(sheets, [Field(data.role, name, "組織の名前", size=15, bold=True)], height=12)
    field_row(
        sheets,
        [
            Field("前の担当者", data.predecessor, "前の担当者のお名前", size=13),
            Field("次の担当者", "", size=13),
        ],
        height=13,
    )
    top = sheets.y
    field_row(
        sheets,
        [
            Field(data.signer, "", share=1.1),
            Field("引き継いだ日", "　　年　　月　　日", size=10.5, share=0.9, label_width=28),
        ],
        height=16,
    )
    middle = (top + sheets.y) / 2
    at = LEFT + WIDTH * 1.1 / 2 - 9
    sheets.box(at - 6.5, middle - 6.5, 13, 13, weight=0.4)
    sheets.text(at, middle + 1.4, "印", align="centre")


def _heading(sheets: Sheets, words: str, room: float) -> None:
    sheets.y += 5
    sheets.need(room)
    sheets.text(LEFT, sheets.y + 4.5, words, size=13, bold=True)
    sheets.y += 7.5


def _steps(sheets: Sheets, data: HandoverBookData) -> None:
    _heading(sheets, "次の担当者の方がはじめにすること", 50)
    for number, step in enumerate(data.steps, start=1):
        sheets.text(LEFT + 1, sheets.y + 5, f"{number}", size=11.5)
        sheets.paragraph(step, x=LEFT + 7, width=WIDTH - 7, size=11.5, leading=7, typed="ファイルの名前")
    if data.note:
        sheets.y += 1
        sheets.paragraph(data.note, leading=6)


def _year(sheets: Sheets, year: BookYear) -> None:
    name = fiscal_year_name(year.fiscal_year)
    _heading(sheets, f"{name}はここまで進んでいます", 50)
    for label, value in year.facts:
        field_row(sheets, [Field(label, value, "報告", size=11, label_width=_LABEL)])
    sheets.y += 2
    sheets.need(14)
    sheets.text(LEFT, sheets.y + 4.5, "やりかけの仕事", size=11.5, bold=True)
    sheets.y += 6
    for point in year.points or (NOTHING_OPEN,):
        sheets.text(LEFT + 1, sheets.y + 4.6, "□" if year.points else "")
        sheets.paragraph(point, x=LEFT + 7, width=WIDTH - 7, size=11, leading=6.6, typed="やりかけの仕事")
    if year.requests:
        sheets.y += 2
        rows = [(one.where, one.text, era_date(one.due) if one.due else "") for one in year.requests]
        listing(sheets, _REQUESTS, rows, "事務所からの確認のお願い")


def _places_height(data: HandoverBookData) -> float:
    """With the heading and what stands above it, mm."""
    return 15 + sum(_place_height(value) for _, value in data.places)


def _place_height(value: str) -> float:
    return 8.4 if value else 11.0  # to be written in by hand


def _places(sheets: Sheets, data: HandoverBookData) -> None:
    _heading(sheets, "ファイルと紙のあるところ、連絡先", _places_height(data) - 5)
    for label, value in data.places:
        field_row(
            sheets,
            [Field(label, value, "ファイルのあるところ", size=10.5, label_width=_LABEL)],
            height=_place_height(value),
        )


def _calendar(sheets: Sheets, data: HandoverBookData) -> None:
    _heading(sheets, "これから1年の予定", 30)
    rows: Sequence[Sequence[str]] = [(era_date(day), words) for day, words in data.calendar]
    if rows:
        listing(sheets, _CALENDAR, rows, "これから1年の予定")
    else:
        sheets.paragraph("事務所が決めた予定は、まだ届いていません。", x=LEFT + 1)


def _items(sheets: Sheets, year: BookYear) -> None:
    if not year.items:
        return
    title = f"{fiscal_year_name(year.fiscal_year)}の{year.list_title}"
    name, state, last = year.columns
    columns = (
        Column(name, 98, typed=name),
        Column(state, 34, "centre", typed=state),
        Column(last, 40, "centre"),
    )
    _heading(sheets, title, min(_WHOLE_LIST, 20 + 8.4 * len(year.items)))
    listing(sheets, columns, year.items, title)
