"""A ward's PDF of twelve districts and a district's forms of a year, against bare reportlab."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from shakyo_desktop import paths
from shakyo_desktop.documents.pdf import page
from shakyo_desktop.documents.pdf.compilation.meeting_pack import make_meeting_pack
from shakyo_desktop.documents.pdf.compilation.summary_table import make_summary_table
from shakyo_desktop.documents.pdf.form_sheet import FormSheetData, make_form
from shakyo_desktop.documents.pdf.marks import TextMark
from shakyo_desktop.domain.codes import Assembly
from shakyo_desktop.domain.forms.activity_sheet import ROWS, activity_sheet
from shakyo_desktop.domain.forms.monthly_sheet import monthly_sheet
from shakyo_desktop.domain.forms.report_form import report_form
from shakyo_desktop.domain.forms.values import Cover, form_values
from shakyo_desktop.domain.forms.watch_sheet import watch_sheet
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import YearRecords
from tests.bench.measuring import Row, compare
from tests.documents.compilations import paper
from tests.factories import DISTRICT, FISCAL_YEAR, NOW, make_activity, make_plan, make_status

DISTRICTS = 12
REPEATS = 5
ACTIVITIES = 60
GOAL = 3
_YARDSTICK = "BenchGothic"


def paper_rows() -> list[Row]:
    """One row per printed document."""
    data = paper(DISTRICTS, 2)
    districts = f"{DISTRICTS} districts"
    return [
        _row("区取りまとめ表", make_summary_table, data, districts),
        _row("協議会資料", make_meeting_pack, data, districts),
        _row("F1 to F4, filled", _make_forms, _forms(), "a district's year"),
    ]


def _forms() -> list[FormSheetData]:
    """Every form of a year with its records, last year's beside them, and a full diary."""
    plan, cover = make_plan(), Cover("みほん 太郎", date(FISCAL_YEAR, 11, 26), Assembly.AFTER)
    years = [_year(plan, year) for year in (FISCAL_YEAR, FISCAL_YEAR - 1)]
    layouts = (
        activity_sheet(FISCAL_YEAR, -(-ACTIVITIES // ROWS)),
        monthly_sheet(plan, FISCAL_YEAR),
        watch_sheet(plan, FISCAL_YEAR),
        report_form(plan, FISCAL_YEAR),
    )
    return [
        FormSheetData(
            layout=layout,
            values=form_values(layout, plan, records=years[0], last_year=years[1], cover=cover),
            org_code=DISTRICT,
            org_name="みほん東地区部会",
            office_name="みほん区",
            printed_at=NOW,
        )
        for layout in layouts
    ]


def _year(plan: Plan, year: int) -> YearRecords:
    statuses = tuple(make_status(item.number, fiscal_year=year) for item in plan.items)
    days = [date(year, 4, 1) + timedelta(days=3 * number) for number in range(ACTIVITIES)]
    diary = tuple(
        make_activity(8, fiscal_year=year, held_on=day, content=f"{number}回目の集まりで歌いました。")
        for number, day in enumerate(days)
    )
    months = tuple(make_activity(6, fiscal_year=year, month=f"{year}-{month:02d}") for month in range(4, 13))
    return YearRecords(DISTRICT, year, statuses, diary + months)


def _make_forms(forms: list[FormSheetData], out: BinaryIO) -> None:
    for form in forms:
        make_form(form, out)


def _row(name: str, make: Callable[..., object], data: object, of: str) -> Row:
    pages = _strings(make, data)
    count = sum(len(strings) for strings in pages)
    ours, theirs = compare(lambda: make(data, io.BytesIO()), lambda: _draw(pages), REPEATS)
    note = f"{of}, {len(pages)} pages, {count:,} strings"
    return Row(f"PDF {name}", "reportlab: the same strings", ours, theirs, GOAL, note)


def _strings(make: Callable[..., object], data: object) -> list[list[TextMark]]:
    """The strings of a document, page by page, as it hands them to the drawing."""
    pages: list[list[TextMark]] = []
    kept = page.write_pdf
    page.write_pdf = lambda out, drawn, **_: pages.extend(
        [mark for mark in marks if isinstance(mark, TextMark)] for marks in drawn
    )
    try:
        make(data, io.BytesIO())
    finally:
        page.write_pdf = kept
    return pages


def _draw(pages: list[list[TextMark]]) -> None:
    """The bare library: set the font, draw the string; the font is embedded as ours is."""
    pdfmetrics.registerFont(TTFont(_YARDSTICK, str(paths.fonts_dir() / "BIZUDGothic-Regular.ttf")))
    canvas = Canvas(io.BytesIO(), pagesize=A4)
    for strings in pages:
        for one in strings:
            canvas.setFont(_YARDSTICK, one.size)
            canvas.drawString(one.x, one.y, one.text)
        canvas.showPage()
    canvas.save()
