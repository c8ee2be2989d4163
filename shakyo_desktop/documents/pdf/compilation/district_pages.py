"""What each district says about an item: the value behind every figure, and its own words."""

from shakyo_desktop.documents.compilation.paper import NOT_REPORTED, CompilationPaper
from shakyo_desktop.documents.pdf.compilation.frame import DISTRICT_NAME
from shakyo_desktop.documents.pdf.frame import WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, listing
from shakyo_desktop.documents.pdf.wording import NOT_RECORDED, count_text
from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.compilation import DistrictLine, ItemRollUp
from shakyo_desktop.domain.labels import rating_words, show_value
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.records import ITEM_STATUSES

_FIGURES = (("sessions", "回"), ("person_times", "人"), ("helpers", "人"))
_TEXTS = {
    "state_reason": "休止・対象外の理由",
    "rating_reason": "評価しない理由",
    "outcome": "成果",
    "challenge": "課題",
    "next_plan": "次年度に向けて",
    "needs_support": "必要な支援",
}


def draw_district_figures(sheets: Sheets, paper: CompilationPaper, item: Item, rolled: ItemRollUp) -> None:
    """A row per district whose report is here; the names of the others stand among the missing."""
    own = item.reporter is Reporter.WARD_OFFICE
    lines = [line for line in rolled.districts if line.state is not None or line.totals or not own]
    if not lines:
        return
    sheets.y += 3
    columns = (
        Column("地区部会", 43, typed=DISTRICT_NAME),
        Column("実施状況", 22),
        Column("自己評価", 48, typed="評価の言葉"),
        Column("開催回数", 18, "right"),
        Column("延べ参加", 20, "right"),
        Column("延べ担い手", 21, "right"),
    )
    listing(sheets, columns, [_row(paper, line) for line in lines], f"{item.number} 地区部会ごと")


def draw_district_words(sheets: Sheets, paper: CompilationPaper, item: Item, rolled: ItemRollUp) -> None:
    """The districts' own texts, those of one district below each other."""
    rows = [(paper.name_of(line.org), words) for line in rolled.districts if (words := _words(line))]
    columns = (
        Column("", 46, typed=DISTRICT_NAME, label=True),
        Column("", WIDTH - 46, typed=f"{item.number} 地区部会の言葉"),
    )
    listing(sheets, columns, rows, f"{item.number} 地区部会の言葉", headings=False)


def _row(paper: CompilationPaper, line: DistrictLine) -> tuple[str, ...]:
    rating = rating_words(line.self_rating, paper.plan) if line.self_rating else NOT_RECORDED
    figures = (count_text(line.totals.get(code), unit) for code, unit in _FIGURES)
    return (paper.name_of(line.org), line.state.label if line.state else NOT_REPORTED, rating, *figures)


def _words(line: DistrictLine) -> str:
    shown = ((label, show_value(ITEM_STATUSES, name, getattr(line, name))) for name, label in _TEXTS.items())
    return "\n".join(f"{label}：{text}" for label, text in shown if text)
