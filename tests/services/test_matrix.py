"""地区×項目: whose state stands in which cell, what it rests on, and what it costs to read."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from shakyo_desktop.domain.codes import ImplementationState, Reporter, ReportState
from shakyo_desktop.domain.plan import Crosswalk
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.figures import FiguresService
from shakyo_desktop.services.matrix import MatrixView, State
from shakyo_desktop.services.matrix_charts import directions_chart, matrix_chart
from tests.documents.pdf_reading import text_of
from tests.factories import make_activity, make_plan, make_status
from tests.services.offices import office_context
from tests.services.reporting import PLAN, YEAR, add_districts, code, hand_in
from tests.services.test_statements import sent_by

RUNNING, PARTIAL = ImplementationState.RUNNING, ImplementationState.PARTIAL
WATCH, WARD_ITEM = 6, 3


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServiceContext]:
    """A ward with three districts; the first reported this year and the last, the second only one item."""
    with office_context(tmp_path / "ward") as context:
        add_districts(context, 3)
        hand_in(context, 1)
        hand_in(
            context,
            1,
            [make_status(WATCH, org=code(1), fiscal_year=YEAR - 1, state=PARTIAL)],
            fiscal_year=YEAR - 1,
        )
        hand_in(context, 2, [make_status(WATCH, org=code(2), state=PARTIAL)])
        yield context


def read(office: ServiceContext, year: int = YEAR) -> MatrixView:
    view = FiguresService(office).matrix(year)
    assert view is not None
    return view


def state_of(view: MatrixView, row: int, number: int) -> State:
    return view.lines[row].states[[item.number for item in view.plan.items].index(number)]


def test_every_district_of_the_roster_has_a_line(office: ServiceContext) -> None:
    view = read(office)
    assert [line.name for line in view.lines] == [f"みほん第{at}地区部会" for at in (1, 2, 3)]
    assert {len(line.states) for line in view.lines} == {len(make_plan().items)}


def test_a_cell_says_what_the_district_reported_or_that_it_did_not(office: ServiceContext) -> None:
    view = read(office)
    assert [state_of(view, row, WATCH) for row in range(3)] == [RUNNING, PARTIAL, None]
    assert set(view.lines[2].states) == {None}


def test_a_line_names_its_signed_source(office: ServiceContext) -> None:
    first, _, third = (line.source for line in read(office).lines)
    assert first.package_id
    assert len(first.manifest or "") == 64
    assert (first.revision, third.package_id, third.manifest) == (1, None, None)


def test_the_year_before_stands_beside(office: ServiceContext) -> None:
    view = read(office)
    at = [item.number for item in view.plan.items].index(WATCH)
    assert [line.earlier[at] for line in view.lines] == [PARTIAL, None, None]
    assert view.has_earlier
    assert not read(office, YEAR - 1).has_earlier


def test_another_year_is_read_as_it_was(office: ServiceContext) -> None:
    assert [state_of(read(office, YEAR - 1), row, WATCH) for row in range(3)] == [PARTIAL, None, None]


def test_a_report_that_was_withdrawn_leaves_its_line_empty(office: ServiceContext) -> None:
    hand_in(office, 3, state=ReportState.WITHDRAWN)
    assert set(read(office).lines[2].states) == {None}


def test_an_item_stated_twice_counts_as_it_was_made_first(office: ServiceContext) -> None:
    first = make_status(WATCH, org=code(3), state=PARTIAL)
    hand_in(office, 3, [make_status(WATCH, org=code(3), state=RUNNING), first])
    assert state_of(read(office), 2, WATCH) is PARTIAL


def test_a_year_without_a_plan_has_no_matrix(office: ServiceContext) -> None:
    assert FiguresService(office).matrix(2050) is None


@pytest.mark.parametrize(("last_year", "found"), [(2021, RUNNING), (2026, None)])
def test_an_item_of_an_earlier_plan_is_found_through_the_crosswalk(
    office: ServiceContext, last_year: int, found: ImplementationState | None
) -> None:
    """Not one of a plan that runs beside this one."""
    with office.database.transaction() as stores:
        plan = replace(stores.plans.get(PLAN), id="earlier-plan", last_fiscal_year=last_year)
        stores.plans.save(replace(plan, first_fiscal_year=last_year - 4), office.now())
        stores.plans.replace_crosswalk([Crosswalk(PLAN, 7, "earlier-plan", 1)])
    hand_in(
        office,
        2,
        [make_status(1, org=code(2), fiscal_year=YEAR - 1, plan_id="earlier-plan")],
        fiscal_year=YEAR - 1,
    )
    view = read(office)
    at = [item.number for item in view.plan.items].index(7)
    assert [line.earlier[at] for line in view.lines] == [None, found, None]


def test_an_item_of_the_ward_office_is_never_unreported(office: ServiceContext) -> None:
    view = read(office)
    chart = matrix_chart(view, changes=False)
    for item, name in zip(view.plan.items, chart.columns, strict=True):
        cell = chart.rows[2].cells[chart.columns.index(name)]
        assert (cell.mark is None) == (item.reporter is Reporter.WARD_OFFICE)


def test_the_directions_count_every_expected_cell_once(office: ServiceContext) -> None:
    view = read(office)
    counted = sum(one.count for row in directions_chart(view).rows for one in row.segments)
    assert counted == 3 * sum(1 for item in view.plan.items if item.reporter is Reporter.DISTRICT)


def test_the_record_behind_a_cell_is_the_one_that_counts(office: ServiceContext) -> None:
    service, view = FiguresService(office), read(office)
    found = service.record(view.lines[1].source, YEAR, PLAN, WATCH)
    assert found.status is not None
    assert (found.status.org, found.status.state, found.source.revision) == (code(2), PARTIAL, 1)
    assert service.record(view.lines[1].source, YEAR, PLAN, 1).status is None


def test_the_matrix_takes_no_more_statements_for_many_districts_and_reads_no_diary(
    office: ServiceContext,
) -> None:
    few = sent_by(office, lambda: FiguresService(office).matrix(YEAR))
    add_districts(office, 30)
    for number in range(4, 31):
        hand_in(office, number)
    with office.database.transaction() as stores:
        stores.records.insert_all([make_activity(9, org=code(number)) for number in range(1, 31)])
    many = sent_by(office, lambda: FiguresService(office).matrix(YEAR))
    assert len(few) == len(many) <= 16
    assert not [one for one in many if "activities" in one]
    assert len([one for one in many if "item_statuses" in one]) == 1


def test_the_workbook_has_one_value_per_cell(office: ServiceContext) -> None:
    view = read(office)
    book = openpyxl.load_workbook(io.BytesIO(FiguresService(office).matrix_workbook(view)))
    sheet = book["地区×項目"]
    assert [cell.value for cell in sheet[1]][:4] == ["コード", "地区部会", "1", "2"]
    row = {heading.value: cell.value for heading, cell in zip(sheet[1], sheet[4], strict=True)}
    assert (row["コード"], row["6"], row["3"]) == (code(3), "未報告", None)
    listed = book["一覧"]
    assert listed.max_row == 1 + 3 * len(view.plan.items)


def test_the_csv_names_the_report_each_cell_comes_from(office: ServiceContext) -> None:
    view = read(office)
    text = FiguresService(office).matrix_csv(view).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["項目番号"] == str(WATCH)]
    assert [row["実施状況"] for row in rows] == ["実施", "一部実施", "未報告"]
    assert rows[0]["前年度とのちがい"] == "前年度の一部実施から進みました"
    assert [row["書きかえ防止の印"] for row in rows] == [line.source.manifest or "" for line in view.lines]


def test_the_paper_shows_marks_items_and_sources(office: ServiceContext, tmp_path: Path) -> None:
    service, view = FiguresService(office), read(office)
    text = text_of(service.matrix_pdf(view, changes=False), tmp_path)
    mark = (view.lines[0].source.manifest or "")[:16].upper()
    for words in ("地区×取組項目", "みほん第3地区部会", "見守り活動の促進", "未報告", "未着", mark):
        assert words in text
    assert "2/3" in text
    assert "↑" in text_of(service.matrix_pdf(view, changes=True), tmp_path)
