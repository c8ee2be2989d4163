"""Charts as pure numbers: parts add up, nothing sticks out, and what is missing is never drawn as zero."""

import itertools

import pytest

from shakyo_desktop.charts.bars import BAR
from shakyo_desktop.charts.counting import rating_segments, state_segments
from shakyo_desktop.charts.frames import NO_DATA, scale_end
from shakyo_desktop.charts.kinds import (
    BarRow,
    Bars,
    Chart,
    Columns,
    Lines,
    Matrix,
    MatrixCell,
    MatrixRow,
    Multiples,
    Series,
    StackedBars,
    StackedRow,
)
from shakyo_desktop.charts.layout import lay_out, parts
from shakyo_desktop.charts.marks import NOT_REPORTED, all_marks, state_mark
from shakyo_desktop.charts.measuring import text_width, wrap
from shakyo_desktop.charts.picture import Box, Line, Picture, Words
from shakyo_desktop.charts.twin import table_of, words_of
from shakyo_desktop.domain.codes import ImplementationState

MONTHS = tuple(f"{(at + 3) % 12 + 1}月" for at in range(12))
YEARS = ("令和4年度", "令和5年度", "令和6年度", "令和7年度", "令和8年度")
STATES = state_segments({"running": 6, "partial": 2, "preparing": 1, "not_applicable": 1}, 2)
WIDTHS = (320.0, 743.0, 1120.0)


def stacked(*rows: StackedRow) -> StackedBars:
    return StackedBars("実施状況の分布", rows or (StackedRow("6 見守り活動の推進", STATES),))


def figures(*rows: BarRow) -> Bars:
    return Bars("延べ参加", "人", rows)


def one_line(*values: int | None) -> Lines:
    return Lines("延べ参加の推移", "人", YEARS, (Series("区全体", values),))


def matrix(rows: int = 3, columns: int = 21) -> Matrix:
    states = itertools.cycle([*ImplementationState, None])
    names = tuple(f"{at} 項目" for at in range(1, columns + 1))
    lines = tuple(
        MatrixRow(
            f"みほん第{at}地区部会", tuple(MatrixCell(state_mark(next(states))) for _ in range(columns))
        )
        for at in range(rows)
    )
    return Matrix("地区×項目", tuple(str(at) for at in range(1, columns + 1)), names, lines)


EVERY: dict[str, Chart] = {
    "stacked": stacked(),
    "stacked, nobody": stacked(StackedRow("まだない項目", state_segments({}, 0))),
    "stacked, 70 districts": stacked(StackedRow("みほん", state_segments({"running": 68, "ended": 1}, 1))),
    "profile": StackedBars(
        "区全体とくらべる", (StackedRow("みほん", STATES, state_mark(None)),), "みほん東地区部会"
    ),
    "ratings": stacked(StackedRow("みほん", rating_segments({"good": 3, "poor": 1}, 2))),
    "bars": figures(BarRow("1 みほん", 340, "12/14地区部会"), BarRow("2", 0), BarRow("3", None)),
    "bars, reference": Bars("延べ参加", "人", (BarRow("1", 24, "", 185),), "平均"),
    "no bars": figures(),
    "line": one_line(300, None, 420, 510, 340),
    "two lines": Lines(
        "推移", "人", YEARS, (Series("みほん", (1, 2, None, 4, 5)), Series("区", (None,) * 5)), ("1/2",) * 5
    ),
    "columns": Columns("月ごと", "回", MONTHS, (12, 0, None, 1240, *(None,) * 8), upcoming=6),
    "matrix": matrix(),
    "multiples": Multiples("項目ごと", tuple(one_line(1, None, value, 4, 5) for value in range(5))),
}


def boxes(picture: Picture, ground: str) -> list[Box]:
    return [one for one in picture.shapes if isinstance(one, Box) and one.ground == ground]


def said(picture: Picture) -> list[str]:
    return [one.text for one in picture.shapes if isinstance(one, Words)]


