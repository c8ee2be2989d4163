"""The charts of the meeting pack, out of the family that the window draws too."""

from shakyo_desktop.charts.counting import state_segments
from shakyo_desktop.charts.kinds import BarRow, Bars, Matrix, MatrixCell, MatrixRow, StackedBars, StackedRow
from shakyo_desktop.charts.marks import state_mark
from shakyo_desktop.documents.compilation.paper import CompilationPaper, covered
from shakyo_desktop.documents.pdf.charts import draw_chart
from shakyo_desktop.documents.pdf.compilation.frame import chapter
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.domain.codes import ImplementationState, Reporter
from shakyo_desktop.domain.compilation import Arrival, SourceReport
from shakyo_desktop.domain.compilation_figures import UNREPORTED, states_by_direction

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
    chapter(sheets, "施策の方向性ごとの実施状況", 60, level=1)
    sheets.paragraph("地区部会と取組項目の組の数です（1地区部会の1項目を1と数えます）。")
    draw_chart(sheets, StackedBars("", rows, unit="件"))


def draw_matrix(sheets: Sheets, paper: CompilationPaper) -> None:
    """All districts, the missing ones too, by item number."""
    chapter(sheets, "地区×取組項目", 60)
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
    draw_chart(sheets, Matrix("", columns, tuple(item.name for item, _ in paper.items), rows))


def draw_item_charts(sheets: Sheets, paper: CompilationPaper) -> None:
    """States of each item, then the common figures of each item with their coverage."""
    chapter(sheets, "取組項目ごとの実施状況", 60)
    owed = [(item, rolled) for item, rolled in paper.items if item.reporter is Reporter.DISTRICT]
    rows = tuple(
        StackedRow(f"{item.number} {item.name}", state_segments(rolled.states, rolled.unreported))
        for item, rolled in owed
    )
    draw_chart(sheets, StackedBars("", rows))
    for code, label, unit in _FIGURES:
        chapter(sheets, f"取組項目ごとの{label}", 60)
        sheets.paragraph("数字のうしろは、数えた地区部会の数です。")
        sums = [(item, next((s for s in rolled.sums if s.code == code), None)) for item, rolled in owed]
        bars = tuple(
            BarRow(f"{item.number} {item.name}", one.total, covered(one.stated, one.expected))
            for item, one in sums
            if one is not None
        )
        draw_chart(sheets, Bars("", unit, bars))


def _name(source: SourceReport) -> str:
    return f"{source.name}（未着）" if source.arrival is Arrival.MISSING else source.name
