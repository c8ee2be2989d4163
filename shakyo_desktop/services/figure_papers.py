"""The matrix and the charts on paper, with the facts of the office around them."""

import io
from datetime import date, datetime

from shakyo_desktop.domain.compilation import Arrival
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.figure_charts import DISTRICT, Subject, charts_of, subject_name
from shakyo_desktop.services.matrix import MatrixView
from shakyo_desktop.services.matrix_charts import directions_chart, matrix_chart
from shakyo_desktop.services.statistics import Statistics
from shakyo_desktop.storage.stores import Stores


def matrix_pdf(stores: Stores, view: MatrixView, changes: bool, printed_at: datetime) -> bytes:
    """The matrix, its distribution, the names of its items and the reports it rests on."""
    from shakyo_desktop.documents.pdf.chart_paper import ChartPaper, SourceLine, make_chart_paper

    sources = [line.source for line in view.lines]
    came = [one for one in sources if one.arrival is not Arrival.MISSING]
    data = ChartPaper(
        title="地区 × 取組項目",
        subtitle=f"{view.plan.name}　{fiscal_year_name(view.fiscal_year)}",
        coverage=_coverage(len(came), len(sources), view.table_words()),
        ward=_ward_name(stores),
        fiscal_year=view.fiscal_year,
        printed_at=printed_at,
        charts=(matrix_chart(view, changes=changes), directions_chart(view)),
        names=tuple((str(item.number), item.name) for item in view.plan.items),
        sources=tuple(
            SourceLine(one.name, one.revision, _day(one.received_at), one.manifest or "") for one in sources
        ),
        practice=bool(stores.settings.get("practice", False)),
        form="地区×項目",
    )
    out = io.BytesIO()
    make_chart_paper(data, out)
    return out.getvalue()


def charts_pdf(stores: Stores, stats: Statistics, subject: Subject, printed_at: datetime) -> bytes:
    """The charts of one subject and the reports they rest on."""
    from shakyo_desktop.documents.pdf.chart_paper import ChartPaper, SourceLine, make_chart_paper

    data = ChartPaper(
        title=subject_name(stats, subject),
        subtitle=f"{stats.plan.name}　{fiscal_year_name(stats.fiscal_year)}",
        coverage=_coverage(stats.arrived, len(stats.sources), stats.table_words()),
        ward=_ward_name(stores),
        fiscal_year=stats.fiscal_year,
        printed_at=printed_at,
        charts=charts_of(stats, subject),
        sources=tuple(
            SourceLine(one.name, one.revision, _day(one.received_at), one.manifest or "")
            for one in stats.sources
            if subject.kind != DISTRICT or one.org == subject.key
        ),
        practice=bool(stores.settings.get("practice", False)),
        form="集計・グラフ",
    )
    out = io.BytesIO()
    make_chart_paper(data, out)
    return out.getvalue()


def _coverage(came: int, expected: int, tables: str) -> str:
    """How many reports the paper rests on, and which values are from tables that nobody signed."""
    return "　".join(words for words in (f"報告が届いた地区部会　{came} / {expected}", tables) if words)


def _day(at: datetime | None) -> date | None:
    return at.astimezone(JAPAN).date() if at else None


def _ward_name(stores: Stores) -> str:
    ward = stores.organisations.find(str(stores.settings.get("org", "")))
    return ward.name if ward else ""
