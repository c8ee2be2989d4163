"""F2 月別集計表: every item's sums of the months, April to March, and of the year.

A month that is left blank is not 0: it was not counted, or nothing is known of it.
"""

from dataclasses import dataclass

from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.fiscal_year import months_of
from shakyo_desktop.domain.forms.layout import (
    BOTTOM,
    FIRST_ROW,
    ITEM_NAME,
    LABEL_GREY,
    LEFT,
    WIDTH,
    Box,
    BoxKind,
    FormCode,
    FormLayout,
    FormPage,
    Label,
    MonthTally,
    Row,
    Target,
    YearOf,
    cell,
)
from shakyo_desktop.domain.plan import Item, Plan

VERSION = 1
_HINT = 7.0
_HEAD = 8.0
MONTH_WORDS = tuple(f"{int(month[5:])}月" for month in months_of(2000))


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One figure of a month: the record's field and its words."""

    field: str
    words: str
    unit: str


_TITLE = 28.0
_LINE_NAME = 14.8
_SUM = 11.5
_CELL = (WIDTH - _TITLE - _LINE_NAME - 2 * _SUM) / 12
_HEIGHT = 8.0
_FIGURES = (MonthFigure("sessions", "回数", "回"), MonthFigure("participants", "人数", "人"))
_ITEMS_A_PAGE = int((BOTTOM - FIRST_ROW - _HINT - _HEAD) / (_HEIGHT * len(_FIGURES)))


def monthly_sheet(plan: Plan, fiscal_year: int) -> FormLayout:
    """The months of every item that districts report, in the order of the plan."""
    items = [item for item in plan.items if item.reporter is Reporter.DISTRICT]
    parts = [items[at : at + _ITEMS_A_PAGE] for at in range(0, len(items), _ITEMS_A_PAGE)]
    pages = tuple(_page(plan, part, number, fiscal_year) for number, part in enumerate(parts, start=1))
    return FormLayout(form=FormCode.F2, version=VERSION, fiscal_year=fiscal_year, pages=pages)


def _page(plan: Plan, items: list[Item], number: int, fiscal_year: int) -> FormPage:
    rows: list[Row] = []
    labels = [hint("月ごとの回数と延べ参加者数を書きます。数えていない月は空けておきます（0と書きません）。")]
    labels += _heads()
    y = FIRST_ROW + _HINT + _HEAD
    for item in items:
        height = _HEIGHT * len(_FIGURES)
        labels.append(
            Label(
                x=LEFT,
                y=y,
                width=_TITLE,
                height=height,
                grey=LABEL_GREY,
                text=f"{item.number} {item.name}",
                typed=ITEM_NAME,
            )
        )
        for line, figure in enumerate(_FIGURES):
            rows.append(_row(plan, item, figure, "アイ"[line], y, fiscal_year))
            x = LEFT + _TITLE
            text = f"{'アイ'[line]} {figure.words}"
            labels.append(Label(x=x, y=y, width=_LINE_NAME, height=_HEIGHT, text=text, grey=LABEL_GREY))
            y += _HEIGHT
    heading = f"取組項目 {items[0].number}～{items[-1].number}"
    return FormPage(number=number, heading=heading, rows=tuple(rows), labels=tuple(labels))


def _heads() -> list[Label]:
    y = FIRST_ROW + _HINT
    found = [cell(LEFT, y, _TITLE + _LINE_NAME, _HEAD, "取組項目")]
    x = LEFT + _TITLE + _LINE_NAME
    for words in (*MONTH_WORDS, "計", "前年"):
        width = _CELL if words in MONTH_WORDS else _SUM
        found.append(cell(x, y, width, _HEAD, words))
        x += width
    return found


def _row(plan: Plan, item: Item, figure: MonthFigure, letter: str, y: float, fiscal_year: int) -> Row:
    boxes: list[Box] = []
    targets: list[Target] = []
    left = LEFT + _TITLE + _LINE_NAME
    for column, (words, month) in enumerate(zip(MONTH_WORDS, months_of(fiscal_year), strict=True)):
        boxes.append(
            Box(
                number=f"{item.number}{letter}-{words[:-1]}",
                label=f"{words} {figure.words}",
                field=figure.field,
                kind=BoxKind.NUMBER,
                x=left + column * _CELL,
                y=y,
                width=_CELL,
                height=_HEIGHT,
                unit=figure.unit,
            )
        )
        targets.append(MonthTally(plan.id, item.number, month))
    x = left + len(MONTH_WORDS) * _CELL
    boxes.append(
        Box(
            number=f"{item.number}{letter}-計",
            label=f"{figure.words}の計",
            field=figure.field,
            kind=BoxKind.CHECK,
            x=x,
            y=y,
            width=_SUM,
            height=_HEIGHT,
            unit=figure.unit,
            beside=(x + _SUM, y, _SUM, _HEIGHT),
        )
    )
    targets.append(YearOf(plan.id, item.number))
    return Row(f"{item.number}{letter}", f"{item.name} {figure.words}", tuple(boxes), tuple(targets))


def hint(text: str, y: float = FIRST_ROW) -> Label:
    """A line of advice above the boxes, ``y`` mm from the top."""
    return Label(x=LEFT, y=y, width=WIDTH, height=_HINT, text=text, ruled=False)
