"""The matrix for other programs: a sheet as it is seen, and a list with one row per cell and its source."""

from collections.abc import Iterator

from shakyo_desktop.charts.marks import state_mark
from shakyo_desktop.domain.compilation import SourceReport
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.state_changes import state_change
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.matrix import MatrixView, State, is_expected

LIST_HEADINGS = (
    "年度",
    "計画",
    "地区部会コード",
    "地区部会",
    "項目番号",
    "取組項目",
    "実施状況コード",
    "実施状況",
    "前年度の実施状況",
    "前年度とのちがい",
    "版",
    "受取日",
    "報告の番号",
    "書きかえ防止の印",
)


def matrix_workbook(view: MatrixView) -> bytes:
    """An .xlsx file with the matrix, the list of its cells and the names of the items."""
    from shakyo_desktop.documents.excel_table import SheetContent, write_workbook

    items = view.plan.items
    rows = [
        (
            line.org,
            line.name,
            *(cell_words(item, state) for item, state in zip(items, line.states, strict=True)),
        )
        for line in view.lines
    ]
    directions = {one.number: one.name for one in view.plan.directions}
    names = [(one.number, one.name, directions.get(one.direction, ""), one.reporter.label) for one in items]
    numbers = tuple(str(item.number) for item in items)
    return write_workbook(
        [
            SheetContent("地区×項目", ("コード", "地区部会", *numbers), rows, (14, 28, *(10 for _ in items))),
            SheetContent("一覧", LIST_HEADINGS, list(_cells(view)), (8, 20, 14, 28, 10, 36)),
            SheetContent(
                "取組項目", ("番号", "取組項目", "施策の方向性", "報告する人"), names, (8, 44, 44, 14)
            ),
        ]
    )


def matrix_csv(view: MatrixView) -> bytes:
    """The list of cells as CSV (UTF-8 with a byte order mark); what nobody reported is 未報告, never 0."""
    from shakyo_desktop.documents.csv_table import write_csv

    return write_csv(LIST_HEADINGS, _cells(view)).data


def cell_words(item: Item, state: State) -> str:
    """実施, 未報告, or nothing where nothing is expected."""
    if state is None and not is_expected(item):
        return ""
    return state_mark(state).words


def _cells(view: MatrixView) -> Iterator[tuple[object, ...]]:
    for line in view.lines:
        for item, state, before in zip(view.plan.items, line.states, line.earlier, strict=True):
            yield (
                str(view.fiscal_year),
                view.plan.name,
                line.org,
                line.name,
                str(item.number),
                item.name,
                state.value if state else "",
                cell_words(item, state),
                before.label if before else "",
                state_change(state, before).words,
                *(("表から", "", "", "") if line.from_table else _source_cells(line.source)),
            )


def _source_cells(source: SourceReport) -> tuple[object, ...]:
    received = source.received_at.astimezone(JAPAN).date().isoformat() if source.received_at else ""
    revision = source.revision if source.revision is not None else ""
    return revision, received, source.package_id or "", source.manifest or ""
