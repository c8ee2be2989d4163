"""F3 見守り月計表: one sheet for each item of 見守り, its months from April to March and the year's sum.

Counts only: no name and no address of anybody who is looked after stands on it.
"""

from shakyo_desktop.domain.codes import ActivityKind
from shakyo_desktop.domain.fields import KIND_MEASURES, FieldKind
from shakyo_desktop.domain.fiscal_year import months_of
from shakyo_desktop.domain.forms.layout import (
    FIRST_ROW,
    ITEM_NAME,
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
    YearOf,
    cell,
)
from shakyo_desktop.domain.forms.monthly_sheet import MONTH_WORDS, MonthFigure, hint
from shakyo_desktop.domain.plan import Item, Plan

VERSION = 1
_HINT = 7.0
_HEAD = 11.0
_MONTH_NAME = 20.0
_WATCH_HEIGHT = 14.0
_WATCH_TITLE = 10.0
_WARNING = 12.0
_BEFORE = 6.0
NO_NAMES = "氏名・住所を書かない"
"""Printed in bold on every sheet of F3: it holds counts only."""


def watch_figures() -> tuple[MonthFigure, ...]:
    """The figures of a month of 見守り, those of its kind first."""
    own = [
        MonthFigure(f"measures.{spec.code}", spec.label, spec.unit)
        for spec in KIND_MEASURES[ActivityKind.WATCH]
        if spec.kind is FieldKind.NUMBER
    ]
    return (*own, MonthFigure("sessions", "回数", "回"), MonthFigure("helpers", "担い手", "人"))


def watch_sheet(plan: Plan, fiscal_year: int) -> FormLayout:
    """One sheet for every item of 見守り in the plan: twelve months and the year's sum."""
    items = [item for item in plan.items if item.kind is ActivityKind.WATCH]
    pages = tuple(_watch_page(plan, item, number, fiscal_year) for number, item in enumerate(items, start=1))
    return FormLayout(form=FormCode.F3, version=VERSION, fiscal_year=fiscal_year, pages=pages)


def _watch_page(plan: Plan, item: Item, number: int, fiscal_year: int) -> FormPage:
    figures = watch_figures()
    width = (WIDTH - _MONTH_NAME) / len(figures)
    y = FIRST_ROW
    labels = [
        Label(x=LEFT, y=y, width=WIDTH, height=_WARNING, text=NO_NAMES, size=16, bold=True, align="centre"),
        Label(
            x=LEFT, y=y + _WARNING, width=WIDTH, height=_WATCH_TITLE, size=12, bold=True, ruled=False,
            text=f"{item.number} {item.name}", typed=ITEM_NAME,
        ),
        hint(
            "人数と回数だけを書きます。数えていない月は空けておきます（0と書きません）。",
            y + _WARNING + _WATCH_TITLE,
        ),
    ]  # fmt: skip
    y += _WARNING + _WATCH_TITLE + _HINT
    labels.append(cell(LEFT, y, _MONTH_NAME, _HEAD, "月"))
    for column, figure in enumerate(figures):
        x = LEFT + _MONTH_NAME + column * width
        labels.append(cell(x, y, width, _HEAD, f"{column + 1} {figure.words}（{figure.unit}）"))
    y += _HEAD
    rows: list[Row] = []
    for words, month in zip(MONTH_WORDS, months_of(fiscal_year), strict=True):
        target = MonthTally(plan.id, item.number, month)
        boxes = _watch_boxes(item, figures, words, y, width, BoxKind.NUMBER)
        rows.append(Row(f"{item.number}-{words[:-1]}", words, boxes, (target,) * len(boxes)))
        labels.append(cell(LEFT, y, _MONTH_NAME, _WATCH_HEIGHT, words))
        y += _WATCH_HEIGHT
    sums = _watch_boxes(item, figures, "計", y, width, BoxKind.CHECK)
    rows.append(Row(f"{item.number}-計", "計", sums, (YearOf(plan.id, item.number),) * len(sums)))
    labels.append(cell(LEFT, y, _MONTH_NAME, _WATCH_HEIGHT, "計"))
    labels.append(cell(LEFT, y + _WATCH_HEIGHT, _MONTH_NAME, _BEFORE, "前年度"))
    return FormPage(number=number, heading=f"取組項目 {item.number}", rows=tuple(rows), labels=tuple(labels))


def _watch_boxes(
    item: Item, figures: tuple[MonthFigure, ...], words: str, y: float, width: float, kind: BoxKind
) -> tuple[Box, ...]:
    month = words.removesuffix("月")
    return tuple(
        Box(
            number=f"{item.number}-{month}-{column}",
            label=f"{words} {figure.words}",
            field=figure.field,
            kind=kind,
            x=LEFT + _MONTH_NAME + (column - 1) * width,
            y=y,
            width=width,
            height=_WATCH_HEIGHT,
            unit=figure.unit,
            beside=None
            if kind is BoxKind.NUMBER
            else (LEFT + _MONTH_NAME + (column - 1) * width, y + _WATCH_HEIGHT, width, _BEFORE),
        )
        for column, figure in enumerate(figures, start=1)
    )
