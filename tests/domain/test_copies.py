"""Which automatic copies stay."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain.copies import DAYS, LEAST, NEWEST, WEEKS, CopyReason, kept, over_budget

MONDAY = date(2026, 9, 7)
dated = st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), max_size=80).map(
    lambda days: list(enumerate(days, 1))
)


def a_year_of_copies(per_day=3):
    """Three copies on every day of a year."""
    days = [MONDAY + timedelta(days=day) for day in range(364) for _ in range(per_day)]
    return list(enumerate(days, 1))


def test_a_year_of_work_leaves_ten_copies_fourteen_days_and_twelve_weeks():
    copies = a_year_of_copies()
    days = dict(copies)
    stay = sorted(kept(copies), reverse=True)
    last = len(copies)
    assert stay[:NEWEST] == list(range(last, last - NEWEST, -1))
    assert len(stay) == NEWEST + DAYS + WEEKS
    daily = [days[number] for number in stay[NEWEST : NEWEST + DAYS]]
    assert daily == [daily[0] - timedelta(days=number) for number in range(DAYS)]
    weekly = [days[number] for number in stay[NEWEST + DAYS :]]
    assert {(one - two).days for one, two in pairwise(weekly[1:])} == {7}  # the first week is cut


def test_of_a_day_and_of_a_week_the_last_copy_stays():
    copies = a_year_of_copies()
    days = dict(copies)
    beyond = sorted(kept(copies), reverse=True)[NEWEST:]
    for number in beyond[1:DAYS]:
        assert days[number + 1] != days[number]


def test_thinning_again_and_again_keeps_what_thinning_once_keeps_for_a_day():
    copies: list[tuple[int, date]] = []
    for number, day in a_year_of_copies():
        stay = kept([*copies, (number, day)])
        copies = [one for one in [*copies, (number, day)] if one[0] in stay]
    assert len(copies) == NEWEST + DAYS + WEEKS


@given(dated)
def test_the_newest_ten_stay_whatever_the_clock_says(copies):
    stay = kept(copies)
    assert {number for number, _day in copies[-NEWEST:]} <= stay
    assert stay <= {number for number, _day in copies}
    assert len(stay) <= NEWEST + DAYS + WEEKS


def test_a_clock_set_back_costs_no_copy():
    good = [(number, MONDAY + timedelta(days=number)) for number in range(1, 20)]
    back = [(20, date(2010, 1, 1)), (21, date(2010, 1, 1))]
    assert kept([*good, *back]) == {number for number, _day in [*good, *back]}


@given(st.lists(st.integers(1, 1000), max_size=40), st.integers(0, 20_000))
def test_a_short_disk_takes_the_oldest_first_and_never_the_newest_two(sizes, room):
    copies = list(enumerate(sizes, 1))
    gone = over_budget(copies, room)
    assert gone == list(range(1, len(gone) + 1))
    left = copies[len(gone) :]
    assert len(left) >= min(LEAST, len(copies))
    assert sum(size for _number, size in left) <= room or len(left) <= LEAST
    assert not gone or sum(size for _number, size in copies[len(gone) - 1 :]) > room


def test_every_reason_has_words():
    assert all(reason.label for reason in CopyReason)
