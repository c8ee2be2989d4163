"""The ward's and the districts' words about an item, as ruled rows."""

from shakyo_desktop.documents.compilation.paper import CompilationPaper
from shakyo_desktop.documents.pdf.frame import WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, listing
from shakyo_desktop.documents.pdf.wording import count_text
from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.compilation import Finding, ItemRollUp
from shakyo_desktop.domain.labels import rating_words, show_value
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.records import ITEM_STATUSES, ItemStatus
from shakyo_desktop.domain.totals import effective_totals, total_specs

_LABEL = 26.0
_WORDS = {"outcome": "成果", "challenge": "課題", "approach": "進め方"}
_OWN_WORDS = {"state": "実施状況", "state_reason": "理由", "self_rating": "自己評価", "rating_reason": "理由"}
_OWN_TEXTS = {"outcome": "成果", "challenge": "課題", "next_plan": "次年度"}


def draw_finding(sheets: Sheets, found: Finding, title: str) -> None:
    """成果, 課題 and 進め方: ruled rows, blank ones to write in where nothing was written."""
    rows = [(label, getattr(found, name)) for name, label in _WORDS.items()]
    _rows(sheets, rows, title, "区の言葉")


def draw_ward_status(sheets: Sheets, paper: CompilationPaper, item: Item, rolled: ItemRollUp) -> None:
    """What the ward office reports about an item; of its own items also that nothing is there yet."""
    if rolled.ward_status is not None:
        _rows(sheets, _status_rows(paper, item, rolled.ward_status), "区事務所の取組", "区の言葉")
    elif item.reporter is Reporter.WARD_OFFICE:
        _rows(sheets, [("区事務所", "まだ入力していません")], "区事務所の取組", "区の言葉")


def draw_practice_titles(sheets: Sheets, paper: CompilationPaper, rolled: ItemRollUp) -> None:
    """The good practices of an item, by district and title."""
    if rolled.practices:
        told = "\n".join(f"「{one.told[0]}」{paper.name_of(one.org)}" for one in rolled.practices)
        _rows(sheets, [("成果事例", told)], "成果事例", "成果事例の題名")


def _status_rows(paper: CompilationPaper, item: Item, status: ItemStatus) -> list[tuple[str, str]]:
    parts = []
    for name, label in _OWN_WORDS.items():
        value = getattr(status, name)
        words = rating_words(value, paper.plan) if value and name == "self_rating" else ""
        words = words or show_value(ITEM_STATUSES, name, value, paper.plan)
        if words:
            parts.append(f"{label}：{words}")
    totals = effective_totals(status, status.counted_totals)
    figures = [(spec, totals.get(spec.code)) for spec in total_specs(item)]
    parts += [
        f"{spec.label}：{count_text(figure, spec.unit)}" for spec, figure in figures if figure is not None
    ]
    rows = [("区事務所", "　".join(parts))]
    return rows + [(label, text) for name, label in _OWN_TEXTS.items() if (text := getattr(status, name))]


def _rows(sheets: Sheets, rows: list[tuple[str, str]], title: str, typed: str) -> None:
    columns = (Column("", _LABEL, label=True), Column("", WIDTH - _LABEL, typed=typed))
    listing(sheets, columns, rows, title, headings=False)
