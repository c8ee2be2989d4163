"""The table for an earlier year: its sheets with every item of the plan, ready to be filled in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shakyo_desktop.documents.cells import MAX_COLUMNS, column_letters
from shakyo_desktop.documents.excel_table import SheetContent, add_sheet, new_workbook, workbook_bytes
from shakyo_desktop.documents.year_cells import choices_of
from shakyo_desktop.documents.year_columns import (
    DAY,
    DIARY_SHEET,
    HOW_SHEET,
    ITEM_NAME,
    ITEMS_SHEET,
    MONTH,
    NUMBER,
    ORG,
    ORG_NAME,
    PLAN,
    YearColumn,
    diary_columns,
    is_total,
    item_columns,
    total_of,
)
from shakyo_desktop.domain.codes import Granularity, LabelledCode
from shakyo_desktop.domain.dates import month_name, short_era_date
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.field_values import get_field
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.labels import field_spec, rating_words
from shakyo_desktop.domain.numbers import show_thousandths
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, Activity, ItemStatus

_EMPTY_DIARY_ROWS = 200
_SHEETS_ACROSS = 3  # on paper, with the names of the items on each
_MOST_CHOICES = 255  # characters of a list that Excel offers in a cell
_HOW = (
    "わかるところだけ書きます。空いたセルは「何も書かない」の意味で、今ある値は消えません。",
    "1つのセルに1つの値を書きます。セルの結合や計算式は使いません。",
    "灰色のセルは、その項目にはない数字です。空けておきます。",
    "実施状況と自己評価は、セルの右の▼から選べます。",
    "見出しの行と、項目番号の列は変えません。",
)
_HOW_DIARY = (
    "「活動記録」は書かなくてもかまいません。書くときは「日付」か「月」のどちらか1つに書きます。",
    "日付は「R7.6.15」「6月15日」のように書きます。1か月まとめた数は「月」に「6月」と書きます。",
)


@dataclass(frozen=True, slots=True)
class HeldYear:
    """What is held of one organisation's year; ``totals`` are the effective ones by plan and item."""

    org: str
    name: str
    statuses: Mapping[tuple[str, int], ItemStatus]
    totals: Mapping[tuple[str, int], Mapping[str, int]]
    activities: tuple[Activity, ...] = ()


def write_year_table(
    fiscal_year: int, items: Sequence[tuple[Plan, Item]], held: Sequence[HeldYear], *, office: bool
) -> bytes:
    """A workbook that ``read_year_table`` reads back, with what is held already in it.

    Args:
        items: the items that are asked for, in their order, with their plans.
        held: the own year, or those of the districts at an office, which get no diary.

    Raises:
        BadInput: the plan's items have more figures of their own than a table can hold.
    """
    plans = _plans(items)
    book = new_workbook()
    columns = item_columns(plans, office=office)
    if len(columns) > MAX_COLUMNS:
        raise BadInput(
            f"計画の項目ごとの数字が多すぎて、1つの表に入りません（{MAX_COLUMNS}列まで）。\n"
            "何も変わっていません。\n"
            "前の年度は、上の年度を選んで「取組項目」か「紙から入力」で入れてください。",
            code="table.size",
        )
    rows = [_item_row(columns, plan, item, year) for year in held for plan, item in items]
    sheet = add_sheet(book, _content(ITEMS_SHEET, columns, rows))
    _look(sheet, columns, [item for _ in held for _, item in items])
    _offer(sheet, columns, ITEM_STATUSES, plans[0], len(rows))
    if not office:
        diary = diary_columns(plans)
        entries = [_diary_row(diary, plans, one) for year in held for one in year.activities]
        blank = [("",) * len(diary)] * _EMPTY_DIARY_ROWS
        sheet = add_sheet(book, _content(DIARY_SHEET, diary, [*entries, *blank]))
        _offer(sheet, diary, ACTIVITIES, plans[0], len(entries) + _EMPTY_DIARY_ROWS)
    how = [("年度", fiscal_year_name(fiscal_year))]
    how += [(str(at), words) for at, words in enumerate((*_HOW, *(() if office else _HOW_DIARY)), start=1)]
    add_sheet(book, SheetContent(HOW_SHEET, ("", "前の年度の表"), how, (8, 90)))
    return workbook_bytes(book)


