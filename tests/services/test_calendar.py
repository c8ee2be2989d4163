"""The year's dates on a real encrypted store."""

from datetime import date

import pytest

from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.errors import BadInput, NotFound
from shakyo_desktop.services.calendar import CalendarService
from shakyo_desktop.services.review import ReviewService
from tests.services.offices import office_context
from tests.services.reporting import add_districts


@pytest.fixture
def calendar(tmp_path):
    with office_context(tmp_path) as context:
        yield CalendarService(context)


def test_an_office_gets_the_usual_dates_once(calendar):
    first = calendar.entries(2026)
    assert first
    assert calendar.entries(2026) == first


def test_a_moved_date_stays_moved(calendar):
    entry = calendar.next_due(2026, Stage.INTERIM)
    calendar.set_due(entry.id, date(2027, 5, 20))
    assert calendar.next_due(2026, Stage.INTERIM).due == date(2027, 5, 20)


def test_the_next_date_for_a_report_comes_first(calendar):
    assert calendar.next_due(2026).kind == "interim"
    assert calendar.next_due(2026, Stage.FINAL).due == date(2027, 6, 30)
    assert calendar.next_due(2020) is None


def test_a_date_can_be_added_and_removed(calendar):
    entry = calendar.add(2026, "みほん祭り", date(2026, 11, 3))
    assert entry in calendar.entries(2026)
    calendar.remove(entry.id)
    assert entry not in calendar.entries(2026)


@pytest.mark.parametrize("name", ["", "  ", "み" * 61])
def test_a_date_needs_a_name(calendar, name):
    with pytest.raises(BadInput):
        calendar.add(2026, name, date(2026, 11, 3))


def test_a_date_that_is_gone_cannot_be_moved(calendar):
    with pytest.raises(NotFound):
        calendar.set_due("gone", date(2026, 11, 3))


def test_a_district_has_the_dates_of_its_office_and_makes_none(tmp_path):
    with office_context(tmp_path) as context:
        with context.database.transaction() as stores:
            stores.settings.set("role", "district")
        assert CalendarService(context).entries(2026) == ()


def test_a_district_is_due_by_the_usual_dates_before_anybody_looked_at_them(tmp_path):
    with office_context(tmp_path) as context:
        add_districts(context, 1)
        [row] = ReviewService(context).overview(2025)
        assert row.due in (date(2026, 5, 31), date(2026, 6, 30))
