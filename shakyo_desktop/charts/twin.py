"""A chart's values as a table and as words: the same numbers for whoever does not read pictures."""

from dataclasses import dataclass

from shakyo_desktop.charts.frames import NO_DATA, number_words, tenths_words
from shakyo_desktop.charts.kinds import (
    Bars,
    Chart,
    Columns,
    Lines,
    Matrix,
    MatrixCell,
    Multiples,
    StackedBars,
)
from shakyo_desktop.charts.layout import lay_out

_ANY_WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class Twin:
    """A table of words; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of(chart: Chart) -> Twin:
    """Return the chart's table; a missing value is 「データなし」 there too."""
    match chart:
        case StackedBars():
            return _stacked_table(chart)
        case Bars():
            return _bars_table(chart)
        case Lines():
            return _lines_table(chart)
        case Columns():
            rows = ((name, chart.value_words(at)) for at, name in enumerate(chart.categories))
            return Twin(("月", chart.title), tuple(rows))
        case Matrix():
            rows_of = ((row.label, *map(_cell_words, row.cells)) for row in chart.rows)
            return Twin(("地区部会", *chart.columns), tuple(rows_of))
        case Multiples():
            return _joined([(one.title, table_of(one)) for one in chart.charts])


def words_of(chart: Chart) -> str:
    """The whole chart as text, a line for each value: what a screen reader is told about the picture."""
    return "\n".join(stop.words for stop in lay_out(chart, _ANY_WIDTH).stops) or NO_DATA


def _stacked_table(chart: StackedBars) -> Twin:
    marks = list(dict.fromkeys(one.mark for row in chart.rows for one in row.segments))
    own = (chart.own_title,) if chart.own_title else ()
    rows = []
    for row in chart.rows:
        counts = {one.mark: one.count for one in row.segments}
        total = sum(counts.values())
        cells = [str(counts.get(mark, 0)) if total or row.nothing else NO_DATA for mark in marks]
        mine = (row.own.words if row.own else "",) if own else ()
        rows.append((row.spoken or row.label, *mine, *cells, str(total)))
    headings = ("名前", *own, *(f"{mark.symbol} {mark.words}".strip() for mark in marks), "計")
    return Twin(headings, tuple(rows))


def _bars_table(chart: Bars) -> Twin:
    with_reference = any(row.reference is not None for row in chart.rows) or bool(chart.reference_words)
    with_note = any(row.note for row in chart.rows)
    headings = ["名前", "値", *(["平均"] if with_reference else []), *(["報告した数"] if with_note else [])]
    rows = []
    for row in chart.rows:
        cells = [row.label, number_words(row.value, chart.unit)]
        if with_reference:
            cells.append(NO_DATA if row.reference is None else tenths_words(row.reference, chart.unit))
        rows.append((*cells, *([row.note] if with_note else [])))
    return Twin(tuple(headings), tuple(rows))


def _lines_table(chart: Lines) -> Twin:
    notes = chart.notes or ("",) * len(chart.categories)
    rows = [
        (name, *(number_words(one.values[at], chart.unit) for one in chart.series), notes[at])
        for at, name in enumerate(chart.spoken or chart.categories)
    ]
    headings = ("年度", *(one.name for one in chart.series), "報告した数")
    if not any(notes):
        return Twin(headings[:-1], tuple(row[:-1] for row in rows))
    return Twin(headings, tuple(rows))


def _joined(tables: list[tuple[str, Twin]]) -> Twin:
    longest = max((table for _, table in tables), key=lambda table: len(table.headings), default=Twin((), ()))
    width = len(longest.headings)
    rows = [(name, *row, *("",) * (width - len(row))) for name, table in tables for row in table.rows]
    return Twin(("図", *longest.headings), tuple(rows))


def _cell_words(cell: MatrixCell) -> str:
    return cell.words or (cell.mark.words if cell.mark else "")
