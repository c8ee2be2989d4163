"""The numbers of charts for other programs: the tables that the window shows in their place."""

from collections.abc import Iterator, Sequence

from shakyo_desktop.charts.kinds import Chart
from shakyo_desktop.charts.twin import table_of

_TITLE_LENGTH = 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", "・"))
"""What Excel does not take in the title of a sheet, and how long one may be."""


def charts_workbook(charts: Sequence[Chart]) -> bytes:
    """An .xlsx file with a sheet per chart; what nobody reported says データなし."""
    from shakyo_desktop.documents.excel_table import SheetContent, write_workbook

    sheets = []
    for number, chart in enumerate(charts, start=1):
        twin = table_of(chart)
        title = f"{number} {chart.title.translate(_NOT_IN_TITLES)}"[:_TITLE_LENGTH]
        sheets.append(SheetContent(title, twin.headings, [_cells(row) for row in twin.rows], (40,)))
    return write_workbook(sheets)


def charts_csv(charts: Sequence[Chart]) -> bytes:
    """One row per number: the chart, the row of its table, the column, the value as it is shown."""
    from shakyo_desktop.documents.csv_table import write_csv

    return write_csv(("図", "行", "列", "値"), _long_rows(charts)).data


def _long_rows(charts: Sequence[Chart]) -> Iterator[tuple[object, ...]]:
    for chart in charts:
        twin = table_of(chart)
        for row in twin.rows:
            for heading, value in zip(twin.headings[1:], row[1:], strict=True):
                yield chart.title, row[0], heading, value


def _cells(row: Sequence[str]) -> list[object]:
    """Whole numbers stay numbers, so that a table can be added up."""
    return [int(cell) if cell.isascii() and cell.isdigit() else cell for cell in row]
