"""What a ward took from a table stands for last year where no signed report does, and is told apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.compilation import Arrival
from shakyo_desktop.services.compilation import CompilationService
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.earlier_years import EarlierYearService
from shakyo_desktop.services.figures import FiguresService
from shakyo_desktop.services.overview import overview_of
from tests.documents.workbooks import workbook_of
from tests.factories import PLAN_ID, make_status, make_submission
from tests.services import offices
from tests.services.test_statements import statements_of

YEAR = 2026
FIRST, SECOND, THIRD = (offices.district(number, "").code for number in (1, 2, 3))
HEAD = ["地区コード", "項目番号", "実施状況", "開催回数"]


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[ServiceContext]:
    """Three districts; the third reported last year, a table tells last year of the first and the second."""
    with offices.office_context(tmp_path / "ward") as context:
        with context.database.transaction() as stores:
            for number, name in enumerate(("東", "西", "南"), start=1):
                stores.organisations.save(offices.district(number, f"みほん{name}地区部会"))
            stores.submissions.add(make_submission(org=THIRD, fiscal_year=YEAR - 1))
            stores.records.insert(
                make_status(6, org=THIRD, fiscal_year=YEAR - 1, typed_totals={"sessions": 5})
            )
        take_in(context, tmp_path, [FIRST, "6", "実施", "12"], [SECOND, "6", "休止", "3"])
        yield context


def take_in(context: ServiceContext, folder: Path, *rows: list[str]) -> str:
    path = folder / "区の前の年度.xlsx"
    path.write_bytes(workbook_of({"取組項目": [HEAD, *rows]}))
    service = EarlierYearService(context)
    return service.take_in(service.preview(path, YEAR - 1)).id


def test_last_years_figures_of_a_compilation_hold_the_table_and_say_so(ward):
    compilation = CompilationService(ward).compile(PLAN_ID, YEAR)
    six = next(one for one in compilation.items if one.item_number == 6)
    assert six.last_year is not None
    [sessions] = [one for one in six.last_year.sums if one.code == "sessions"]
    assert (sessions.total, sessions.stated, sessions.expected) == (20, 3, 3)
    assert six.last_year.from_tables == 2
    assert (six.districts, six.unreported) == ((), 3)  # nothing of it counts for this year
    assert CompilationService(ward).get(compilation.id) == compilation


def test_a_table_is_never_a_received_report(ward):
    sources = CompilationService(ward).sources(YEAR - 1)
    assert [one.arrival is Arrival.MISSING for one in sources] == [True, True, False]
    own = CompilationService(ward).compile(PLAN_ID, YEAR - 1, include_unconfirmed=True)
    assert own.coverage() == (1, 3)
    six = next(one for one in own.items if one.item_number == 6)
    assert [line.org for line in six.districts] == [THIRD]
    with ward.database.reading() as stores:
        rows = overview_of(stores, YEAR - 1, ward.today())
    assert [row.state is None for row in rows] == [True, True, False]


def test_the_matrix_shows_the_table_apart_from_reports(ward):
    now, before = FiguresService(ward).matrix(YEAR), FiguresService(ward).matrix(YEAR - 1)
    assert now is not None
    assert before is not None
    at = next(at for at, item in enumerate(now.plan.items) if item.number == 6)
    assert [line.earlier[at] for line in now.lines] == [
        ImplementationState.RUNNING,
        ImplementationState.SUSPENDED,
        ImplementationState.RUNNING,
    ]
    assert now.table_words() == "表から入れた値（令和7年度 2地区部会）を含みます"
    assert [line.from_table for line in before.lines] == [True, True, False]
    assert [line.states[at] for line in before.lines] == [line.earlier[at] for line in now.lines]
    assert "表から" in FiguresService(ward).matrix_csv(before).decode("utf-8-sig")


def test_five_years_of_figures_hold_the_table_and_say_so(ward):
    stats = FiguresService(ward).statistics(YEAR)
    assert stats is not None
    assert [one.from_tables for one in stats.years] == [0, 0, 0, 2, 0]
    together = stats.together(frozenset({6}), stats.years[-2])
    assert [one.total for one in together.sums if one.code == "sessions"] == [20]
    assert "令和7年度 2地区部会" in stats.table_words()


def test_a_signed_report_that_arrives_counts_in_the_tables_place(ward):
    with ward.database.transaction() as stores:
        stores.submissions.add(make_submission(org=FIRST, fiscal_year=YEAR - 1, manifest="ab" * 32))
    compilation = CompilationService(ward).compile(PLAN_ID, YEAR)
    six = next(one for one in compilation.items if one.item_number == 6)
    assert six.last_year is not None
    assert six.last_year.from_tables == 1


def test_what_was_taken_back_counts_no_more_and_makes_a_compilation_stale(ward):
    service = CompilationService(ward)
    compilation = service.compile(PLAN_ID, YEAR)
    assert service.stale(compilation) == ()
    earlier = EarlierYearService(ward)
    earlier.undo(earlier.taken()[0].id)
    six = next(one for one in service.compile(PLAN_ID, YEAR).items if one.item_number == 6)
    assert six.last_year is not None
    assert six.last_year.from_tables == 0
    assert [one.total for one in six.last_year.sums if one.code == "sessions"] == [5]
    assert [one.words for one in service.stale(compilation)] == ["成果事例か前年度の数字が変わりました。"]


def test_tables_cost_no_statement_for_each_district(ward, tmp_path):
    few = statements_of(ward, lambda: FiguresService(ward).statistics(YEAR))
    with ward.database.transaction() as stores:
        for number in range(4, 30):
            stores.organisations.save(offices.district(number, f"みほん{number}地区部会"))
    rows = [[offices.district(number, "").code, "6", "実施", "1"] for number in range(4, 30)]
    take_in(ward, tmp_path, *rows)
    assert statements_of(ward, lambda: FiguresService(ward).statistics(YEAR)) == few
