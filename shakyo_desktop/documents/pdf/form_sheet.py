"""The forms on paper: blank, with last year's values in grey, or filled in, all from one layout.

Text that does not fit its box at the smallest size goes on under the box's number on a page at the end.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import BODY, LEFT, WIDTH, Frame
from shakyo_desktop.documents.pdf.marks import BLACK
from shakyo_desktop.documents.pdf.page import Align, Sheets
from shakyo_desktop.documents.pdf.photo_pages import SheetPhoto, draw_photo_pages
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.forms.activity_sheet import PLACES
from shakyo_desktop.domain.forms.keyed import COUNTED
from shakyo_desktop.domain.forms.layout import (
    ITEM_NAME,
    LABEL_GREY,
    Box,
    BoxKind,
    FormCode,
    FormLayout,
    FormPage,
    Label,
)
from shakyo_desktop.domain.forms.sheet_code import SheetCode
from shakyo_desktop.domain.forms.values import BoxKey, FormValues

_LARGE = 12.0
"""Type of what is filled in, points; text that does not fit is set at BODY before it flows."""

_LEADING = 0.46  # mm a point
_PADDING = 1.4
_LAST_YEAR = "#737373"
"""Ink of last year's values: light beside what is written, dark enough for a copying machine."""

_FACTS_TOP, _FACT, _FACT_SIDE = 162.0, 9.0, 42.0
"""Where the head of F4 says what belongs to it."""

