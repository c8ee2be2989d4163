from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain import fiscal_year


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_between_the_first_and_last_day_of_its_year(day: date) -> None:
    year = fiscal_year.fiscal_year_of(day)
    assert fiscal_year.first_day(year) <= day <= fiscal_year.last_day(year)
    assert day.strftime("%Y-%m") in fiscal_year.months_of(year)


def test_the_year_runs_from_april_to_march() -> None:
    assert fiscal_year.fiscal_year_of(date(2027, 3, 31)) == 2026
    assert fiscal_year.fiscal_year_of(date(2027, 4, 1)) == 2027
    months = fiscal_year.months_of(2026)
    assert (months[0], months[8], months[9], months[-1], len(months)) == (
        "2026-04",
        "2026-12",
        "2027-01",
        "2027-03",
        12,
    )


def test_the_year_is_named_in_its_era() -> None:
    assert fiscal_year.fiscal_year_name(2026) == "令和8年度"
    assert fiscal_year.fiscal_year_name(2019) == "令和元年度"
    assert fiscal_year.fiscal_year_name(2018) == "平成30年度"
