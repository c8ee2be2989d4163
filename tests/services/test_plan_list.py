"""A plan's catalogue read from one table."""

import pytest

from shakyo_desktop.domain.codes import ActivityKind, Reporter
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.services.plan_list import COLUMNS, plan_from_rows, plan_to_rows

FIRST = ["mihon-1", "みほん計画", "みほん区", "令和8", "R12年度", "1", "支えあう", "1", "見守る"]
ROWS = [
    list(COLUMNS),
    [*FIRST, "1", "見守り活動", "見守り", "地区部会", "○", "", "bags:配布数:袋:最大"],
    [*[""] * 5, "1", "", "1", "", "２", "研修", "", "区事務所", "", "○", ""],
]


def test_a_table_becomes_a_plan():
    plan = plan_from_rows(ROWS)
    assert (plan.id, plan.first_fiscal_year, plan.last_fiscal_year) == ("mihon-1", 2026, 2030)
    first, second = plan.items
    assert (first.kind, first.priority, first.measures[0].total) == (ActivityKind.WATCH, True, "max")
    assert (second.number, second.reporter, second.new) == (2, Reporter.WARD_OFFICE, True)
    assert [direction.name for direction in plan.directions] == ["見守る"]


def test_a_plan_written_as_a_table_reads_back_the_same():
    plan = plan_from_rows(ROWS)
    assert plan_from_rows(plan_to_rows(plan)) == plan


def changed(line: int, column: str, text: str) -> list[list[str]]:
    rows = [list(row) for row in ROWS]
    rows[line][COLUMNS.index(column)] = text
    return rows


BAD_TABLES = {
    "no headings": ([["a", "b"]], "見出し"),
    "no items": (ROWS[:1], "1つも"),
    "no name": (changed(2, "取組項目", ""), "3行目の「取組項目」"),
    "a number in words": (changed(2, "項目の番号", "に"), "3行目の「項目の番号」"),
    "an unknown kind": (changed(1, "種類", "遊び"), "2行目の「種類」"),
    "a year in words": (changed(1, "開始年度", "来年"), "2行目の「開始年度」"),
    "a figure without a unit": (changed(1, "追加の数字", "bags"), "追加の数字"),
}


@pytest.mark.parametrize(("rows", "words"), BAD_TABLES.values(), ids=BAD_TABLES)
def test_a_cell_that_cannot_be_read_is_named(rows, words):
    with pytest.raises(BadInput) as caught:
        plan_from_rows(rows)
    assert words in caught.value.message
