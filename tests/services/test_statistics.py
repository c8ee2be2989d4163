"""集計・グラフ: the numbers behind the charts, against a recount, and what reading them costs."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from shakyo_desktop.charts.kinds import Bars, Chart, Columns, Lines, Multiples, StackedBars
from shakyo_desktop.charts.twin import table_of
from shakyo_desktop.domain.codes import ActivityKind, ImplementationState, OutcomeState, SelfRating
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.figure_charts import (
    DIRECTION,
    DISTRICT,
    ITEM,
    WARD,
    Subject,
    charts_of,
    subject_name,
)
from shakyo_desktop.services.figures import FiguresService
from shakyo_desktop.services.statistics import Statistics
from tests.documents.pdf_reading import text_of
from tests.factories import make_activity, make_status
from tests.services.offices import office_context
from tests.services.reporting import PLAN, YEAR, add_districts, code, hand_in
from tests.services.test_statements import sent_by

WATCH, SALON, WARD_ITEM = 6, 9, 3
SUBJECTS = (Subject(), Subject(DIRECTION, "2"), Subject(ITEM, "6"), Subject(DISTRICT, code(1)))


def status(number: int, district: int, year: int = YEAR, **changes: object):
    return make_status(number, org=code(district), fiscal_year=year, **changes)


def diary(district: int, held_on: date, participants: int | None, **changes: object):
    return make_activity(
        SALON,
        org=code(district),
        kind=ActivityKind.GATHERING,
        held_on=held_on,
        participants=participants,
        **changes,
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServiceContext]:
    """Three districts: the first two reported this year, the first also two years ago, the third never."""
    with office_context(tmp_path / "ward") as context:
        add_districts(context, 3)
        hand_in(
            context,
            1,
            [
                status(WATCH, 1, counted_totals={"person_times": 300, "sessions": 12}),
                status(SALON, 1, counted_totals={"person_times": 40}, typed_totals={"person_times": 44}),
            ],
        )
        hand_in(
            context,
            2,
            [
                status(WATCH, 2, state=ImplementationState.PARTIAL, self_rating=SelfRating.FAIR),
                status(SALON, 2, counted_totals={"person_times": 0, "unique_persons": 9}),
            ],
        )
        hand_in(
            context,
            1,
            [status(WATCH, 1, YEAR - 2, counted_totals={"person_times": 250})],
            fiscal_year=YEAR - 2,
        )
        with context.database.transaction() as stores:
            stores.records.insert_all(
                [
                    diary(1, date(2026, 5, 2), 20),
                    diary(1, date(2026, 5, 9), 24),
                    diary(2, date(2026, 6, 6), None),
                    diary(2, date(2026, 7, 4), 9, outcome_state=OutcomeState.CANCELLED),
                    diary(3, date(2026, 7, 4), 99),
                ]
            )
        yield context


def read(office: ServiceContext) -> Statistics:
    stats = FiguresService(office).statistics(YEAR)
    assert stats is not None
    return stats


def chart(office: ServiceContext, subject: Subject, title: str) -> Chart:
    return next(one for one in charts_of(read(office), subject) if one.title.startswith(title))


def bars(
    office: ServiceContext, subject: Subject, title: str = "延べ参加"
) -> dict[str, tuple[int | None, str]]:
    found = chart(office, subject, title)
    assert isinstance(found, Bars)
    return {row.label.split()[0]: (row.value, row.note) for row in found.rows}


def test_a_sum_takes_what_was_typed_over_and_says_how_many_it_covers(office: ServiceContext) -> None:
    found = bars(office, Subject(DIRECTION, "3"))
    assert found["9"] == (44, "2/3地区部会")


def test_what_nobody_states_is_missing_and_not_zero(office: ServiceContext) -> None:
    assert bars(office, Subject(DIRECTION, "3"))["10"] == (None, "0/3地区部会")
    assert bars(office, Subject(ITEM, "9")) == {
        "みほん第1地区部会": (44, ""),
        "みほん第2地区部会": (0, ""),
        "みほん第3地区部会": (None, ""),
    }


def test_a_distribution_adds_up_to_the_expected_districts(office: ServiceContext) -> None:
    found = chart(office, Subject(ITEM, "6"), "実施状況")
    assert isinstance(found, StackedBars)
    counts = {one.mark.words: one.count for one in found.rows[0].segments if one.count}
    assert counts == {"実施": 1, "一部実施": 1, "未報告": 1}
    ratings = chart(office, Subject(ITEM, "6"), "自己評価")
    assert isinstance(ratings, StackedBars)
    assert {one.mark.words: one.count for one in ratings.rows[0].segments if one.count} == {
        "おおむね予定どおり": 1,
        "一部にとどまった": 1,
        "評価なし・未報告": 1,
    }


def test_five_years_show_gaps_where_nothing_is_held(office: ServiceContext) -> None:
    found = chart(office, Subject(ITEM, "6"), "5年間")
    assert isinstance(found, Multiples)
    people = next(one for one in found.charts if one.title == "延べ参加")
    assert isinstance(people, Lines)
    assert people.categories == ("R4", "R5", "R6", "R7", "R8")
    assert people.series[0].values == (None, None, 250, None, 300)
    assert people.notes == ("", "", "1/3", "", "1/3")
    assert people.spoken[-1] == "令和8年度"


def test_persons_are_never_added_over_districts(office: ServiceContext) -> None:
    found = chart(office, Subject(ITEM, "9"), "5年間")
    assert isinstance(found, Multiples)
    assert "実人数" not in [one.title for one in found.charts]


def test_months_count_held_activities_of_reports_that_are_here(office: ServiceContext) -> None:
    sessions, people = (one for one in charts_of(read(office), Subject()) if isinstance(one, Columns))
    assert sessions.values[:4] == (None, 2, 1, None)
    assert people.values[:4] == (None, 44, None, None)
    assert sessions.upcoming == 6  # it is September
    assert "2/3地区部会" in sessions.note


def test_a_districts_profile_stands_beside_the_ward(office: ServiceContext) -> None:
    profile, people, *_ = charts_of(read(office), Subject(DISTRICT, code(2)))
    assert isinstance(profile, StackedBars)
    assert isinstance(people, Bars)
    row = next(one for one in profile.rows if one.label.startswith("6 "))
    assert (row.own.words if row.own else "", profile.own_title) == ("一部実施", "みほん第2地区部会")
    assert sum(one.count for one in row.segments) == 3
    salon = next(one for one in people.rows if one.label.startswith("9 "))
    assert (salon.value, salon.reference) == (0, 220)
    watch = next(one for one in people.rows if one.label.startswith("6 "))
    assert (watch.value, watch.reference) == (None, 3000)


def test_a_district_that_has_not_reported_is_hatched_everywhere(office: ServiceContext) -> None:
    profile, people, years, *_ = charts_of(read(office), Subject(DISTRICT, code(3)))
    assert isinstance(profile, StackedBars)
    assert {row.own.words for row in profile.rows if row.own} == {"未報告"}
    assert isinstance(people, Bars)
    assert {row.value for row in people.rows} == {None}
    assert isinstance(years, Multiples)
    assert {value for one in years.charts if isinstance(one, Lines) for value in one.series[0].values} == {
        None
    }


def test_an_item_of_the_ward_office_is_said_to_be_one(office: ServiceContext) -> None:
    found = chart(office, Subject(ITEM, str(WARD_ITEM)), "実施状況")
    assert isinstance(found, StackedBars)
    assert "区事務所が報告する項目です" in found.rows[0].nothing
    assert not any(one.count for one in found.rows[0].segments)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.kind)
def test_every_chart_has_a_title_and_a_table(office: ServiceContext, subject: Subject) -> None:
    charts = charts_of(read(office), subject)
    assert len(charts) >= 5
    assert all(one.title and table_of(one).rows for one in charts)


def test_subjects_have_names(office: ServiceContext) -> None:
    stats = read(office)
    names = [subject_name(stats, subject) for subject in SUBJECTS]
    assert names[0] == "区全体"
    assert names[1].startswith("施策の方向性 2 ")
    assert names[2:] == ["6 見守り活動の促進", "みほん第1地区部会"]


def test_a_year_without_a_plan_has_no_figures(office: ServiceContext) -> None:
    assert FiguresService(office).statistics(2050) is None


def test_the_figures_take_no_more_statements_for_many_districts(office: ServiceContext) -> None:
    few = sent_by(office, lambda: FiguresService(office).statistics(YEAR))
    add_districts(office, 40)
    for number in range(4, 41):
        for year in (YEAR, YEAR - 1):
            hand_in(office, number, fiscal_year=year)
    many = sent_by(office, lambda: FiguresService(office).statistics(YEAR))
    assert len(few) == len(many) <= 30
    assert len([one for one in many if "activities" in one]) == 1


def test_the_ward_is_an_independent_recount_of_its_records(office: ServiceContext) -> None:
    with office.database.reading() as stores:
        statuses = stores.figures.statuses([YEAR], PLAN)
    people = [{**one.counted_totals, **one.typed_totals}.get("person_times") for one in statuses]
    found = bars(office, Subject(WARD))
    assert (
        sum(value or 0 for value, _ in found.values()) == sum(one for one in people if one is not None) == 344
    )


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.kind)
def test_the_paper_says_what_the_charts_say(office: ServiceContext, tmp_path: Path, subject: Subject) -> None:
    stats = read(office)
    text = text_of(FiguresService(office).charts_pdf(stats, subject), tmp_path)
    assert "".join(subject_name(stats, subject).split()) in text
    for one in charts_of(stats, subject):
        assert "".join(one.title.split()) in text
    for words in ("データなし", "2/3", "もとになった報告", "0ではありません"):
        assert words in text
    assert ("みほん第3地区部会" in text) == (subject.kind != DISTRICT)


def test_the_tables_are_saved_as_excel_and_csv(office: ServiceContext) -> None:
    service, stats = FiguresService(office), read(office)
    book = openpyxl.load_workbook(io.BytesIO(service.charts_workbook(stats, Subject(ITEM, "9"))))
    sheet = next(one for one in book.worksheets if "地区部会ごと" in one.title)
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()] == [
        ("名前", "値"),
        ("みほん第1地区部会", "44人"),
        ("みほん第2地区部会", "0人"),
        ("みほん第3地区部会", "データなし"),
    ]
    csv = service.charts_csv(stats, Subject(ITEM, "9")).decode("utf-8-sig")
    assert "延べ参加（地区部会ごと）,みほん第3地区部会,値,データなし" in csv
