from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain import dates

YEAR = 2026
FIRST_OF_APRIL = date(2026, 4, 1)

READABLE = {
    "R8.4.1": FIRST_OF_APRIL,
    "r8.4.1": FIRST_OF_APRIL,
    "8.4.1": FIRST_OF_APRIL,
    "8/4/1": FIRST_OF_APRIL,
    "080401": FIRST_OF_APRIL,
    "R080401": FIRST_OF_APRIL,
    "0401": FIRST_OF_APRIL,
    "20260401": FIRST_OF_APRIL,
    "2026/4/1": FIRST_OF_APRIL,
    "2026-04-01": FIRST_OF_APRIL,
    "2026年4月1日": FIRST_OF_APRIL,
    "令和8年4月1日": FIRST_OF_APRIL,
    "令和 8年 4月 1日": FIRST_OF_APRIL,
    "令和8年4月1日（水）": FIRST_OF_APRIL,
    "8年4月1日水曜日": FIRST_OF_APRIL,
    "4/1": FIRST_OF_APRIL,
    "4月1日": FIRST_OF_APRIL,
    "4月1日(水)": FIRST_OF_APRIL,
    "8 4 1": FIRST_OF_APRIL,
    "8。4。1": FIRST_OF_APRIL,
    "8－4－1": FIRST_OF_APRIL,
    "９．１２": date(2026, 9, 12),
    "9.12": date(2026, 9, 12),
    "1/15": date(2027, 1, 15),
    "0331": date(2027, 3, 31),
    "Ｒ８．４．１": FIRST_OF_APRIL,
    "０８０４０１": FIRST_OF_APRIL,
    "２０２６／４／１": FIRST_OF_APRIL,
    "令和８年４月１日": FIRST_OF_APRIL,
    "㋿8年4月1日": FIRST_OF_APRIL,
    "０４０１": FIRST_OF_APRIL,
    "２０２６０４０１": FIRST_OF_APRIL,
    "４／１": FIRST_OF_APRIL,
    "８．４．１": FIRST_OF_APRIL,
    "２０２６年４月１日（水）": FIRST_OF_APRIL,
    "元年5月1日": date(2019, 5, 1),
    "令和元年５月１日": date(2019, 5, 1),
    "令和元年5月1日": date(2019, 5, 1),
    "R元.5.1": date(2019, 5, 1),
    "令和1年5月1日": date(2019, 5, 1),
    "平成31年4月30日": date(2019, 4, 30),
    "H31.4.30": date(2019, 4, 30),
    "H310430": date(2019, 4, 30),
    "平成元年1月8日": date(1989, 1, 8),
    "S64.1.7": date(1989, 1, 7),
    "昭和元年12月25日": date(1926, 12, 25),
    "大正15年12月24日": date(1926, 12, 24),
    "R10.2.29": date(2028, 2, 29),
}


@pytest.mark.parametrize(("text", "day"), READABLE.items(), ids=READABLE)
def test_a_date_is_read_as_people_write_it(text: str, day: date) -> None:
    assert dates.read_date(text, YEAR) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "きのう",
        "4",
        "401",
        "13/1",
        "4/31",
        "2/29",
        "R8.2.29",
        "R0.4.1",
        "-8.4.1",
        "2026/4",
        "R1.4.30",
        "H31.5.1",
        "S64.1.8",
        "H1.1.7",
        "T15.12.25",
        "R2026.4.1",
        "令和8年4月1日（木）",
        "0226/4/1",
        "8.4.1.1",
        "令和8年度4月1日",
        "٨.٤.١",
    ],
)
def test_what_is_not_a_clear_and_possible_date_is_not_read(text: str) -> None:
    assert dates.read_date(text, YEAR) is None


@given(st.dates(date(1926, 1, 1), date(2100, 12, 31)), st.integers(1990, 2090))
def test_a_shown_date_reads_back_whatever_the_fiscal_year(day: date, fiscal_year: int) -> None:
    assert dates.read_date(dates.era_date(day), fiscal_year) == day
    assert dates.read_date(dates.short_era_date(day), fiscal_year) == day
    assert dates.read_date(day.isoformat(), fiscal_year) == day
    assert dates.read_date(day.strftime("%Y%m%d"), fiscal_year) == day


@given(st.text(max_size=30))
def test_reading_never_fails_whatever_is_typed(text: str) -> None:
    dates.read_date(text, YEAR)
    dates.read_month(text, YEAR)
    dates.read_time(text)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (FIRST_OF_APRIL, "令和8年4月1日（水）"),
        (date(2026, 9, 12), "令和8年9月12日（土）"),
        (date(2019, 5, 1), "令和元年5月1日（水）"),
        (date(2019, 4, 30), "平成31年4月30日（火）"),
        (date(1989, 1, 8), "平成元年1月8日（日）"),
        (date(1989, 1, 7), "昭和64年1月7日（土）"),
        (date(1926, 12, 25), "昭和元年12月25日（土）"),
        (date(1900, 1, 1), "1900年1月1日（月）"),
    ],
)
def test_a_date_is_shown_in_its_era_with_its_weekday(day: date, text: str) -> None:
    assert dates.era_date(day) == text


def test_the_short_form_is_the_one_volunteers_type() -> None:
    assert dates.short_era_date(date(2026, 9, 12)) == "R8.9.12"


def test_a_year_is_named_by_the_era_it_ends_in() -> None:
    assert [dates.era_year(year) for year in (2026, 2019, 2018, 1989)] == [
        "令和8年",
        "令和元年",
        "平成30年",
        "平成元年",
    ]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("4", "2026-04"),
        ("4月", "2026-04"),
        ("３月", "2027-03"),
        ("12", "2026-12"),
        ("R8.4", "2026-04"),
        ("8.4", "2026-04"),
        ("0804", "2026-04"),
        ("令和8年4月", "2026-04"),
        ("8年4月", "2026-04"),
        ("2026-04", "2026-04"),
        ("2026/4", "2026-04"),
        ("202604", "2026-04"),
        ("R1.5", "2019-05"),
        ("H31.4", "2019-04"),
        ("H1.1", "1989-01"),
        ("S64.1", "1989-01"),
        ("R1.4", None),
        ("13", None),
        ("0", None),
        ("", None),
        ("4/1/1/1", None),
    ],
)
def test_a_month_is_read_with_or_without_its_year(text: str, month: str | None) -> None:
    assert dates.read_month(text, YEAR) == month


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_shown_month_reads_back(day: date) -> None:
    month = day.strftime("%Y-%m")
    assert dates.read_month(dates.month_name(month), YEAR) == month


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9:30", "09:30"),
        ("０９：３０", "09:30"),
        ("930", "09:30"),
        ("1330", "13:30"),
        ("13.30", "13:30"),
        ("9時", "09:00"),
        ("9時半", "09:30"),
        ("9時5分", "09:05"),
        ("午後1時30分", "13:30"),
        ("午後0時30分", "12:30"),
        ("午前10時", "10:00"),
        ("PM1:30", "13:30"),
        ("9", "09:00"),
        ("正午", "12:00"),
        ("24:00", None),
        ("9:60", None),
        ("午後13時", None),
        ("朝", None),
        ("4/15", None),
        ("１３／４５", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, time: str | None) -> None:
    assert dates.read_time(text) == time


def test_a_moment_is_shown_in_japan() -> None:
    moment = datetime(2026, 9, 11, 15, 5, tzinfo=UTC)
    assert dates.local_time(moment) == "00:05"
    assert dates.era_timestamp(moment) == "令和8年9月12日 00:05"
    assert dates.local_time(moment.replace(tzinfo=None)) == "00:05"
