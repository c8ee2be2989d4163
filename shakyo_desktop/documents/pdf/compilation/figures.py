"""Distributions as ruled grids, sums with their coverage as a list."""

from collections.abc import Mapping, Sequence

from shakyo_desktop.documents.compilation.paper import (
    NOT_REPORTED,
    CompilationPaper,
    covered,
    item_title,
    rating_columns,
    state_columns,
    sum_words,
)
from shakyo_desktop.documents.pdf.compilation.frame import PLAN_WORDS, heading
from shakyo_desktop.documents.pdf.frame import BODY, LEFT, LINE, WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import LABEL_GREY, Column, listing
from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.compilation import CoveredSum, ItemRollUp
from shakyo_desktop.domain.mapped_totals import MAPPED_NOTE, mapped_words
from shakyo_desktop.domain.numbers import show_number
from shakyo_desktop.domain.plan import Item

_TITLE = 22.0
_COUNT = 8.4


def draw_item_head(sheets: Sheets, paper: CompilationPaper, item: Item, rolled: ItemRollUp) -> None:
    """An item's name, and how many districts reported it where they owe it."""
    note = ""
    if item.reporter is Reporter.DISTRICT:
        reported = paper.coverage.expected - rolled.unreported
        note = f"報告 {covered(reported, paper.coverage.expected)}"
    heading(sheets, item_title(item), typed=PLAN_WORDS, note=note, level=1)


def draw_figures(sheets: Sheets, paper: CompilationPaper, item: Item, rolled: ItemRollUp) -> None:
    """Distributions and sums; of an item of the ward office only what districts report of themselves."""
    if item.reporter is Reporter.WARD_OFFICE and not (rolled.states or rolled.mapped):
        return
    draw_states(sheets, rolled)
    draw_ratings(sheets, paper, rolled)
    draw_sums(sheets, rolled, f"{item.number} 数字の合計")
    draw_mapped(sheets, item, rolled)


def draw_mapped(sheets: Sheets, item: Item, rolled: ItemRollUp) -> None:
    """What of the sums other plans' items bring, one line each."""
    if not rolled.mapped:
        return
    sheets.need(2 * LINE)
    sheets.y += 1
    sheets.paragraph(MAPPED_NOTE)
    for one in rolled.mapped:
        sheets.paragraph(mapped_words(item, one), typed=PLAN_WORDS)


def draw_states(sheets: Sheets, rolled: ItemRollUp) -> None:
    """How many districts are in each state; 未報告 stands apart, at the end."""
    cells = [(label, rolled.states.get(code, 0)) for code, label in state_columns()]
    _grid(sheets, "実施状況\n地区部会数", [*cells, (NOT_REPORTED, rolled.unreported)])


def draw_ratings(sheets: Sheets, paper: CompilationPaper, rolled: ItemRollUp) -> None:
    """How many districts chose each self rating, symbol and words; they are never averaged."""
    cells = [(words, rolled.ratings.get(code, 0)) for code, words in rating_columns(paper.plan)]
    _grid(sheets, "自己評価\n地区部会数", cells, "評価の言葉")


_UNSIGNED = "署名のある報告ではなく、表から入れた値です。"


def draw_sums(sheets: Sheets, rolled: ItemRollUp, title: str) -> None:
    """Every figure somebody states, this year or last, with how many districts stand behind it."""
    earlier = {one.code: one for one in rolled.last_year.sums} if rolled.last_year else {}
    rows = [_sum_row(one, earlier.get(one.code)) for one in rolled.sums if _is_stated(one, earlier)]
    if not rows:
        listing(sheets, (Column("", WIDTH),), [("数字の報告はありません",)], title, headings=False)
        return
    columns = (
        Column("数字", 38, typed="数字の名前"),
        Column("今年度の合計", 30, "right", typed="数字の単位", bold=True),
        Column("数えた地区部会", 32, "centre"),
        Column("前年度", 28, "right", typed="数字の単位"),
        Column("前年度の数", 30, "centre"),
        Column("増減", 14, "right"),
    )
    listing(sheets, _narrow(columns, rows), rows, title)
    if rolled.last_year and rolled.last_year.from_tables:
        sheets.paragraph(f"前年度の数のうち{rolled.last_year.from_tables}地区部会の分は、{_UNSIGNED}")


def _narrow(columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> tuple[Column, ...]:
    """Give the last column what its longest figure needs, the first one the rest."""
    longest = max(len(row[-1]) for row in rows)
    more = max(0.0, (longest - 4) * BODY * 0.18)
    first, *middle, last = columns
    return (
        Column(first.title, first.width - more, first.align, first.typed, first.bold),
        *middle,
        Column(last.title, last.width + more, last.align),
    )


def _is_stated(one: CoveredSum, earlier: Mapping[str, CoveredSum]) -> bool:
    return one.stated > 0 or (one.code in earlier and earlier[one.code].stated > 0)


def _sum_row(one: CoveredSum, before: CoveredSum | None) -> tuple[str, ...]:
    change = ""
    if one.total is not None and before is not None and before.total is not None:
        change = signed(one.total - before.total)
    return (
        one.label,
        sum_words(one),
        covered(one.stated, one.expected),
        sum_words(before) if before else "－",
        covered(before.stated, before.expected) if before else "－",
        change,
    )


def signed(number: int) -> str:
    """+12, −3 or ±0."""
    sign = "+" if number > 0 else "−" if number else "±"
    return f"{sign}{show_number(abs(number))}"


def _grid(sheets: Sheets, title: str, cells: Sequence[tuple[str, int]], typed: str = "") -> None:
    """A title's box beside one column per cell, its words above its count."""
    width = (WIDTH - _TITLE) / len(cells)
    labels = [sheets.lines(label, width - 1.6, typed=typed) for label, _ in cells]
    top = max(len(lines) for lines in labels) * LINE * 0.85 + 2.4
    height = max(top + _COUNT, 15.0)
    sheets.need(height)
    y = sheets.y
    sheets.box(LEFT, y, _TITLE, height, grey=LABEL_GREY)
    _middle(sheets, LEFT + _TITLE / 2, y, height, sheets.lines(title, _TITLE - 1))
    for index, (lines, (_, count)) in enumerate(zip(labels, cells, strict=True)):
        x = LEFT + _TITLE + index * width
        sheets.box(x, y, width, height - _COUNT, grey=LABEL_GREY)
        sheets.box(x, y + height - _COUNT, width, _COUNT)
        _middle(sheets, x + width / 2, y, height - _COUNT, lines)
        sheets.text(x + width / 2, y + height - 2.6, str(count), size=12, bold=count > 0, align="centre")
    sheets.y += height


def _middle(sheets: Sheets, x: float, y: float, height: float, lines: Sequence[str]) -> None:
    leading = LINE * 0.85
    top = y + (height - leading * len(lines)) / 2
    for index, line in enumerate(lines):
        sheets.set_line(x, top + leading * (index + 0.76), line, BODY, False, "centre")
