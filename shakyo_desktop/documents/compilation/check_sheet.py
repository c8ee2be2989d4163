"""検算: the figures of the compilation beside what Excel itself counts from the data sheet.

The only formulas of the workbook. They name cells and codes of the plan's catalogue (letters, digits and
underscores), never a text that somebody typed.
"""

from collections.abc import Iterator
from typing import Any

from shakyo_desktop.documents.cells import column_letters
from shakyo_desktop.documents.compilation.paper import CompilationPaper, rating_columns, state_columns
from shakyo_desktop.documents.compilation.sheets import DATA
from shakyo_desktop.documents.compilation.table_rows import DATA_HEADINGS, RATING, STATE
from shakyo_desktop.documents.excel_table import SheetContent, add_sheet
from shakyo_desktop.domain.compilation_figures import NEVER_ADDED
from shakyo_desktop.domain.totals import total_specs

TITLE = "検算"
HEADINGS = (
    *("項目番号", "指標コード", "選択肢コード", "取りまとめの合計", "データの合計"),
    *("取りまとめの地区部会数", "データの地区部会数", "結果"),
)
SAME, DIFFERENT = "一致", "不一致"


def add_check_sheet(book: Any, paper: CompilationPaper) -> None:
    """Add the sheet; the data sheet must be in the book."""
    rows = [
        (number, code, choice, total, None, stated) for number, code, choice, total, stated in _rows(paper)
    ]
    widths = (10, 18, 16, 18, 18, 22, 22, 10)
    sheet = add_sheet(book, SheetContent(TITLE, HEADINGS, [(*row, None, None) for row in rows], widths))
    last = book[DATA].max_row
    for at, row in enumerate(rows, start=2):
        is_choice = row[2] is not None
        _write(sheet[f"G{at}"], _count(at, last, is_choice))
        if row[3] is None:
            _write(sheet[f"H{at}"], f'=IF(F{at}=G{at},"{SAME}","{DIFFERENT}")')
        else:
            _write(sheet[f"E{at}"], _sum(at, last))
            _write(sheet[f"H{at}"], f'=IF(AND(D{at}=E{at},F{at}=G{at}),"{SAME}","{DIFFERENT}")')


def _rows(paper: CompilationPaper) -> Iterator[tuple[int, str, str | None, int | None, int]]:
    """項目番号, 指標コード, 選択肢コード, total and districts of every distribution and sum."""
    for item, rolled in paper.items:
        for code, _ in state_columns():
            yield item.number, STATE, code, None, rolled.states.get(code, 0)
        for code, _ in rating_columns(paper.plan):
            yield item.number, RATING, code, None, rolled.ratings.get(code, 0)
        known = {spec.code for spec in total_specs(item)}
        for one in rolled.sums:
            if one.code in known and one.code != NEVER_ADDED:
                yield item.number, one.code, None, one.total, one.stated


def _column(heading: str, last: int) -> str:
    letters = column_letters(DATA_HEADINGS.index(heading) + 1)
    return f"{DATA}!${letters}$2:${letters}${max(last, 2)}"


def _conditions(at: int, last: int) -> str:
    """The rows of this item and measure that districts report; the ward office's own are its own."""
    wanted = {"到着": '"<>区事務所"', "項目番号": f"A{at}", "指標コード": f"B{at}"}
    return ",".join(f"{_column(heading, last)},{value}" for heading, value in wanted.items())


def _count(at: int, last: int, is_choice: bool) -> str:
    wanted = f"{_column('選択肢コード', last)},C{at}" if is_choice else f'{_column("数値", last)},">=0"'
    return f"=COUNTIFS({_conditions(at, last)},{wanted})"


def _sum(at: int, last: int) -> str:
    return f"=SUMIFS({_column('数値', last)},{_conditions(at, last)})"


def _write(cell: Any, formula: str) -> None:
    cell.value = formula
    cell.data_type = "f"
    cell.number_format = "General"
