"""Charts on A4: what they are about, how much they cover, and the signed reports they rest on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from shakyo_desktop.charts.kinds import Chart
from shakyo_desktop.documents.pdf.charts import draw_chart
from shakyo_desktop.documents.pdf.frame import LEFT, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, listing
from shakyo_desktop.documents.pdf.wording import manifest_short
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_timestamp, short_era_date
from shakyo_desktop.domain.fiscal_year import fiscal_year_name

_NAMES = (Column("番号", 16, "right"), Column("取組項目", 156, typed="計画の文"))
_SOURCES = (
    Column("地区部会", 66, typed="地区部会の名前"),
    Column("版", 20, "centre"),
    Column("受取日", 30, "centre"),
    Column("書きかえ防止の印", 56),
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A district's report; everything but the name is empty while it has not come. ``manifest`` is hex."""

    name: str
    revision: int | None
    received_on: date | None
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPaper:
    """``names`` are the numbers that stand on the charts with their meaning; ``printed_at`` is UTC."""

    title: str
    subtitle: str
    coverage: str
    ward: str
    fiscal_year: int
    printed_at: datetime
    charts: tuple[Chart, ...]
    form: str
    names: tuple[tuple[str, str], ...] = ()
    sources: tuple[SourceLine, ...] = ()
    practice: bool = False


def make_chart_paper(data: ChartPaper, out: BinaryIO) -> PrintedDocument:
    """Write the charts, the names and the sources, over as many pages as they take.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    year = fiscal_year_name(data.fiscal_year)
    sheets = Sheets(
        Frame(
            title=f"{data.form} {data.title} {data.ward} {year}",
            form=data.form,
            district=data.ward,
            fiscal_year=year,
            author=data.ward,
            made_at=data.printed_at,
            practice=data.practice,
        )
    )
    _head(sheets, data)
    for chart in data.charts:
        sheets.bookmark(chart.title)
        draw_chart(sheets, chart)
    if data.names:
        _begin_list(sheets, "図の番号")
        listing(sheets, _NAMES, data.names, "図の番号")
    if data.sources:
        _begin_list(sheets, "もとになった報告")
        listing(sheets, _SOURCES, map(_source_row, data.sources), "もとになった報告")
    return sheets.finish(out)


def _head(sheets: Sheets, data: ChartPaper) -> None:
    for line in sheets.lines(data.title, 172, 18, True, "題"):
        sheets.set_line(LEFT, sheets.y + 7, line, 18, True, "left")
        sheets.y += 9
    sheets.y += 1
    for words, typed in (
        (data.subtitle, "計画の名前"),
        (f"{data.coverage}　印刷した日時　{era_timestamp(data.printed_at)}", ""),
        ("報告のない所は斜線です。0 ではありません。", ""),
    ):
        sheets.paragraph(words, typed=typed)
    sheets.y += 4


def _begin_list(sheets: Sheets, title: str) -> None:
    sheets.need(30)
    sheets.y += 4
    sheets.text(LEFT, sheets.y + 4, title, size=12, bold=True)
    sheets.bookmark(title)
    sheets.y += 6.5


def _source_row(one: SourceLine) -> tuple[str, str, str, str]:
    if one.received_on is None:
        return one.name, "未着", "", ""
    revision = f"第{one.revision}版" if one.revision is not None else ""
    return one.name, revision, short_era_date(one.received_on), manifest_short(one.manifest)
