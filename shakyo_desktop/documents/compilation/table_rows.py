"""The figures of a compilation as tidy rows: one row per district, item and measure, one value per cell.

A measure is the state, the self rating, a figure or a text. A district whose report is missing has its
rows too, with empty values: a blank is not 0.
"""

from collections.abc import Iterator, Mapping

from shakyo_desktop.documents.compilation.paper import CompilationPaper, arrival_words, received_iso
from shakyo_desktop.domain.codes import Reporter, Support
from shakyo_desktop.domain.compilation import DistrictLine, ItemRollUp, SourceReport
from shakyo_desktop.domain.labels import rating_words
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.domain.totals import effective_totals, total_specs

MAPPED = "（うち、ほかの計画から）"
STATE, RATING, SUPPORT = "state", "self_rating", "needs_support"
_TEXTS = {
    "state_reason": "休止・対象外の理由",
    "rating_reason": "評価しない理由",
    "outcome": "成果",
    "challenge": "課題",
    "next_plan": "次年度に向けて",
}

DATA_HEADINGS = (
    "地区コード",
    "地区部会",
    "到着",
    "報告の版",
    "項目番号",
    "取組項目",
    "指標コード",
    "指標",
    "単位",
    "数値",
    "選択肢コード",
    "言葉",
)
"""数値 is a whole number or empty; 選択肢コード and 言葉 belong to measures that are no figure."""

VERSION_HEADINGS = (
    "区コード",
    "区",
    "年度",
    "計画コード",
    "計画",
    "取りまとめの版",
    "取りまとめ日時",
    "対象の地区部会数",
    "報告のある地区部会数",
    "未確定の報告数",
    "出典の印",
)
"""What a table without a sheet of its sources says in every row."""

SOURCE_HEADINGS = ("受取日", "確定", "書きかえ防止の印", "合わせた版の印")

Cells = tuple[object, ...]
_Line = DistrictLine | ItemStatus


def data_rows(paper: CompilationPaper) -> Iterator[Cells]:
    """The rows under ``DATA_HEADINGS``: items in the order of the plan, districts in that of the roster."""
    for _source, row in _all_rows(paper):
        yield row


def plain_table(paper: CompilationPaper) -> tuple[tuple[str, ...], Iterator[Cells]]:
    """Headings and rows of the table that stands alone: every row names its version and its source."""
    version = _version_cells(paper)
    rows = ((*version, *row, *_source_cells(source)) for source, row in _all_rows(paper))
    return (*VERSION_HEADINGS, *DATA_HEADINGS, *SOURCE_HEADINGS), rows


def _all_rows(paper: CompilationPaper) -> Iterator[tuple[SourceReport | None, Cells]]:
    for item, rolled in paper.items:
        lines = {line.org: line for line in rolled.districts}
        for source in paper.compilation.sources:
            line = lines.get(source.org, DistrictLine(org=source.org))
            if item.reporter is Reporter.WARD_OFFICE and line == DistrictLine(org=source.org):
                continue  # a district owes nothing here
            head = (source.org, source.name, arrival_words(source), source.revision)
            for cells in (*_measures(item, line, line.totals, paper.plan), *_mapped(item, line)):
                yield source, (*head, item.number, item.name, *cells)
        for cells in _ward_measures(item, rolled, paper.plan):
            head = (paper.compilation.ward, paper.ward_name, "区事務所", None)
            yield None, (*head, item.number, item.name, *cells)


def _ward_measures(item: Item, rolled: ItemRollUp, plan: Plan) -> Iterator[Cells]:
    status = rolled.ward_status
    if status is not None:
        yield from _measures(item, status, effective_totals(status, status.counted_totals), plan)


def _measures(item: Item, line: _Line, totals: Mapping[str, int], plan: Plan) -> Iterator[Cells]:
    """指標コード, 指標, 単位, 数値, 選択肢コード, 言葉 of everything one body says about an item."""
    state, rating = line.state, line.self_rating
    yield (STATE, "実施状況", None, None, state, state.label if state else None)
    yield (RATING, "自己評価", None, None, rating, rating_words(rating, plan) if rating else None)
    for spec in total_specs(item):
        yield (spec.code, spec.label, spec.unit, totals.get(spec.code), None, None)
    for name, label in _TEXTS.items():
        yield (name, label, None, None, None, getattr(line, name) or None)
    for support in Support:
        needed = support.value in line.needs_support
        yield (
            f"{SUPPORT}.{support.value}",
            f"必要な支援（{support.label}）",
            None,
            1 if needed else None,
            None,
            None,
        )


def _mapped(item: Item, line: DistrictLine) -> Iterator[Cells]:
    """What of the figures came from items of other plans, under codes of its own so that nothing adds it."""
    for spec in total_specs(item):
        if spec.code in line.mapped:
            label = f"{spec.label}{MAPPED}"
            yield (f"mapped.{spec.code}", label, spec.unit, line.mapped[spec.code], None, None)


def _version_cells(paper: CompilationPaper) -> Cells:
    compilation, counts = paper.compilation, paper.coverage
    return (
        compilation.ward,
        paper.ward_name,
        compilation.fiscal_year,
        compilation.plan_id,
        paper.plan.name,
        compilation.version,
        paper.made_iso,
        counts.expected,
        counts.arrived,
        counts.unconfirmed,
        paper.mark,
    )


def _source_cells(source: SourceReport | None) -> Cells:
    if source is None or source.manifest is None:
        return (None,) * len(SOURCE_HEADINGS)
    return (received_iso(source), source.confirmed, source.manifest, " ".join(source.joined) or None)
