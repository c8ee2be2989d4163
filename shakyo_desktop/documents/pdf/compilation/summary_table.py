"""区取りまとめ表 (F5): what a ward's districts did, item by item, on ruled A4 in black and white."""

from collections.abc import Iterator
from typing import BinaryIO

from shakyo_desktop.documents.compilation.paper import (
    NOT_REPORTED,
    CompilationPaper,
    item_title,
    state_columns,
)
from shakyo_desktop.documents.pdf.compilation.closing import (
    draw_council,
    draw_lost_characters,
    draw_missing,
    draw_sources,
    draw_stamps,
)
from shakyo_desktop.documents.pdf.compilation.figures import draw_figures, draw_item_head
from shakyo_desktop.documents.pdf.compilation.frame import PLAN_WORDS, begin, chapter, draw_head
from shakyo_desktop.documents.pdf.compilation.words import (
    draw_finding,
    draw_practice_titles,
    draw_ward_status,
)
from shakyo_desktop.documents.pdf.frame import WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, listing
from shakyo_desktop.documents.pdf.wording import NOT_RECORDED
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.compilation import FindingScope, ItemRollUp
from shakyo_desktop.domain.plan import Item

FORM = "区取りまとめ表"
_COUNT = 13.0
_SHORT = ("実施", "一部", "準備", "未着手", "休止", "終了", "対象外", NOT_REPORTED)


def make_summary_table(paper: CompilationPaper, out: BinaryIO) -> PrintedDocument:
    """Write the form: a list of all items, each item with its figures and words, the council, the sources.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    sheets = begin(paper, FORM)
    draw_head(sheets, paper, FORM)
    draw_stamps(sheets)
    _draw_overview(sheets, paper)
    chapter(sheets, "全体", 40)
    draw_finding(sheets, paper.compilation.finding(FindingScope.WHOLE), "全体")
    sheets.y += 6
    _draw_directions(sheets, paper)
    draw_council(sheets, paper)
    draw_missing(sheets, paper)
    draw_sources(sheets, paper)
    draw_lost_characters(sheets)
    return sheets.finish(out)


def _draw_overview(sheets: Sheets, paper: CompilationPaper) -> None:
    chapter(sheets, "取組項目の一覧（地区部会の数）", 40)
    name = Column("取組項目", WIDTH - len(_SHORT) * _COUNT, typed=PLAN_WORDS)
    counts = (Column(word, _COUNT, "right") for word in _SHORT)
    listing(sheets, (name, *counts), _overview_rows(paper), "取組項目の一覧")
    sheets.y += 6


def _overview_rows(paper: CompilationPaper) -> Iterator[tuple[str, ...]]:
    for item, rolled in paper.items:
        counts = [str(rolled.states.get(code, 0)) for code, _ in state_columns()]
        own = item.reporter is Reporter.WARD_OFFICE
        yield (item_title(item), *counts, NOT_RECORDED if own else str(rolled.unreported))


def _draw_directions(sheets: Sheets, paper: CompilationPaper) -> None:
    for direction in paper.plan.directions:
        words = f"施策の方向性{direction.number}　{direction.name}"
        chapter(sheets, words, 60, typed=PLAN_WORDS)
        found = paper.compilation.finding(FindingScope.DIRECTION, direction.number)
        draw_finding(sheets, found, words)
        sheets.y += 5
        for item, rolled in paper.items:
            if item.direction == direction.number:
                _draw_item(sheets, paper, item, rolled)


def _draw_item(sheets: Sheets, paper: CompilationPaper, item: Item, rolled: ItemRollUp) -> None:
    sheets.need(66)
    draw_item_head(sheets, paper, item, rolled)
    draw_ward_status(sheets, paper, item, rolled)
    draw_figures(sheets, paper, item, rolled)
    draw_finding(sheets, paper.compilation.finding(FindingScope.ITEM, item.number), f"{item.number} 区の言葉")
    draw_practice_titles(sheets, paper, rolled)
    sheets.y += 7
