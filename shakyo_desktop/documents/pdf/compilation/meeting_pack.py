"""協議会資料: what the members of a 推進協議会 read, from the figures on one page to each item's words."""

from typing import BinaryIO

from shakyo_desktop.documents.compilation.paper import (
    CompilationPaper,
    covered,
    item_title,
    sum_words,
)
from shakyo_desktop.documents.pdf.compilation.closing import (
    draw_council,
    draw_lost_characters,
    draw_missing,
    draw_sources,
)
from shakyo_desktop.documents.pdf.compilation.district_pages import draw_district_figures, draw_district_words
from shakyo_desktop.documents.pdf.compilation.drawn import draw_directions, draw_item_charts, draw_matrix
from shakyo_desktop.documents.pdf.compilation.figures import draw_figures, draw_item_head
from shakyo_desktop.documents.pdf.compilation.frame import PLAN_WORDS, begin, chapter, draw_head
from shakyo_desktop.documents.pdf.compilation.words import draw_finding, draw_ward_status
from shakyo_desktop.documents.pdf.frame import LEFT, WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import LABEL_GREY
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.compilation import CoveredSum, FindingScope
from shakyo_desktop.domain.compilation_figures import (
    whole_last_year,
    whole_sums,
)

FORM = "協議会資料"


def make_meeting_pack(paper: CompilationPaper, out: BinaryIO) -> PrintedDocument:
    """Write the pack: summary, matrix, charts, a part per item, good practices, who is missing, sources.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    sheets = begin(paper, FORM)
    draw_head(sheets, paper, FORM)
    _draw_summary(sheets, paper)
    draw_matrix(sheets, paper)
    draw_item_charts(sheets, paper)
    _draw_items(sheets, paper)
    _draw_practices(sheets, paper)
    draw_council(sheets, paper)
    draw_missing(sheets, paper)
    draw_sources(sheets, paper)
    draw_lost_characters(sheets)
    return sheets.finish(out)


def _draw_summary(sheets: Sheets, paper: CompilationPaper) -> None:
    chapter(sheets, "全体のようす", 44)
    earlier = whole_last_year(paper.compilation)
    boxes = [
        (one.label, sum_words(one), _covered_lines(one, earlier.get(one.code)))
        for one in whole_sums(paper.compilation)
    ]
    width = WIDTH / max(1, len(boxes))
    for index, (label, figure, lines) in enumerate(boxes):
        x = LEFT + index * width
        sheets.box(x, sheets.y, width, 40)
        sheets.box(x, sheets.y, width, 8.4, grey=LABEL_GREY)
        sheets.text(x + width / 2, sheets.y + 5.6, label, align="centre")
        sheets.fitted(x + width / 2, sheets.y + 19, width - 4, figure, size=20, bold=True, align="centre")
        for at, words in enumerate(lines):
            sheets.text(x + width / 2, sheets.y + 25.5 + at * 5.4, words, align="centre")
    sheets.y += 45
    draw_directions(sheets, paper)
    chapter(sheets, "区の取りまとめ", 40, level=1)
    draw_finding(sheets, paper.compilation.finding(FindingScope.WHOLE), "区の取りまとめ")
    sheets.y += 6


def _covered_lines(one: CoveredSum, before: CoveredSum | None) -> tuple[str, ...]:
    words = f"（{covered(one.stated, one.expected)}）"
    if before is None:
        return (words, "前年度の数字なし")
    return (words, f"前年度 {sum_words(before)}", f"（最大{covered(before.stated, before.expected)}）")


def _draw_items(sheets: Sheets, paper: CompilationPaper) -> None:
    for direction in paper.plan.directions:
        words = f"施策の方向性{direction.number}　{direction.name}"
        chapter(sheets, words, 90, typed=PLAN_WORDS)
        draw_finding(sheets, paper.compilation.finding(FindingScope.DIRECTION, direction.number), words)
        sheets.y += 5
        for item, rolled in paper.items:
            if item.direction != direction.number:
                continue
            sheets.need(66)
            draw_item_head(sheets, paper, item, rolled)
            draw_ward_status(sheets, paper, item, rolled)
            draw_figures(sheets, paper, item, rolled)
            found = paper.compilation.finding(FindingScope.ITEM, item.number)
            draw_finding(sheets, found, f"{item.number} 区の言葉")
            draw_district_figures(sheets, paper, item, rolled)
            draw_district_words(sheets, paper, item, rolled)
            sheets.y += 7


def _draw_practices(sheets: Sheets, paper: CompilationPaper) -> None:
    told = [(item, one) for item, rolled in paper.items for one in rolled.practices]
    chapter(sheets, "成果事例", 30)
    sheets.paragraph(
        "地区部会が「紹介してよい」とした事例です。" if told else "紹介できる事例はまだありません。"
    )
    sheets.y += 2
    for item, one in told:
        sheets.need(26)
        title, story = one.told
        sheets.paragraph(
            f"「{title}」　{paper.name_of(one.org)}", bold=True, size=11.5, typed="成果事例の題名"
        )
        by = "　（区事務所が整えた文です）" if one.reworded else ""
        sheets.paragraph(f"{item_title(item)}{by}", typed=PLAN_WORDS)
        sheets.paragraph(story, typed="成果事例の内容")
        sheets.y += 5
