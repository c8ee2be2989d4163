"""The charts of the meeting pack, out of the family that the window draws too."""

from shakyo_desktop.charts.counting import state_segments
from shakyo_desktop.charts.kinds import (
    BarRow,
    Bars,
    Chart,
    Matrix,
    MatrixCell,
    MatrixRow,
    StackedBars,
    StackedRow,
)
from shakyo_desktop.charts.layout import lay_out
from shakyo_desktop.charts.marks import state_mark
from shakyo_desktop.documents.compilation.paper import CompilationPaper, covered
from shakyo_desktop.documents.pdf.charts import UNIT, draw_chart
from shakyo_desktop.documents.pdf.compilation.frame import chapter
from shakyo_desktop.documents.pdf.frame import WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.domain.codes import ImplementationState, Reporter
from shakyo_desktop.domain.compilation import Arrival, SourceReport
from shakyo_desktop.domain.compilation_figures import UNREPORTED, states_by_direction

_HIGHEST = 225.0  # mm; a higher chart begins where it stands and goes on on the next pages
_FIGURES = (
    ("person_times", "延べ参加", "人"),
    ("sessions", "開催回数", "回"),
    ("helpers", "延べ担い手", "人"),
)


def draw_directions(sheets: Sheets, paper: CompilationPaper) -> None:
    """States per direction; a part is one item of one district."""
    counted = states_by_direction(paper.compilation, paper.plan)
    rows = tuple(
        StackedRow(
            f"{one.number} {one.name}", state_segments(counted[one.number], counted[one.number][UNREPORTED])
        )
        for one in paper.plan.directions
    )
    note = "1地区部会の1項目を1と数えます。区事務所が報告する項目は、地区部会が書いたものだけを数えます。"
    _draw(sheets, "施策の方向性ごとの実施状況", StackedBars("", rows, unit="件"), note, level=1)


def draw_matrix(sheets: Sheets, paper: CompilationPaper) -> None:
    """All districts, the missing ones too, by item number."""
    states = {
        (item.number, line.org): line.state for item, rolled in paper.items for line in rolled.districts
    }
    owed = {item.number: item.reporter is Reporter.DISTRICT for item, _ in paper.items}

    def cell(number: int, org: str) -> MatrixCell:
        state: ImplementationState | None = states.get((number, org))
        return MatrixCell(state_mark(state) if state is not None or owed[number] else None)

    rows = tuple(
        MatrixRow(_name(source), tuple(cell(number, source.org) for number in owed))
        for source in paper.compilation.sources
    )
    columns = tuple(str(number) for number in owed)
    _draw(sheets, "地区×取組項目", Matrix("", columns, tuple(item.name for item, _ in paper.items), rows))


def draw_item_charts(sheets: Sheets, paper: CompilationPaper) -> None:
    """States of each item, then the common figures of each item with their coverage."""
    owed = [(item, rolled) for item, rolled in paper.items if item.reporter is Reporter.DISTRICT]
    rows = tuple(
        StackedRow(f"{item.number} {item.name}", state_segments(rolled.states, rolled.unreported))
        for item, rolled in owed
    )
    _draw(sheets, "取組項目ごとの実施状況", StackedBars("", rows))
    for code, label, unit in _FIGURES:
        sums = [(item, next((s for s in rolled.sums if s.code == code), None)) for item, rolled in owed]
        bars = tuple(
            BarRow(f"{item.number} {item.name}", one.total, covered(one.stated, one.expected))
            for item, one in sums
            if one is not None
        )
        note = "数字のうしろは、数えた地区部会の数です。"
        _draw(sheets, f"取組項目ごとの{label}", Bars("", unit, bars), note)


def _draw(sheets: Sheets, title: str, chart: Chart, note: str = "", level: int = 0) -> None:
    """A chart under its title, both on one page where a page can hold them."""
    height = lay_out(chart, WIDTH / UNIT).height * UNIT
    chapter(sheets, title, min(height + 12, _HIGHEST), level=level)
    if note:
        sheets.paragraph(note)
        sheets.y += 1
    draw_chart(sheets, chart)


def _name(source: SourceReport) -> str:
    return f"{source.name}（未着）" if source.arrival is Arrival.MISSING else source.name