_CENTRED = frozenset({BoxKind.NUMBER, BoxKind.CHECK, BoxKind.CHOICE, BoxKind.CHOICES, BoxKind.DATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheetData:
    """A form to print; ``pages`` chooses some of its pages.

    ``known_places`` stand under the rows of F1, ``note`` on the head of F4. ``photos`` follow on pages of
    their own.
    """

    layout: FormLayout
    values: FormValues
    org_code: str
    org_name: str
    office_name: str
    printed_at: datetime
    pages: tuple[int, ...] = ()
    known_places: tuple[str, ...] = ()
    note: str = ""
    practice: bool = False
    photos: tuple[SheetPhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rest:
    """What did not fit: the box it belongs to, whether it is last year's, and the words."""

    number: str
    label: str
    last_year: bool
    text: str


def make_form(data: FormSheetData, out: BinaryIO) -> PrintedDocument:
    """Write the form as a PDF, the chosen pages or all of them.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    return _Forms(data).write(out)


class _Forms:
    def __init__(self, data: FormSheetData) -> None:
        self._data = data
        self._year = fiscal_year_name(data.layout.fiscal_year)
        self._form = data.layout.form
        self._rests: list[_Rest] = []
        wanted = set(data.pages) or {page.number for page in data.layout.pages}
        self._pages = [page for page in data.layout.pages if page.number in wanted]
        self._sheets = Sheets(self._frame())

    def write(self, out: BinaryIO) -> PrintedDocument:
        for place, page in enumerate(self._pages):
            if place:
                self._sheets.new_page()
            self._draw_page(page)
        if self._rests:
            self._draw_rests()
        if self._data.photos:
            draw_photo_pages(self._sheets, self._form.label, self._data.photos)
        return self._sheets.finish(out)

    def _frame(self) -> Frame:
        data = self._data
        code = SheetCode(self._form, data.layout.version, data.org_code, data.layout.fiscal_year, 0)
        return Frame(
            title=f"{self._form.label} {data.org_name} {self._year}",
            form=self._form.label,
            district=data.org_name,
            fiscal_year=self._year,
            author=data.org_name,
            made_at=data.printed_at,
            qr=code.head(),
            practice=data.practice,
            corners=True,
            numbers=tuple(page.number for page in self._pages),
            total=len(data.layout.pages),
        )

    def _draw_page(self, page: FormPage) -> None:
        sheets, data = self._sheets, self._data
        sheets.bookmark(page.heading)
        if self._form is FormCode.F4 and page.number == 1:
            self._draw_cover()
        else:
            self._draw_head(page)
        for label in page.labels:
            self._draw_label(label)
            if label.typed == ITEM_NAME:
                sheets.bookmark(label.text, 1)
        for box in page.boxes():
            self._draw_box(page, box)
        if data.known_places and data.layout.form is FormCode.F1:
            self._draw_places(data.known_places)

    def _draw_places(self, places: tuple[str, ...]) -> None:
        """As many of the places, most used first, as two lines hold; they are a help and no record."""
        x, y, width, height = PLACES
        for count in range(len(places), 0, -1):
            words = "よく使う場所：" + "、".join(places[:count])
            lines = self._sheets.lines(words, width - 2 * _PADDING, BODY, typed="よく使う場所")
            if len(lines) <= 2:
                break
        self._set(lines[:2], x, y, width, height, BODY, "left")

    def _draw_head(self, page: FormPage) -> None:
        sheets, data = self._sheets, self._data
        title = f"{self._form.value}　{self._form.label}"
        sheets.text(LEFT, 18.5, title, size=14, bold=True)
        words = f"{data.org_name}　{self._year}"
        sheets.fitted(LEFT, 24.2, WIDTH - 20, words, size=11, typed="地区部会の名前")
        sheets.fitted(LEFT, 29.6, WIDTH - 20, page.heading, size=11, bold=True, typed="施策の名前")

    def _draw_cover(self) -> None:
        sheets, data = self._sheets, self._data
        sheets.text(105, 44, f"{self._year}　{self._form.label}", size=20, bold=True, align="centre")
        sheets.fitted(LEFT, 66, WIDTH, f"{data.office_name}　御中", size=14, typed="事務所の名前")
        sheets.fitted(LEFT, 84, WIDTH, data.org_name, size=16, bold=True, typed="地区部会の名前")
        sheets.text(LEFT, 98, "次のとおり、取組状況を報告します。", size=12)
        for place, (words, said) in enumerate(self._cover_facts()):
            top = _FACTS_TOP + place * _FACT
            sheets.box(LEFT, top, _FACT_SIDE, _FACT, grey=LABEL_GREY)
            sheets.box(LEFT + _FACT_SIDE, top, WIDTH - _FACT_SIDE, _FACT)
            sheets.text(LEFT + _FACT_SIDE / 2, top + 6, words, align="centre")
            sheets.text(LEFT + _FACT_SIDE + 3, top + 6, said, size=12)
        self._draw_receiving_box()

    def _cover_facts(self) -> list[tuple[str, str]]:
        """What belongs to the head: which report it is, how many items, how many of them say a state."""
        pages = self._data.layout.pages
        states = [(page.number, box.number) for page in pages for box in page.boxes() if box.field == "state"]
        texts = self._data.values.texts
        said = sum(1 for key in states if key in texts)
        count = f"{len(states)}項目" + (f"（実施状況を書いた項目 {said}）" if texts else "")
        facts = [("取組項目", count), ("枚数", f"この鑑と別紙{len(pages) - 1}枚")]
        return [("版", self._data.note), *facts] if self._data.note else facts

    def _draw_receiving_box(self) -> None:
        """受付欄: the office's own corner, left empty on every print."""
        sheets, top, wide = self._sheets, 226.0, 42.0
        sheets.text(LEFT, top - 3, "受付欄（事務所が書きます）", size=11)
        for place, words in enumerate(("受付日", "受付番号", "確認した人", "受付印")):
            x = LEFT + place * (WIDTH / 4)
            sheets.box(x, top, WIDTH / 4, 8, grey=0.92)
            sheets.text(x + WIDTH / 8, top + 5.4, words, align="centre")
            sheets.box(x, top + 8, WIDTH / 4, wide - 12)

    def _draw_label(self, label: Label) -> None:
        if label.ruled:
            self._sheets.box(label.x, label.y, label.width, label.height, grey=label.grey)
        align: Align = "centre" if label.align == "centre" else "left"
        for size in (label.size, BODY):
            lines = self._sheets.lines(label.text, label.width - _PADDING, size, label.bold, label.typed)
            if _height(lines, size) <= label.height:
                break
        fitting = max(1, int(label.height / (size * _LEADING)))
        if label.typed == ITEM_NAME and len(lines) > fitting:
            lines = [*lines[: fitting - 1], lines[fitting - 1][:-1] + "…"]
            self._rests.append(_Rest("", label.typed, False, label.text))
        self._set(lines, label.x, label.y, label.width, label.height, size, align, bold=label.bold)

    def _draw_box(self, page: FormPage, box: Box) -> None:
        sheets = self._sheets
        sheets.box(box.x, box.y, box.width, box.height, weight=0.9)
        key: BoxKey = (page.number, box.number)
        text = self._data.values.texts.get(key, "")
        where = f"{self._form.label} {box.number} {box.label}"
        if text:
            self._write(box, text, (box.x, box.y, box.width, box.height), where, last_year=False)
        beside = self._data.values.beside.get(key, "")
        if beside and box.beside is not None:
            self._write(box, beside, box.beside, f"前年度の{where}", last_year=True)
        if box.beside is not None:
            x, y, width, height = box.beside
            sheets.rule(x, y, x + width, y, 0.3)
            sheets.box(x, y, width, height, weight=0.3)

    def _write(
        self, box: Box, text: str, place: tuple[float, float, float, float], where: str, *, last_year: bool
    ) -> None:
        """Set a value in its place: at full size, one step smaller, then on to the last pages."""
        x, y, width, height = place
        align: Align = "centre" if box.kind in _CENTRED else "left"
        counted = box.kind in COUNTED
        room = width - (0.6 if counted else 2 * _PADDING)
        if counted and len(self._sheets.lines(text, room, BODY, typed=where)) > 1:
            text = text.replace(",", "")  # figures are never broken
        for size in (BODY,) if last_year else (_LARGE, BODY):
            lines = self._sheets.lines(text, room, size, typed=where)
            if _height(lines, size) + 0.8 <= height and not (counted and len(lines) > 1):
                break
        fitting = 1 if counted else max(1, int((height - 0.8) / (size * _LEADING)))
        if len(lines) > fitting:
            rest = "".join(lines[fitting - 1 :]) if "\n" not in text else "\n".join(lines[fitting - 1 :])
            lines = [*lines[: fitting - 1], "→" if counted else f"→ つづき（{box.number}）"]
            self._rests.append(_Rest(box.number, box.label, last_year, rest))
        ink = _LAST_YEAR if last_year else BLACK
        from_top = box.kind is BoxKind.MULTILINE
        self._set(lines, x, y, width, height, size, align, ink=ink, from_top=from_top)

    def _set(
        self,
        lines: list[str],
        x: float,
        y: float,
        width: float,
        height: float,
        size: float,
        align: Align,
        *,
        bold: bool = False,
        ink: str = BLACK,
        from_top: bool = False,
    ) -> None:
        leading = size * _LEADING
        top = y + (0.8 if from_top else max(0.0, (height - leading * len(lines)) / 2))
        at = x + (width / 2 if align == "centre" else _PADDING)
        for index, line in enumerate(lines):
            baseline = top + leading * index + leading * 0.5 + size * 0.129
            self._sheets.set_line(at, baseline, line, size, bold, align, ink=ink)

    def _draw_rests(self) -> None:
        sheets = self._sheets
        sheets.new_page()
        sheets.bookmark("つづき")
        sheets.y = 34.0
        sheets.text(LEFT, 18.5, f"{self._form.label}　つづき", size=14, bold=True)
        for rest in self._rests:
            sheets.need(18)
            year = "（前年度）" if rest.last_year else ""
            sheets.paragraph(f"{rest.number}　{rest.label}{year}".strip(), bold=True, typed="欄の名前")
            sheets.paragraph(rest.text, typed=f"{self._form.label} {rest.number} {rest.label}")
            sheets.y += 2


def _height(lines: list[str], size: float) -> float:
    return len(lines) * size * _LEADING
