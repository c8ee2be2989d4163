"""The charts of the workbook, drawn by Excel and LibreOffice themselves from the cells of its tables."""

from typing import Any

from shakyo_desktop.charts.counting import state_segments
from shakyo_desktop.documents.compilation.paper import CompilationPaper
from shakyo_desktop.documents.compilation.sheets import (
    DIRECTIONS,
    FIRST_FIGURE,
    FIRST_STATE,
    ITEM_FIGURES,
    ITEMS,
)

TITLE = "図"
_WIDTH = 26
_STATES = 8
_THIS_YEAR, _LAST_YEAR = "00428C", "B3B3B3"


def add_charts(book: Any, paper: CompilationPaper) -> None:
    """Add a sheet of charts in front of the tables they are drawn from."""
    from openpyxl.worksheet.pagebreak import Break

    sheet = book.create_sheet(TITLE, 1)
    count = len(paper.items)
    row = 1
    charts = [
        (_stacked(book[DIRECTIONS], "施策の方向性ごとの実施状況", 3, len(paper.plan.directions)), 5),
        (_stacked(book[ITEMS], "取組項目ごとの実施状況", FIRST_STATE, count), count),
    ]
    for index, (_, label) in enumerate(ITEM_FIGURES):
        charts.append(
            (_figures(book[ITEMS], f"取組項目ごとの{label}", FIRST_FIGURE + index * 4, count), count)
        )
    for chart, bars in charts:
        if row > 1:
            sheet.row_breaks.append(Break(id=row - 1))
        chart.height = 5 + max(bars, 5) * 3 // 4
        sheet.add_chart(chart, f"A{row}")
        row += int(chart.height * 2) + 3
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _bar_chart(title: str) -> Any:
    from openpyxl.chart import BarChart

    chart = BarChart()
    chart.type = "bar"
    chart.title = title
    chart.width = _WIDTH
    chart.legend.position = "b"
    chart.gapWidth = 40
    chart.x_axis.scaling.orientation = "maxMin"  # the first item on top
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.numFmt = "#,##0"
    return chart


def _stacked(table: Any, title: str, first: int, rows: int) -> Any:
    """Distributions; each state has its colour and its name, 未報告 is hatched."""
    chart = _bar_chart(title)
    chart.grouping = "stacked"
    chart.overlap = 100
    _add_series(chart, table, range(first, first + _STATES), rows)
    marks = [segment.mark for segment in state_segments({}, 0)]
    for series, mark in zip(chart.series, marks, strict=True):
        if mark.hatched:
            _hatch(series)
        else:
            series.graphicalProperties.solidFill = mark.ground.lstrip("#").upper()
        series.graphicalProperties.line.solidFill = "666666"
        _label(series, mark.ink.lstrip("#").upper())
    return chart


def _figures(table: Any, title: str, column: int, rows: int) -> Any:
    """A figure of this year and of the year before, side by side; an empty cell has no bar."""
    chart = _bar_chart(title)
    chart.grouping = "clustered"
    _add_series(chart, table, (column, column + 2), rows)
    for series, colour in zip(chart.series, (_THIS_YEAR, _LAST_YEAR), strict=True):
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = "666666"
    return chart


def _add_series(chart: Any, table: Any, columns: Any, rows: int) -> None:
    from openpyxl.chart import Reference

    for column in columns:
        chart.add_data(Reference(table, min_col=column, min_row=1, max_row=rows + 1), titles_from_data=True)
    chart.set_categories(Reference(table, min_col=2, min_row=2, max_row=rows + 1))


def _hatch(series: Any) -> None:
    from openpyxl.drawing.fill import PatternFillProperties

    pattern: Any = PatternFillProperties(prst="ltUpDiag")
    pattern.foreground, pattern.background = _colour("666666"), _colour("FFFFFF")
    series.graphicalProperties.pattFill = pattern


def _colour(code: str) -> Any:
    from openpyxl.drawing.colors import ColorChoice

    choice: Any = ColorChoice
    return choice(srgbClr=code)


def _label(series: Any, ink: str) -> None:
    """The count inside each part, in the ink of its mark; none where it is 0."""
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

    properties: Any = CharacterProperties
    look = ParagraphProperties(defRPr=properties(solidFill=_colour(ink)))
    labels = DataLabelList()
    labels.showVal = True
    labels.numFmt = "0;;;"
    labels.txPr = RichText(p=[Paragraph(pPr=look, endParaRPr=properties())])
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(labels, name, False)
    series.dLbls = labels
