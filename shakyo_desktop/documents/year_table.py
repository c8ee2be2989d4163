"""An earlier year read from a workbook or a CSV, every problem named by its sheet and cell."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shakyo_desktop.documents.cell_values import fold_cell
from shakyo_desktop.documents.cells import RawSheet
from shakyo_desktop.documents.spreadsheet import Table, TableProblem, TableRow, read_sheets, table_of
from shakyo_desktop.documents.year_cells import read_day, read_month_of, read_value
from shakyo_desktop.documents.year_columns import (
    DAY,
    DIARY_SHEET,
    HOW_SHEET,
    ITEMS_SHEET,
    MONTH,
    NUMBER,
    ORG,
    PLAN,
    YearColumn,
    diary_columns,
    is_total,
    item_columns,
    total_of,
)
from shakyo_desktop.domain.earlier_year import TableRecord
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.fields import FieldKind, FieldSpec
from shakyo_desktop.domain.fiscal_year import fiscal_year_name, read_fiscal_year
from shakyo_desktop.domain.labels import field_spec
from shakyo_desktop.domain.numbers import read_number
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES


@dataclass(frozen=True, slots=True)
class YearTable:
    """The rows that say something, and what is wrong; a row with a problem is not among ``rows``."""

    rows: tuple[TableRecord, ...]
    problems: tuple[TableProblem, ...]


@dataclass(frozen=True, slots=True)
class YearScope:
    """Whose year is read: its plans and, at an office, the districts by code (None at a district)."""

    fiscal_year: int
    plans: tuple[Plan, ...]
    districts: Mapping[str, str] | None = None


def read_year_table(data: bytes, file_name: str, scope: YearScope) -> YearTable:
    """Read the sheets 取組項目 and, at a district, 活動記録; a CSV is 取組項目.

    Raises:
        FileUnreadable: when the file is no table.
        BadInput: when it has neither sheet, or a sheet's headings are missing.
    """
    sheets = {sheet.title.strip(): sheet for sheet in read_sheets(data, file_name)}
    if "" in sheets:
        sheets = {ITEMS_SHEET: sheets[""]}
    readers: list[_SheetReader] = []
    if ITEMS_SHEET in sheets:
        readers.append(_ItemsReader(scope, sheets[ITEMS_SHEET]))
    if DIARY_SHEET in sheets and scope.districts is None and _has_rows(sheets[DIARY_SHEET]):
        readers.append(_DiaryReader(scope, sheets[DIARY_SHEET]))
    if not readers:
        raise BadInput(
            f"シート「{ITEMS_SHEET}」がありません。\n"
            "何も変わっていません。\n"
            "「ひな形を保存する」で作った表に写してから、もう一度選んでください。",
            code="table.sheets",
        )
    problems = _problems_of_year(sheets.get(HOW_SHEET), scope.fiscal_year)
    for reader in readers:
        reader.read()
        problems += reader.problems
    rows = tuple(row for reader in readers for row in reader.records)
    return YearTable(rows, tuple(problems))


def _has_rows(sheet: RawSheet) -> bool:
    """A sheet that somebody emptied has nothing to say."""
    return any(cell.text for row in sheet.rows for cell in row)


def _problems_of_year(sheet: RawSheet | None, fiscal_year: int) -> list[TableProblem]:
    """The template names its year: last year's table must not be read as another year's."""
    for number in range(1, min(len(sheet.rows) if sheet else 0, 10) + 1):
        assert sheet is not None
        if fold_cell(sheet.cell(number, 1).text) != "年度":
            continue
        named = sheet.cell(number, 2).text
        if read_fiscal_year(named) != fiscal_year:
            message = f"この表は「{named}」のものです。選んだのは{fiscal_year_name(fiscal_year)}です。"
            return [TableProblem(f"{HOW_SHEET}!B{number}", f"{message}年度を選び直してください。")]
    return []


class _SheetReader(ABC):
    """Reads one sheet row by row; ``problems`` and ``records`` grow."""

    def __init__(
        self, scope: YearScope, sheet: RawSheet, columns: Sequence[YearColumn], named: set[str]
    ) -> None:
        self.scope = scope
        self.columns = {column.name: column for column in columns}
        headings = [column.heading(column.name in named) for column in columns]
        self.table: Table = table_of(sheet, headings)
        self.problems = list(self.table.problems)
        self.records: list[TableRecord] = []

    def read(self) -> None:
        """Read every row that says something."""
        faulty = {problem.address for problem in self.problems}
        for row in self.table.rows:
            if self.says_something(row):
                found = len(self.problems)
                record = self.record(row)
                if record and len(self.problems) == found and not faulty & set(row.addresses.values()):
                    self.records.append(record)

    def says_something(self, row: TableRow) -> bool:
        """Whether any cell holds more than names what the row is about."""
        return any(text for name, text in row.values.items() if self.columns[name].field)

    @abstractmethod
    def record(self, row: TableRow) -> TableRecord | None:
        """What a row says; None with a problem noted."""

    def note(self, row: TableRow, name: str, message: str) -> None:
        """Say what is wrong with a cell."""
        self.problems.append(TableProblem(row.addresses.get(name, row.addresses[NUMBER]), message))

    def plan_and_item(self, row: TableRow) -> tuple[Plan, Item] | None:
        """The plan and item that a row names."""
        plan = self._plan(row)
        text = row.values[NUMBER]
        if plan is None:
            return None
        if not text:
            self.note(
                row,
                NUMBER,
                "項目番号が空いています。セルが結合されているときは、結合を解いて書いてください。",
            )
            return None
        number = read_number(text)
        item = plan.item(number) if number is not None else None
        if item is None:
            self.note(row, NUMBER, f"項目番号「{text}」は「{plan.name}」にありません。")
            return None
        return plan, item

    def _plan(self, row: TableRow) -> Plan | None:
        plans = self.scope.plans
        if len(plans) == 1:
            return plans[0]
        text = row.values.get(PLAN, "")
        found = next((one for one in plans if fold_cell(text) in (fold_cell(one.name), one.id)), None)
        if found is None:
            names = "」「".join(one.name for one in plans)
            self.note(row, PLAN, f"計画「{text}」がありません。「{names}」のどれかを書いてください。")
        return found

    def values(
        self, row: TableRow, plan: Plan, item: Item, table: str
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """What stands in the cells, by field, and their addresses; a blank cell says nothing."""
        values: dict[str, Any] = {}
        addresses: dict[str, str] = {}
        for name, text in row.values.items():
            column = self.columns[name]
            spec = self._spec(row, column, item, table) if text and column.field else None
            if spec is None:
                continue
            value, wrong = read_value(spec, text, plan)
            if wrong:
                self.note(row, name, wrong)
            elif value not in (None, ""):
                values[spec.name], addresses[spec.name] = value, row.addresses[name]
        return values, addresses

    def _spec(self, row: TableRow, column: YearColumn, item: Item, table: str) -> FieldSpec | None:
        if not is_total(column):
            return field_spec(table, column.field)
        total = total_of(item, column)
        if total is None:
            named = f"項目{item.number}「{item.name}」に「{column.name}」"
            self.note(row, column.name, f"{named}はありません。空けてください。")
            return None
        return FieldSpec(f"typed_totals.{total.code}", total.label, FieldKind.NUMBER, total.unit)


class _ItemsReader(_SheetReader):
    """取組項目: one row per item, at an office one per district and item."""

    def __init__(self, scope: YearScope, sheet: RawSheet) -> None:
        named = {
            NUMBER,
            *([ORG] if scope.districts is not None else ()),
            *([PLAN] if len(scope.plans) > 1 else ()),
        }
        super().__init__(scope, sheet, item_columns(scope.plans, office=scope.districts is not None), named)
        self._seen: dict[tuple[str, str, int], str] = {}

    def record(self, row: TableRow) -> TableRecord | None:
        org, found = self._org(row), self.plan_and_item(row)
        if org is None or found is None:
            return None
        plan, item = found
        address = row.addresses[NUMBER]
        first = self._seen.setdefault((org, plan.id, item.number), address)
        if first != address:
            self.note(
                row,
                NUMBER,
                f"項目番号「{item.number}」は {first} と同じです。1つの項目は1行に書いてください。",
            )
            return None
        values, addresses = self.values(row, plan, item, ITEM_STATUSES)
        return TableRecord(
            address=address,
            org=org,
            plan_id=plan.id,
            item_number=item.number,
            table=ITEM_STATUSES,
            values=values,
            addresses=addresses,
        )

    def _org(self, row: TableRow) -> str | None:
        if self.scope.districts is None:
            return ""
        text = fold_cell(row.values.get(ORG, ""))
        if text in self.scope.districts:
            return text
        shown = row.values.get(ORG, "")
        self.note(
            row, ORG, f"地区コード「{shown}」は名簿にありません。" if shown else "地区コードが空いています。"
        )
        return None


class _DiaryReader(_SheetReader):
    """活動記録: one row per activity, or per month of an item."""

    def __init__(self, scope: YearScope, sheet: RawSheet) -> None:
        named = {NUMBER, *([PLAN] if len(scope.plans) > 1 else ())}
        super().__init__(scope, sheet, diary_columns(scope.plans), named)

    def says_something(self, row: TableRow) -> bool:
        return True

    def record(self, row: TableRow) -> TableRecord | None:
        found, when = self.plan_and_item(row), self._when(row)
        if found is None or when is None:
            return None
        plan, item = found
        values, addresses = self.values(row, plan, item, ACTIVITIES)
        return TableRecord(
            address=row.addresses[NUMBER],
            plan_id=plan.id,
            item_number=item.number,
            table=ACTIVITIES,
            when=when,
            values=values,
            addresses=addresses,
        )

    def _when(self, row: TableRow) -> str | None:
        day, month = row.values.get(DAY, ""), row.values.get(MONTH, "")
        if bool(day) == bool(month):
            said = "両方に書かれています。どちらか1つ" if day else "どちらも空いています。どちらか1つ"
            self.note(row, DAY, f"「{DAY}」と「{MONTH}」の{said}に書いてください。")
            return None
        read, name, text = (read_day, DAY, day) if day else (read_month_of, MONTH, month)
        when, wrong = read(text, self.scope.fiscal_year)
        if wrong:
            self.note(row, name, wrong)
            return None
        return when
