"""The matrix as charts: its marks for paper, and the distribution per 施策の方向性 that stands below it."""

from collections import Counter

from shakyo_desktop.charts.counting import state_segments
from shakyo_desktop.charts.kinds import Matrix, MatrixCell, MatrixRow, StackedBars, StackedRow
from shakyo_desktop.charts.marks import state_mark
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.state_changes import state_change
from shakyo_desktop.services.matrix import MatrixView, State, is_expected

_NOBODY = "地区部会が報告する項目はありません"


def matrix_chart(view: MatrixView, *, changes: bool) -> Matrix:
    """The matrix for paper; ``changes`` puts the difference to the year before into every cell."""
    items = view.plan.items
    rows = tuple(
        MatrixRow(
            line.name,
            tuple(
                _cell(item, state, before, changes)
                for item, state, before in zip(items, line.states, line.earlier, strict=True)
            ),
        )
        for line in view.lines
    )
    names = tuple(f"{item.number} {item.name}" for item in items)
    title = "地区 × 取組項目（前年度とのちがい）" if changes else "地区 × 取組項目"
    return Matrix(title, tuple(str(item.number) for item in items), names, rows)


def directions_chart(view: MatrixView, *, short: bool = False) -> StackedBars:
    """How the cells of every 施策の方向性 are distributed; what nobody reported is counted as such.

    ``short`` is for below the matrix, which has the legend already.
    """
    rows = []
    for direction in view.plan.directions:
        places = [at for at, item in enumerate(view.plan.items) if item.direction == direction.number]
        cells = [(view.plan.items[at], line.states[at]) for line in view.lines for at in places]
        counts = Counter(state.value for _, state in cells if state is not None)
        missing = sum(1 for item, state in cells if state is None and is_expected(item))
        name = f"{direction.number} {direction.name}"
        label = f"施策の方向性 {direction.number}" if short else name
        rows.append(StackedRow(label, state_segments(counts, missing), spoken=name, nothing=_NOBODY))
    title = "" if short else "施策の方向性ごとの実施状況"
    return StackedBars(title, tuple(rows), unit="件", legend=not short)


def _cell(item: Item, state: State, before: State, changes: bool) -> MatrixCell:
    if state is None and not is_expected(item):
        return MatrixCell(None)
    mark = state_mark(state)
    if not changes:
        return MatrixCell(mark)
    change = state_change(state, before)
    words = f"{mark.words}、{change.words}" if change.words else mark.words
    return MatrixCell(mark, change.sign, words)