def extent(shape: Box | Line | Words) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    if isinstance(shape, Box):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    if isinstance(shape, Line):
        return shape.x1, min(shape.y1, shape.y2), shape.x2, max(shape.y1, shape.y2)
    wide = text_width(shape.text, shape.size)
    left = {"left": shape.x, "centre": shape.x - wide / 2, "right": shape.x - wide}[shape.align]
    return left, shape.y - shape.size / 2, left + wide, shape.y + shape.size / 2


@pytest.mark.parametrize("width", WIDTHS[1:])
@pytest.mark.parametrize("chart", EVERY.values(), ids=EVERY)
def test_nothing_of_a_chart_sticks_out(chart: Chart, width: float) -> None:
    picture = lay_out(chart, width)
    assert picture.shapes
    for shape in picture.shapes:
        left, top, right, bottom = extent(shape)
        assert left >= -0.01, shape
        assert top >= -0.01, shape
        assert right <= width + 0.01, shape
        assert bottom <= picture.height + 0.01, shape


@pytest.mark.parametrize("chart", EVERY.values(), ids=EVERY)
def test_no_words_of_a_chart_are_under_body_size(chart: Chart) -> None:
    assert min(one.size for one in lay_out(chart, 743).shapes if isinstance(one, Words)) >= 16


@pytest.mark.parametrize("width", WIDTHS)
def test_the_parts_of_a_bar_are_as_long_as_they_are_many(width: float) -> None:
    picture = lay_out(stacked(), width)
    [stop] = picture.stops
    bars = [one for one in picture.shapes if isinstance(one, Box) and one.framed and one.y >= stop.y]
    longest = sum(one.width for one in bars)
    assert [round(one.width / longest * 12) for one in bars] == [6, 2, 1, 1, 2]
    assert [one.hatched for one in bars] == [False, False, False, False, True]
    for one, following in itertools.pairwise(bars):
        assert following.x == pytest.approx(one.x + one.width)


def test_the_counts_of_a_bar_are_written_even_where_a_part_is_narrow() -> None:
    picture = lay_out(EVERY["stacked, 70 districts"], 743)
    assert {"●68", "■1 未報告1"} <= set(said(picture))


def test_the_marks_are_those_of_the_matrix() -> None:
    fills = {mark.words: (mark.symbol, mark.ground) for mark in all_marks()}
    assert fills == {
        "実施": ("●", "#00428c"),
        "一部実施": ("○", "#97d3ff"),
        "準備中": ("△", "#ffe380"),
        "未着手": ("×", "#ffffff"),
        "休止": ("‖", "#e8e8e8"),
        "終了": ("■", "#c6d8c9"),
        "対象外": ("－", "#b3b3b3"),
        "未報告": ("", "#ffffff"),
    }
    assert [mark for mark in all_marks() if mark.hatched] == [NOT_REPORTED]


def test_a_distribution_of_nobody_is_missing_and_not_empty() -> None:
    picture = lay_out(EVERY["stacked, nobody"], 743)
    assert NO_DATA in said(picture)
    assert [one for one in picture.shapes if isinstance(one, Box) and one.hatched]


def test_a_missing_figure_is_hatched_and_zero_is_written_as_zero() -> None:
    picture = lay_out(figures(BarRow("無", None), BarRow("零", 0), BarRow("有", 10)), 743)
    assert len(boxes(picture, BAR)) == 1
    assert len([one for one in picture.shapes if isinstance(one, Box) and one.hatched]) == 1
    assert {NO_DATA, "0人", "10人"} <= set(said(picture))