def _plans(items: Iterable[tuple[Plan, Item]]) -> tuple[Plan, ...]:
    return tuple({plan.id: plan for plan, _ in items}.values())


def _content(title: str, columns: Sequence[YearColumn], rows: Sequence[Sequence[object]]) -> SheetContent:
    names = tuple(column.name for column in columns)
    return SheetContent(title, names, rows, tuple(column.width for column in columns))


def _item_row(columns: Sequence[YearColumn], plan: Plan, item: Item, year: HeldYear) -> list[object]:
    status = year.statuses.get((plan.id, item.number))
    totals = year.totals.get((plan.id, item.number), {})
    fixed = {
        ORG: year.org,
        ORG_NAME: year.name,
        PLAN: plan.name,
        NUMBER: str(item.number),
        ITEM_NAME: item.name,
    }
    row: list[object] = []
    for column in columns:
        if column.name in fixed:
            row.append(fixed[column.name])
        elif is_total(column):
            spec = total_of(item, column)
            row.append(totals.get(spec.code) if spec else None)
        else:
            row.append(_shown(status, column.field, plan))
    return row


def _diary_row(columns: Sequence[YearColumn], plans: Sequence[Plan], one: Activity) -> list[object]:
    plan = next((known for known in plans if known.id == one.plan_id), None)
    monthly = one.granularity is Granularity.MONTHLY_TOTAL
    fixed = {
        DAY: short_era_date(one.held_on) if one.held_on and not monthly else "",
        MONTH: month_name(one.month) if one.month and monthly else "",
        PLAN: plan.name if plan else "",
        NUMBER: str(one.item_number),
    }
    return [
        fixed[column.name] if column.name in fixed else _shown(one, column.field, plan) for column in columns
    ]


def _shown(record: ItemStatus | Activity | None, field: str, plan: Plan | None) -> object:
    """A value as it is written into its cell; a number stays one, blank is an empty cell."""
    value: Any = get_field(record, field) if record else None
    if value in (None, ""):
        return None
    if field == "target_value":
        return show_thousandths(value)
    if field == "self_rating":
        return rating_words(value, plan)
    return value.label if isinstance(value, LabelledCode) else value


def _look(sheet: Any, columns: Sequence[YearColumn], items: Sequence[Item]) -> None:
    """What is not to be written in is grey: names, and totals that an item does not have."""
    from openpyxl.styles import PatternFill

    grey = PatternFill("solid", fgColor="D9D9D9")
    for number, item in enumerate(items, start=2):
        for at, column in enumerate(columns, start=1):
            if not column.field or (is_total(column) and total_of(item, column) is None):
                sheet.cell(number, at).fill = grey
    named = max(at for at, column in enumerate(columns, start=1) if column.name == ITEM_NAME)
    sheet.freeze_panes = f"{column_letters(named + 1)}2"
    sheet.print_title_cols = f"A:{column_letters(named)}"
    sheet.page_setup.fitToWidth = _SHEETS_ACROSS


def _offer(sheet: Any, columns: Sequence[YearColumn], table: str, plan: Plan, rows: int) -> None:
    """Offer the words of the choices in their cells; other words are told when the table is read."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, column in enumerate(columns, start=1):
        if not column.field or is_total(column):
            continue
        spec = field_spec(table, column.field)
        words = [word.replace(",", "、") for word in choices_of(spec, plan)] if spec else []
        if not words or len(",".join(words)) > _MOST_CHOICES:
            continue
        offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        offered.showErrorMessage = False
        sheet.add_data_validation(offered)
        letters = column_letters(at)
        offered.add(f"{letters}2:{letters}{rows + 1}")
