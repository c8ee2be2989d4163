"""The sheets of a compilation's workbook: one heading row each, one value per cell, codes as text."""

from collections.abc import Callable, Iterator

from shakyo_desktop.documents.compilation.paper import (
    NOT_REPORTED,
    CompilationPaper,
    arrival_words,
    rating_columns,
    received_iso,
    state_columns,
)
from shakyo_desktop.documents.compilation.table_rows import DATA_HEADINGS, data_rows
from shakyo_desktop.documents.excel_table import SheetContent
from shakyo_desktop.domain.compilation import CoveredSum, FindingScope, ItemRollUp
from shakyo_desktop.domain.compilation_figures import NEVER_ADDED, UNREPORTED, states_by_direction
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.totals import total_specs

ITEMS, DIRECTIONS, DATA = "項目別", "方向性別", "データ"
ITEM_FIGURES = (("sessions", "開催回数"), ("person_times", "延べ参加"), ("helpers", "延べ担い手"))
"""The figures in ``ITEMS``, four columns each: this year, its districts, last year, its districts."""

FIRST_STATE = 6
"""The column (from 1) of the first state in ``ITEMS``; the other states and 未報告 follow."""

FIRST_FIGURE = FIRST_STATE + len(state_columns()) + 1

JOINED = "合わせた版"
Row = tuple[object, ...]


def summary_sheet(paper: CompilationPaper) -> SheetContent:
    """What the workbook is about: version, date, coverage, mark of the sources, the council's word."""
    compilation, counts, council = paper.compilation, paper.coverage, paper.compilation.council
    rows: list[Row] = [
        ("区コード", compilation.ward),
        ("区", paper.ward_name),
        ("計画コード", compilation.plan_id),
        ("計画", paper.plan.name),
        ("年度", compilation.fiscal_year),
        ("版", compilation.version),
        ("取りまとめ日時", paper.made_iso),
        ("取りまとめた人", compilation.compiled_by),
        ("対象の地区部会数", counts.expected),
        ("報告のある地区部会数", counts.arrived),
        ("うち期限後", counts.late),
        ("未着", counts.missing),
        ("うち未確定の報告", counts.unconfirmed),
        ("未確定の報告を含む", paper.has_unconfirmed),
        ("出典の印", paper.mark),
        ("推進協議会の日", council.held_on.isoformat() if council.held_on else council.unread.get("held_on")),
        ("推進協議会の出席", council.attendance),
        ("推進協議会の検証", council.verification),
        ("検証済み", council.approved),
        ("練習用", paper.practice),
        *_from_tables(paper),
        ("空いているセル", "報告がないところです。0ではありません。"),
        (
            "検算のシート",
            "データのシートから計算し直した値です。Excelで「編集を有効にする」を押すと計算されます。",
        ),
    ]
    return SheetContent("概要", ("見出し", "値"), rows, (26, 80))


def _from_tables(paper: CompilationPaper) -> list[Row]:
    """How many districts' last year no signed report stands behind; nothing where there is none."""
    earlier = (rolled.last_year for _, rolled in paper.items if rolled.last_year)
    most = max((one.from_tables for one in earlier), default=0)
    return [("前年度の値を表から入れた地区部会数", most)] if most else []


def items_sheet(paper: CompilationPaper) -> SheetContent:
    """One row per item: distributions, common figures with their districts, last year."""
    states = [label for _, label in state_columns()]
    figures = [
        f"{year}{label}{what}"
        for _, label in ITEM_FIGURES
        for year in ("", "前年度の")
        for what in ("", "の地区部会数")
    ]
    ratings = [words for _, words in rating_columns(paper.plan)]
    headings = ("項目番号", "取組項目", "方向性番号", "重点", "報告する人")
    rows = [_item_row(paper, item, rolled) for item, rolled in paper.items]
    widths = (10, 34, 10, 8, 12)
    return SheetContent(ITEMS, (*headings, *states, NOT_REPORTED, *figures, *ratings), rows, widths)


def sums_sheet(paper: CompilationPaper) -> SheetContent:
    """One row per item and figure; a figure that may not be added has no total."""
    headings = (
        *(
            "項目番号",
            "取組項目",
            "指標コード",
            "指標",
            "単位",
            "合計",
            "数えた地区部会数",
            "対象の地区部会数",
        ),
        *("前年度の合計", "前年度に数えた地区部会数", "前年度の対象の地区部会数"),
    )
    rows = [row for item, rolled in paper.items for row in _sum_rows(item, rolled)]
    return SheetContent("合計", headings, rows, (10, 34, 16, 16, 8))


def directions_sheet(paper: CompilationPaper) -> SheetContent:
    """One row per direction: districts × items by state."""
    counted = states_by_direction(paper.compilation, paper.plan)
    codes = (*(code for code, _ in state_columns()), UNREPORTED)
    rows: list[Row] = [
        (one.number, one.name, *(counted[one.number][code] for code in codes))
        for one in paper.plan.directions
    ]
    states = [label for _, label in state_columns()]
    return SheetContent(DIRECTIONS, ("方向性番号", "施策の方向性", *states, NOT_REPORTED), rows, (10, 44))


