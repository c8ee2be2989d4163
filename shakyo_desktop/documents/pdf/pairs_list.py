"""計画の対応表: which items of two plans stand for the same work, on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pairs_table import counting_words, pair_names
from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, TOP, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, listing
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.crosswalk import CountedAs, ItemKey
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.plan import Crosswalk, Plan

FORM = "計画の対応表"
_LIST_TITLE = 8.0
_HOW = (
    "つながった項目は、同じ取組を表します。活動記録は、書いた計画の項目のほかに、つながった項目にも数えます。"
    "1つの計画の中で2回数えることはありません。つながりがいくつもあるときは、計画の並びで先の項目に数えます。"
)


class _ListFrame(Frame):
    """A list goes on under its title, which needs room below the mark of practice mode."""

    def first_y(self, page: int) -> float:
        """Where writing starts on a page (from 1), mm."""
        return TOP if page == 1 else TOP + _LIST_TITLE


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsListData:
    """Two plans with the pairs between them; ``made_at`` is UTC."""

    plan: Plan
    other: Plan
    pairs: tuple[Crosswalk, ...]
    counted: Mapping[ItemKey, CountedAs]
    office_name: str
    made_at: datetime
    practice: bool = False


def make_pairs_list(data: PairsListData, out: BinaryIO) -> PrintedDocument:
    """Write the list as a PDF of as many pages as it takes.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    sheets = Sheets(
        _ListFrame(
            title=f"{FORM} {data.plan.name} {data.other.name}",
            form=FORM,
            district=data.office_name,
            fiscal_year="",
            author=data.office_name,
            made_at=data.made_at,
            practice=data.practice,
        )
    )
    sheets.text(105, sheets.y + 9, FORM, size=20, bold=True, align="centre")
    sheets.y += 18
    sheets.text(RIGHT, sheets.y, era_timestamp(data.made_at), align="right")
    sheets.y += 3
    for word, plan in (("計画", data.plan), ("相手の計画", data.other)):
        for line in sheets.lines(f"{word}：{plan.name}", RIGHT - LEFT, 12, True, "計画の名前"):
            sheets.y += 6
            sheets.set_line(LEFT, sheets.y, line, 12, True, "left")
    sheets.y += 5
    sheets.paragraph(_HOW)
    sheets.y += 2
    _pairs(sheets, data)
    _alone(sheets, data.plan, {pair.item_number for pair in data.pairs})
    _alone(sheets, data.other, {pair.other_item_number for pair in data.pairs})
    return sheets.finish(out)


def _pairs(sheets: Sheets, data: PairsListData) -> None:
    columns = (
        Column("番号", 14, "right"),
        Column("取組項目", 56, typed="取組項目の名前"),
        Column("番号", 14, "right"),
        Column("相手の取組項目", 56, typed="取組項目の名前"),
        Column("活動の数え方", 32),
    )
    rows = []
    for pair in data.pairs:
        name, partner = pair_names(data.plan, data.other, pair)
        words = counting_words(pair, data.counted)
        rows.append((str(pair.item_number), name, str(pair.other_item_number), partner, words))
    listing(sheets, columns, rows, FORM)


def _alone(sheets: Sheets, plan: Plan, paired: set[int]) -> None:
    items = [item for item in plan.items if item.number not in paired]
    if not items:
        return
    sheets.need(30)
    sheets.y += 9
    for line in sheets.lines(f"{plan.name}の、相手のない項目", RIGHT - LEFT, 12, True, "計画の名前"):
        sheets.set_line(LEFT, sheets.y, line, 12, True, "left")
        sheets.y += 6
    sheets.y -= 3
    columns = (Column("番号", 14, "right"), Column("取組項目", 158, typed="取組項目の名前"))
    listing(sheets, columns, [(str(item.number), item.name) for item in items], "相手のない項目")