def test_a_line_has_a_gap_where_a_year_is_missing() -> None:
    whole, gap = lay_out(one_line(1, 2, 3, 4, 5), 743), lay_out(one_line(1, 2, None, 4, 5), 743)
    strokes = [[one for one in p.shapes if isinstance(one, Line) and one.weight == 2.5] for p in (whole, gap)]
    assert [len(one) for one in strokes] == [4, 2]
    points = [one for one in gap.shapes if isinstance(one, Words) and one.text == "●"]
    assert len(points) == 4
    assert NO_DATA in said(gap)
    assert gap.stops[2].words == f"令和6年度 {NO_DATA}"


def test_a_line_at_zero_is_drawn() -> None:
    picture = lay_out(one_line(0, 0, 0, 0, 0), 743)
    assert said(picture).count("●") == 5
    assert NO_DATA not in said(picture)


def test_a_month_without_entries_is_missing_and_one_that_is_still_to_come_is_neither() -> None:
    chart = Columns("月ごと", "回", MONTHS, (3, 0, None, *(None,) * 9), upcoming=9)
    picture = lay_out(chart, 900)
    assert len([one for one in picture.shapes if isinstance(one, Box) and one.hatched]) == 1
    assert [stop.words for stop in picture.stops][:4] == [
        "4月 3回",
        "5月 0回",
        f"6月 {NO_DATA}",
        "7月 これから",
    ]


@pytest.mark.parametrize(("largest", "end"), [(0, 1), (1, 1), (3, 4), (9, 10), (340, 400), (801, 1000)])
def test_a_scale_ends_at_a_round_number(largest: int, end: int) -> None:
    assert scale_end(largest) == end


def test_a_long_chart_goes_on_and_loses_no_row() -> None:
    chart = stacked(*(StackedRow(f"みほん第{at}地区部会", STATES) for at in range(70)))
    pages = parts(chart, 743, 1000)
    assert len(pages) > 2
    assert [row for page in pages for row in page.rows] == list(chart.rows)
    assert all(lay_out(page, 743).height <= 1000 for page in pages)
    assert [page.title.count("（つづき）") for page in pages] == [0, *(1,) * (len(pages) - 1)]


def test_a_wide_matrix_goes_on_with_its_other_columns() -> None:
    pages = parts(matrix(rows=2, columns=60), 743, 1000)
    assert [name for page in pages for name in page.columns] == [str(at) for at in range(1, 61)]
    assert {len(page.rows) for page in pages} == {2}


def test_small_charts_stand_side_by_side_where_there_is_room() -> None:
    chart = EVERY["multiples"]
    assert lay_out(chart, 1120).height < lay_out(chart, 400).height
    assert len(lay_out(chart, 1120).stops) == 25


@pytest.mark.parametrize("chart", EVERY.values(), ids=EVERY)
def test_the_table_of_a_chart_is_rectangular(chart: Chart) -> None:
    twin = table_of(chart)
    assert all(len(row) == len(twin.headings) for row in twin.rows)


def test_the_table_says_the_same_numbers() -> None:
    assert table_of(stacked()).rows == (("6 見守り活動の推進", "6", "2", "1", "0", "0", "0", "1", "2", "12"),)
    assert table_of(EVERY["bars"]).rows[2] == ("3", NO_DATA, "")
    assert table_of(one_line(300, None, 0, 1, 2)).rows[:3] == (
        ("令和4年度", "300人"),
        ("令和5年度", NO_DATA),
        ("令和6年度", "0人"),
    )


def test_a_chart_can_be_read_as_text() -> None:
    assert words_of(stacked()) == (
        "6 見守り活動の推進　実施 6地区部会、一部実施 2地区部会、準備中 1地区部会、対象外 1地区部会、"
        "未報告 2地区部会"
    )
    assert words_of(figures()) == NO_DATA


def test_wrapping_leaves_nothing_out() -> None:
    text = "みほん東地区部会の、とても長い名前の取組項目（2026年度）"
    lines = wrap(text, 100, 16)
    assert "".join(lines) == text
    assert all(text_width(line, 16) <= 100 or len(line) < 8 for line in lines)
    assert not [line for line in lines[1:] if line[0] in "、）"]
