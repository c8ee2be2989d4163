"""ご報告のお願い: one page per district, in friendly words; no name or number of a person stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import BODY, BOTTOM, LEFT, LINE, RIGHT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, Field, field_row, listing
from shakyo_desktop.documents.pdf.wording import NOT_RECORDED
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_date, short_era_date
from shakyo_desktop.domain.fiscal_year import fiscal_year_name

FORM = "ご報告のお願い"
_GREETING = (
    "日ごろより、地域の福祉活動にお力添えをいただき、まことにありがとうございます。",
    "次のものが、まだ区事務所に届いていないようです。お忙しいところ恐れ入りますが、"
    "ご用意いただけますよう、お願いいたします。",
    "この手紙と行きちがいに、すでにお渡しいただいておりましたら、どうぞご容赦ください。",
)
_HOW_REPORT = (
    "プログラムの「事務所へ提出」で、提出ファイルと送付票を作ってください。",
    "USBメモリと送付票を、区事務所へお持ちください。",
)
_HOW_ANSWER = (
    "プログラムの「返事」を開くと、お願いの欄がそのまま開きます。",
    "直したら「事務所へ提出」で提出ファイルと送付票を作り、区事務所へお持ちください。",
)
_HELP = "ご不明な点や、ご都合のつかない事情がありましたら、どうぞお気軽にお電話ください。"
_TABLE = (
    Column("番号", 12, "centre"),
    Column("取組項目・記録", 52, typed="取組項目・記録"),
    Column("お願いの内容", 84, typed="お願いの内容"),
    Column("いつまでに", 24, "centre"),
)
_MOST_TEXT = 60
_BELOW, _REGISTRATION = 50.0, 14.0
"""Room for what stands under the list, and for the words about a registration's end, mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRequest:
    """A request that waits: what it is about (one line), its text, until when."""

    where: str
    text: str
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one district is asked for. ``wanted`` is empty when only requests wait; ``days_late`` 0 if not.

    ``registration_ends`` is set when its computer's registration ends soon.
    """

    org_code: str
    org_name: str
    wanted: str = ""
    due: date | None = None
    days_late: int = 0
    requests: tuple[LetterRequest, ...] = ()
    registration_ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersData:
    """Letters of one office about one fiscal year; ``made_at`` is UTC, ``day`` stands on the letters."""

    office_name: str
    office_telephone: str
    fiscal_year: int
    day: date
    made_at: datetime
    letters: tuple[Letter, ...]
    practice: bool = False


def make_reminder_letters(data: LettersData, out: BinaryIO) -> PrintedDocument:
    """Write the letters as one PDF, one page each; what a page cannot hold is counted on it.

    Raises:
        DocumentFailed: when it cannot be made or written.
        ValueError: there is no letter.
    """
    if not data.letters:
        raise ValueError("no letter to write")
    year = fiscal_year_name(data.fiscal_year)
    sheets = Sheets(
        Frame(
            title=f"{FORM} {year} {data.office_name}",
            form=FORM,
            district=data.letters[0].org_name,
            fiscal_year=year,
            author=data.office_name,
            made_at=data.made_at,
            practice=data.practice,
        )
    )
    for number, letter in enumerate(data.letters):
        if number:
            sheets.begin_part(letter.org_name)
        sheets.bookmark(letter.org_name)
        _head(sheets, data, letter)
        _body(sheets, letter, year)
        _requests(sheets, letter)
        _foot(sheets, data, letter)
    return sheets.finish(out)


def _head(sheets: Sheets, data: LettersData, letter: Letter) -> None:
    if data.practice:
        sheets.y += 4
    sheets.text(RIGHT, sheets.y + 4, era_date(data.day), align="right")
    sheets.y += 12
    for line in sheets.lines(f"{letter.org_name}　部会長　様", WIDTH * 0.7, 14, True, "地区部会の名前"):
        sheets.set_line(LEFT, sheets.y + 4, line, 14, True, "left")
        sheets.y += 6.5
    sheets.y += 4
    for line in sheets.lines(data.office_name, WIDTH * 0.6, 12, True, "区事務所の名前"):
        sheets.y += 6
        sheets.set_line(RIGHT, sheets.y, line, 12, True, "right")
    if data.office_telephone:
        sheets.y += 6
        sheets.text(
            RIGHT, sheets.y, f"電話 {data.office_telephone}", align="right", typed="区事務所の電話番号"
        )
    sheets.y += 14
    sheets.text(105, sheets.y, FORM, size=20, bold=True, align="centre")
    sheets.y += 10


def _body(sheets: Sheets, letter: Letter, year: str) -> None:
    for sentence in _GREETING:
        sheets.paragraph(f"　{sentence}", size=11.5, leading=7)
    sheets.y += 5
    label = 40.0
    field_row(sheets, [Field("年度", year, bold=True, label_width=label)], height=10)
    if letter.wanted:
        field_row(sheets, [Field("お願いするもの", letter.wanted, bold=True, label_width=label)], height=10)
    if letter.due is not None:
        field_row(
            sheets,
            [Field("期限", era_date(letter.due) + _late(letter.days_late), label_width=label)],
            height=10,
        )
    if letter.requests:
        words = f"{len(letter.requests)}件（下の表のとおりです）"
        field_row(sheets, [Field("確認のお願い", words, label_width=label)], height=10)


def _late(days: int) -> str:
    return f"　（{days}日過ぎています）" if days else ""


def _requests(sheets: Sheets, letter: Letter) -> None:
    if not letter.requests:
        return
    sheets.y += 6
    title = "お返事をお待ちしている確認のお願い"
    sheets.text(LEFT, sheets.y + 4, title, size=12, bold=True)
    sheets.y += 6.5
    rows = [
        (str(number), one.where, _short(one.text), short_era_date(one.due) if one.due else NOT_RECORDED)
        for number, one in enumerate(letter.requests, start=1)
    ]
    below = _BELOW + (_REGISTRATION if letter.registration_ends else 0.0)
    fitting = _fitting(sheets, rows, below)
    listing(sheets, _TABLE, rows[:fitting], title)
    if fitting < len(rows):
        left = len(rows) - fitting
        sheets.y += 1
        sheets.paragraph(f"ほかに{left}件あります。前にお渡しした「受領証・確認のお願い」をご覧ください。")


def _fitting(sheets: Sheets, rows: Sequence[tuple[str, ...]], below: float) -> int:
    """How many rows leave ``below`` mm for what stands under them: a letter is one page."""
    y = sheets.y + 8.4
    for count, row in enumerate(rows):
        lines = max(
            len(sheets.lines(text, column.width - 4, BODY, typed=column.typed))
            for text, column in zip(row, _TABLE, strict=True)
        )
        y += lines * LINE + 2.4
        if y > BOTTOM - below:
            return count
    return len(rows)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_TEXT else f"{line[: _MOST_TEXT - 1]}…"


def _foot(sheets: Sheets, data: LettersData, letter: Letter) -> None:
    sheets.y += 6
    sheets.text(LEFT, sheets.y + 4, "お渡しのしかた", size=12, bold=True)
    sheets.y += 6.5
    for number, line in enumerate(_HOW_ANSWER if letter.requests else _HOW_REPORT, start=1):
        sheets.text(LEFT + 1, sheets.y + 4.6, str(number))
        sheets.paragraph(line, x=LEFT + 6, width=WIDTH - 6, leading=6.4)
    sheets.y += 4
    if letter.registration_ends is not None:
        sheets.paragraph(
            f"お使いのパソコンの登録は、{era_date(letter.registration_ends)}に3年の期限になります。"
            "送付票をいっしょにお持ちいただければ、その場で登録を続けられます。"
        )
        sheets.y += 1
    sheets.paragraph(_HELP)
    telephone = f"　電話 {data.office_telephone}" if data.office_telephone else ""
    sheets.y += 1
    sheets.paragraph(f"お問い合わせ　{data.office_name}{telephone}", bold=True, typed="区事務所の名前")
