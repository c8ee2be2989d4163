"""Where everything of a chart stands, and how a chart too long for a page goes on on the next."""

from dataclasses import replace

from shakyo_desktop.charts.bars import lay_out_bars
from shakyo_desktop.charts.grid import columns_that_fit, lay_out_matrix, lay_out_multiples
from shakyo_desktop.charts.kinds import Bars, Chart, Columns, Lines, Matrix, MatrixRow, Multiples, StackedBars
from shakyo_desktop.charts.picture import Picture
from shakyo_desktop.charts.stacked import lay_out_stacked
from shakyo_desktop.charts.upright import lay_out_columns, lay_out_lines

_MORE = "（つづき）"


def lay_out(chart: Chart, width: float) -> Picture:
    """Return the drawing of a chart, ``width`` units wide and as high as it needs to be."""
    match chart:
        case StackedBars():
            return lay_out_stacked(chart, width)
        case Bars():
            return lay_out_bars(chart, width)
        case Lines():
            return lay_out_lines(chart, width)
        case Columns():
            return lay_out_columns(chart, width)
        case Matrix():
            return lay_out_matrix(chart, width)
        case Multiples():
            return lay_out_multiples(chart, width, lay_out)


def parts(chart: Chart, width: float, height: float) -> tuple[Chart, ...]:
    """The chart as charts that are each at most ``height`` units high, in their order.

    Rows and small charts stay whole; one that is higher than a page by itself is left as it is.
    """
    if isinstance(chart, Matrix) and len(chart.columns) > (across := columns_that_fit(chart, width)):
        left, right = _columns_of(chart, across)
        return (*parts(left, width, height), *parts(right, width, height))
    count = _length(chart)
    if count < 2 or lay_out(chart, width).height <= height:
        return (chart,)
    fitting = count - 1
    while fitting > 1 and lay_out(_cut(chart, 0, fitting), width).height > height:
        fitting -= 1
    rest = _cut(chart, fitting, count)
    following = replace(
        rest, title=f"{chart.title}（つづき）" if "（つづき）" not in chart.title else chart.title
    )
    return (_cut(chart, 0, fitting), *parts(following, width, height))


def _length(chart: Chart) -> int:
    match chart:
        case StackedBars() | Bars() | Matrix():
            return len(chart.rows)
        case Multiples():
            return len(chart.charts)
    return 1


def _cut(chart: Chart, start: int, end: int) -> Chart:
    match chart:
        case StackedBars():
            return replace(chart, rows=chart.rows[start:end])
        case Bars():
            return replace(chart, rows=chart.rows[start:end])
        case Matrix():
            return replace(chart, rows=chart.rows[start:end])
        case Multiples():
            return replace(chart, charts=chart.charts[start:end])
    return chart


def _columns_of(chart: Matrix, count: int) -> tuple[Matrix, Matrix]:
    def cut(start: int, end: int) -> Matrix:
        rows = tuple(MatrixRow(row.label, row.cells[start:end]) for row in chart.rows)
        return replace(chart, columns=chart.columns[start:end], spoken=chart.spoken[start:end], rows=rows)

    return cut(0, count), cut(count, len(chart.columns))