def matrix_sheet(paper: CompilationPaper) -> SheetContent:
    """One row per district, a column per item with the state in words."""
    states = {
        (line.org, item.number): line.state.label
        for item, rolled in paper.items
        for line in rolled.districts
        if line.state is not None
    }
    rows: list[Row] = [
        (one.org, one.name, *(states.get((one.org, item.number)) for item, _ in paper.items))
        for one in paper.compilation.sources
    ]
    items = (f"{item.number} {item.name}" for item, _ in paper.items)
    return SheetContent("地区×項目", ("地区コード", "地区部会", *items), rows, (14, 26))


def data_sheet(paper: CompilationPaper) -> SheetContent:
    """One row per district, item and measure."""
    return SheetContent(
        DATA, DATA_HEADINGS, tuple(data_rows(paper)), (14, 26, 12, 8, 8, 30, 18, 18, 8, 10, 14, 44)
    )


def words_sheet(paper: CompilationPaper) -> SheetContent:
    """The ward's own words, about the whole, the directions and the items."""
    names = {(FindingScope.DIRECTION, one.number): one.name for one in paper.plan.directions}
    names |= {(FindingScope.ITEM, one.number): one.name for one in paper.plan.items}
    rows: list[Row] = [
        (
            *(one.scope.label, one.number or None, names.get((one.scope, one.number))),
            *(one.outcome or None, one.challenge or None, one.approach or None),
        )
        for one in paper.compilation.findings
    ]
    return SheetContent(
        "区の言葉", ("対象", "番号", "名前", "成果", "課題", "進め方"), rows, (14, 8, 34, 40, 40, 40)
    )


def practices_sheet(paper: CompilationPaper) -> SheetContent:
    """The good practices that may be shared."""
    rows: list[Row] = [
        (
            *(item.number, item.name, one.org, paper.name_of(one.org), one.title, one.story),
            *(one.shared_title, one.shared_story),
        )
        for item, rolled in paper.items
        for one in rolled.practices
    ]
    headings = ("項目番号", "取組項目", "地区コード", "地区部会", "題名", "内容", "区の題名", "区の内容")
    return SheetContent("成果事例", headings, rows, (10, 34, 14, 26, 30, 80, 30, 80))


def sources_sheet(paper: CompilationPaper) -> SheetContent:
    """Every expected district with the signed report its figures come from, a row for each joined version."""
    rows: list[Row] = []
    for one in paper.compilation.sources:
        rows.append(
            (
                *(
                    one.org,
                    one.name,
                    arrival_words(one),
                    one.stage.label if one.stage else None,
                    one.revision,
                ),
                *(received_iso(one) or None, one.confirmed if one.manifest else None),
                *(one.package_id, one.manifest),
            )
        )
        rows += [(one.org, one.name, JOINED, *(None,) * 5, manifest) for manifest in one.joined]
    headings = (
        *("地区コード", "地区部会", "到着", "報告の種類", "報告の版", "受取日", "確定"),
        *("提出ファイルの番号", "書きかえ防止の印"),
    )
    return SheetContent("出典", headings, rows, (14, 26, 18, 14, 10, 14, 8, 40, 70))


SHEETS: tuple[Callable[[CompilationPaper], SheetContent], ...] = (
    *(summary_sheet, directions_sheet, items_sheet, sums_sheet, matrix_sheet),
    *(words_sheet, practices_sheet, data_sheet, sources_sheet),
)


def _item_row(paper: CompilationPaper, item: Item, rolled: ItemRollUp) -> Row:
    sums = {one.code: one for one in rolled.sums}
    before = {one.code: one for one in rolled.last_year.sums} if rolled.last_year else {}
    figures = [
        value for code, _ in ITEM_FIGURES for year in (sums, before) for value in _stated(year.get(code))
    ]
    return (
        *(item.number, item.name, item.direction, item.priority, item.reporter.label),
        *(rolled.states.get(code, 0) for code, _ in state_columns()),
        rolled.unreported,
        *figures,
        *(rolled.ratings.get(code, 0) for code, _ in rating_columns(paper.plan)),
    )


def _stated(one: CoveredSum | None) -> tuple[int | None, int | None]:
    return (one.total, one.stated) if one is not None else (None, None)


def _sum_rows(item: Item, rolled: ItemRollUp) -> Iterator[Row]:
    before = {one.code: one for one in rolled.last_year.sums} if rolled.last_year else {}
    for one in rolled.sums:
        earlier = before.get(one.code)
        counts = (earlier.total, earlier.stated, earlier.expected) if earlier else (None, None, None)
        label = f"{one.label}（足しません）" if one.code == NEVER_ADDED else one.label
        yield (
            *(item.number, item.name, one.code, label, one.unit),
            *(one.total, one.stated, one.expected, *counts),
        )
    for source in rolled.mapped:
        for spec in total_specs(item):
            if spec.code in source.totals:
                label = f"{spec.label}（うち「{source.plan_name}」{source.item_number} から）"
                figures = (source.totals[spec.code], source.districts, None, None, None, None)
                yield (item.number, item.name, f"mapped.{spec.code}", label, spec.unit, *figures)
