"""Charts on paper: every word can be read back, colours stay inside the marks, long charts go on."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shakyo_desktop.charts.counting import state_segments
from shakyo_desktop.charts.kinds import BarRow, Bars, Chart, StackedBars, StackedRow
from shakyo_desktop.charts.measuring import text_width
from shakyo_desktop.documents.pdf.charts import UNIT, draw_chart
from shakyo_desktop.documents.pdf.fonts import printable
from shakyo_desktop.documents.pdf.fonts import text_width as printed_width
from shakyo_desktop.documents.pdf.frame import BOTTOM, LEFT, RIGHT, Frame
from shakyo_desktop.documents.pdf.marks import BoxMark, RuleMark, TextMark
from shakyo_desktop.documents.pdf.page import Sheets
from tests.charts.test_layout import EVERY
from tests.documents.pdf_reading import fonts_of, text_of

NOW = datetime(2026, 9, 12, tzinfo=UTC)


def sheets() -> Sheets:
    return Sheets(Frame("図", "図", "みほん区", "令和8年度", "みほん区", NOW))


def printed(*charts: Chart) -> bytes:
    paper, out = sheets(), io.BytesIO()
    for chart in charts:
        draw_chart(paper, chart)
    paper.finish(out)
    return out.getvalue()


@pytest.mark.parametrize("chart", EVERY.values(), ids=EVERY)
def test_every_kind_of_chart_stays_on_its_sheet(chart: Chart) -> None:
    paper = sheets()
    draw_chart(paper, chart)
    for mark in (one for page in paper.marks() for one in page if getattr(one, "y", 0) < BOTTOM):
        if isinstance(mark, TextMark | BoxMark):
            assert mark.x >= LEFT - 0.1
            assert mark.x + mark.width <= RIGHT + 0.1
        elif isinstance(mark, RuleMark):
            assert RIGHT + 0.1 >= mark.x2 >= mark.x1 >= LEFT - 0.1


def test_the_values_can_be_read_back(tmp_path: Path) -> None:
    row = StackedRow("6 見守り活動の推進", state_segments({"running": 9, "partial": 2}, 1))
    text = text_of(
        printed(
            StackedBars("実施状況の分布", (row,)),
            Bars("延べ参加", "人", (BarRow("見守り", 340, "12/14地区部会"), BarRow("食事", None))),
        ),
        tmp_path,
    )
    for words in ("実施状況の分布", "●9", "○2", "未報告", "340人（12/14地区部会）", "データなし"):
        assert words in text
    assert "0人" not in text.replace("340人", "")


def test_charts_bring_no_font_of_another_kind(tmp_path: Path) -> None:
    fonts = fonts_of(printed(*EVERY.values()), tmp_path)
    assert {name for name, _, _ in fonts} <= {"BIZUDGothic-Regular", "BIZUDGothic-Bold"}
    assert {(embedded, mapped) for _, embedded, mapped in fonts} == {("yes", "yes")}


def test_a_name_without_a_glyph_is_listed_and_not_refused() -> None:
    paper = sheets()
    draw_chart(paper, Bars("延べ参加", "人", (BarRow("みほん\U0001f600地区部会", 3),)))
    missing = paper.finish(io.BytesIO()).missing_glyphs
    assert [one.character for one in missing] == ["\U0001f600"]


def test_a_chart_longer_than_a_page_goes_on_on_the_next() -> None:
    paper = sheets()
    rows = tuple(BarRow(f"みほん第{at}地区部会", at) for at in range(70))
    draw_chart(paper, Bars("延べ参加", "人", rows))
    pages = paper.marks()
    assert len(pages) == 2
    names = [one.text for page in pages for one in page if isinstance(one, TextMark)]
    assert [name for name in names if "みほん第" in name] == [row.label for row in rows]


def test_a_dark_filling_carries_white_words_and_missing_is_hatched() -> None:
    paper = sheets()
    draw_chart(paper, EVERY["stacked"])
    boxes = [one for page in paper.marks() for one in page if isinstance(one, BoxMark)]
    assert "#00428c" in {box.ground for box in boxes}
    assert [box for box in boxes if box.hatched]
    words = {one.text: one.ink for page in paper.marks() for one in page if isinstance(one, TextMark)}
    assert words["●6"] == "#ffffff"


@pytest.mark.parametrize("text", ["1,234,567人（12/14地区部会）", "令和8年度", "R8", "●12 ‖3 ×4"])
def test_text_is_never_wider_than_the_layout_reckons(text: str) -> None:
    units = printed_width(printable(text).text, 10.5) * 25.4 / 72 / UNIT
    assert units <= text_width(text, 16) + 0.01
