"""報告の写し: a whole report on paper, item by item, for the 部会長 to read and the district to keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.report_item import ItemRecords, draw_item
from shakyo_desktop.documents.pdf.tables import Column, Field, field_row, listing
from shakyo_desktop.documents.pdf.wording import count_text
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.totals import sort_day

FORM = "報告の写し"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCopyData:
    """One district's fiscal year. ``revision`` is None for a report that was not handed in yet.

    Deleted activities and practices are not printed. ``printed_at`` is UTC.
    """

    org_code: str
    org_name: str
    fiscal_year: int
    records: YearRecords
    plans: tuple[Plan, ...]
    printed_at: datetime
    stage: Stage | None = None
    revision: int | None = None
    practice: bool = False


def make_report_copy(data: ReportCopyData, out: BinaryIO) -> PrintedDocument:
    """Write the report as a PDF: a list of all items, then each item with its texts and its diary.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    year = fiscal_year_name(data.fiscal_year)
    sheets = Sheets(
        Frame(
            title=f"{FORM} {data.org_name} {year}",
            form=FORM,
            district=data.org_name,
            fiscal_year=year,
            author=data.org_name,
            made_at=data.printed_at,
            practice=data.practice,
            qr=f"SHAKYO/COPY/1/{data.org_code}/{data.fiscal_year}/{data.revision or 0}",
        )
    )
    _head(sheets, data, year)
    for plan in data.plans:
        _overview(sheets, data, plan)
    for plan in data.plans:
        for item in plan.items:
            records = _records_of(data.records, plan, item)
            if not records.blank:
                draw_item(sheets, records, data.records.photos)
    return sheets.finish(out)


def _head(sheets: Sheets, data: ReportCopyData, year: str) -> None:
    sheets.text(105, sheets.y + 9, FORM, size=22, bold=True, align="centre")
    sheets.y += 18
    field_row(
        sheets,
        [Field("地区部会", f"{data.org_name}（{data.org_code}）", "地区部会の名前", size=14, bold=True)],
        height=11,
    )
    revision = f"第{data.revision}版" if data.revision else "まだ提出していません"
    if data.stage:
        revision = f"{data.stage.label}　{revision}"
    field_row(
        sheets,
        [
            Field("年度", year, bold=True),
            Field("版", revision, share=1.2, label_width=18),
        ],
    )
    field_row(sheets, [Field("印刷した日時", era_timestamp(data.printed_at))])
    sheets.y += 5


def _overview(sheets: Sheets, data: ReportCopyData, plan: Plan) -> None:
    sheets.need(40)
    sheets.bookmark(plan.name)
    for line in sheets.lines(plan.name, WIDTH, 13, True, "計画の名前"):
        sheets.set_line(LEFT, sheets.y + 4.5, line, 13, True, "left")
        sheets.y += 7
    columns = (
        Column("番号", 11, "right"),
        Column("取組項目", 71, typed="取組項目の名前"),
        Column("実施状況", 21),
        Column("自己評価", 49, typed="評価の言葉"),
        Column("延べ参加", 20, "right"),
    )
    listing(sheets, columns, _overview_rows(data, plan), "取組項目の一覧")
    sheets.y += 6


def _overview_rows(data: ReportCopyData, plan: Plan) -> Iterator[tuple[str, ...]]:
    for item in plan.items:
        records = _records_of(data.records, plan, item)
        times = count_text(records.totals.get("person_times"), "人")
        yield (str(item.number), records.name, records.state_words, records.rating, times)


def _records_of(year: YearRecords, plan: Plan, item: Item) -> ItemRecords:
    """What is about one item; what lies in the bin is left out."""
    key = (plan.id, item.number)
    activities = [a for a in year.activities if (a.plan_id, a.item_number) == key and a.deleted_at is None]
    return ItemRecords(
        plan,
        item,
        next((one for one in year.item_statuses if (one.plan_id, one.item_number) == key), None),
        tuple(sorted(activities, key=sort_day)),
        tuple(p for p in year.good_practices if (p.plan_id, p.item_number) == key and p.deleted_at is None),
    )
