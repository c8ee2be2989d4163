"""What a paper form is: pages, rows and numbered boxes, the same for the sheet of paper and the screen.

A form is laid out once. Its blank, pre-filled and filled sheets are drawn from it, and the screen that
takes paper back shows the same rows under the same numbers with the same page breaks. Lengths are
millimetres from the top left corner of an upright A4 sheet, type is in points.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from shakyo_desktop.domain.codes import LabelledCode

LEFT, RIGHT, TOP, BOTTOM = 20.0, 192.0, 16.0, 277.0
"""The area every document writes in; the left margin leaves room for punched holes."""

WIDTH = RIGHT - LEFT
CORNER, CORNER_SIDE = 7.0, 4.0
"""Where the black squares stand by which a photographed page is straightened, and how large they are."""

FIRST_ROW = 32.0
"""Where the rows of a page begin, below its title, its code and its head."""


class FormCode(LabelledCode):
    """The forms a volunteer fills in by hand."""

    F1 = "F1", "活動記録票"
    F2 = "F2", "月別集計表"
    F3 = "F3", "見守り月計表"
    F4 = "F4", "取組状況報告書"


class BoxKind(StrEnum):
    """What is written into a box; ``check`` is a sum that is compared and not kept."""

    NUMBER = "number"
    TEXT = "text"
    MULTILINE = "multiline"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class BoxChoice:
    """One of the choices printed in a box: its digit, what is stored, its words."""

    digit: str
    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box. ``number`` is printed on the sheet and shown on the screen (6-3); ``field`` is a record's.

    ``beside`` is where last year's value stands in grey: x, y, width and height, None for nowhere.
    """

    number: str
    label: str
    field: str
    kind: BoxKind
    x: float
    y: float
    width: float
    height: float
    unit: str = ""
    choices: tuple[BoxChoice, ...] = ()
    beside: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A row that is one activity of the diary; ``index`` counts them over all pages, from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class MonthTally:
    """The sums of one month (``YYYY-MM``) of an item."""

    plan_id: str
    item_number: int
    month: str


@dataclass(frozen=True, slots=True)
class YearOf:
    """A sum over the year that is only compared."""

    plan_id: str
    item_number: int


@dataclass(frozen=True, slots=True)
class StatusOf:
    """The status of one item."""

    plan_id: str
    item_number: int


@dataclass(frozen=True, slots=True)
class CoverOf:
    """The head of the report: who hands it in and when."""


Target = ActivityRow | MonthTally | YearOf | StatusOf | CoverOf


@dataclass(frozen=True, slots=True)
class Row:
    """Boxes filled in from left to right; ``targets`` are the records they belong to, in their order.

    ``number`` and ``title`` stand before the boxes, on paper and on the screen.
    """

    number: str
    title: str
    boxes: tuple[Box, ...]
    targets: tuple[Target, ...]

    def pairs(self) -> Iterator[tuple[Box, Target]]:
        """The boxes with the record each belongs to."""
        return zip(self.boxes, self.targets, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words printed on a form, in a cell of its own (``grey``, a ruled box) or free."""

    x: float
    y: float
    width: float
    height: float
    text: str
    size: float = 10.5
    bold: bool = False
    align: str = "left"
    grey: float | None = None
    ruled: bool = True
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """One sheet. ``heading`` says what of the form it holds; ``labels`` are its fixed words."""

    number: int
    heading: str
    rows: tuple[Row, ...]
    labels: tuple[Label, ...] = ()

    def boxes(self) -> Iterator[Box]:
        """Every box in the order it is filled in."""
        for row in self.rows:
            yield from row.boxes


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLayout:
    """A form as it is printed and keyed. ``version`` changes whenever a box moves or changes its number."""

    form: FormCode
    version: int
    fiscal_year: int
    pages: tuple[FormPage, ...]

    def page(self, number: int) -> FormPage | None:
        """The page with this number (from 1), None when there is none."""
        return next((page for page in self.pages if page.number == number), None)


ITEM_NAME = "取組項目の名前"
"""Where the words of a label come from that names an item of the plan (``Label.typed``)."""

LABEL_GREY = 0.92
"""Filling of a cell with our own words; light enough for a copying machine."""


def cell(x: float, y: float, width: float, height: float, text: str) -> Label:
    """A ruled, filled cell with a heading in its middle."""
    return Label(x=x, y=y, width=width, height=height, text=text, align="centre", grey=LABEL_GREY)


def digit_choices(choices: type[LabelledCode], words: dict[str, str] | None = None) -> tuple[BoxChoice, ...]:
    """The choices of a field numbered from 1, as they are keyed; ``words`` replaces labels by code."""
    other = words or {}
    return tuple(
        BoxChoice(str(index), member.value, other.get(member.value, member.label))
        for index, member in enumerate(choices, start=1)
    )
