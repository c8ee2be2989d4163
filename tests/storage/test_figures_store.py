"""Sums say what is known: blank is not 0, and what did not take place is not counted."""

from datetime import date

from sqlalchemy import event

from shakyo_desktop.domain.codes import Granularity, OutcomeState
from shakyo_desktop.domain.keeping import ActivityCount, MonthCount
from tests.storage.samples import NOW, ORG, OTHER_ORG, YEAR, activity, status

HELD = {"outcome_state": OutcomeState.HELD}
TALLY = {**HELD, "granularity": Granularity.MONTHLY_TOTAL}


def counts(database, *activities):
    with database.transaction() as stores:
        stores.records.insert_all(activities)
        return stores.figures.activity_counts([YEAR])


def test_activities_are_counted_by_district_and_item(database):
    found = counts(
        database,
        activity("1", participants=10, helpers=None, sessions=None, **HELD),
        activity(
            "2", participants=None, helpers=4, sessions=3, granularity=Granularity.MONTHLY_TOTAL, **HELD
        ),
        activity("3", org=OTHER_ORG, participants=7, helpers=1, sessions=1, **HELD),
    )
    assert found == (
        ActivityCount(ORG, YEAR, "plan-7", 6, 2, 4, 10, 4, 1),
        ActivityCount(OTHER_ORG, YEAR, "plan-7", 6, 1, 1, 7, 1, 0),
    )


def test_a_figure_that_nobody_stated_is_unknown(database):
    (found,) = counts(database, activity("1", participants=None, helpers=None, sessions=None, **HELD))
    assert (found.participants, found.helpers, found.uncounted) == (None, None, 1)


def test_what_was_cancelled_or_deleted_does_not_count(database):
    assert (
        counts(
            database,
            activity("1", outcome_state=OutcomeState.CANCELLED),
            activity("2", outcome_state=OutcomeState.POSTPONED),
            activity("3", deleted_at=NOW),
        )
        == ()
    )


def test_the_matrix_of_many_districts_and_years_is_one_question(database):
    wanted = [
        status("1"),
        status("2", org=OTHER_ORG, fiscal_year=YEAR - 1),
    ]
    with database.transaction() as stores:
        stores.records.insert_all([*wanted, status("3", fiscal_year=YEAR - 2), status("4", plan_id="other")])
        found = stores.figures.statuses([YEAR, YEAR - 1], "plan-7")
    assert sorted(found, key=lambda one: one.id) == wanted


def test_places_come_in_the_order_of_their_use(database):
    with database.transaction() as stores:
        for number, venue in enumerate(["公園", "会館", "", "会館"]):
            stores.records.insert(activity(str(number), venue=venue))
        stores.records.insert(activity("x", venue="よその家", org=OTHER_ORG))
        assert stores.figures.venues(ORG) == ("会館", "公園")
        assert stores.figures.venues(ORG, limit=1) == ("会館",)


def test_sums_over_the_diary_read_its_index_only(database):
    with database.reading() as stores:
        connection = stores.figures._connection
        seen = []
        event.listen(connection, "before_cursor_execute", lambda *details: seen.append(details[2:4]))
        stores.figures.activity_counts([YEAR], "plan-7")
        statement, values = seen[0]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert any("COVERING INDEX ix_activities_figures" in row[-1] for row in plan)


def test_the_cells_of_the_matrix_come_in_the_order_they_were_made(database):
    with database.transaction() as stores:
        stores.records.insert_all([status("2"), status("1", state=None), status("3", fiscal_year=YEAR - 2)])
        found = stores.figures.states([YEAR, YEAR - 1])
    assert [(one.org, one.fiscal_year, one.item_number, one.state) for one in found] == [
        (ORG, YEAR, 6, None),
        (ORG, YEAR, 6, status("2").state),
    ]


def test_months_are_counted_from_days_and_monthly_sums(database):
    with database.transaction() as stores:
        stores.records.insert_all(
            [
                activity("1", held_on=date(2026, 9, 12), participants=10, sessions=None, **HELD),
                activity("2", held_on=date(2026, 9, 20), participants=None, sessions=2, **HELD),
                activity("3", held_on=None, month="2026-10", participants=None, sessions=None, **TALLY),
                activity("4", held_on=None, month=None, **HELD),
                activity("5", held_on=date(2026, 9, 1), outcome_state=OutcomeState.CANCELLED),
            ]
        )
        found = stores.figures.month_counts(YEAR, "plan-7")
    assert found == (
        MonthCount(ORG, 6, "2026-09", 3, 10),
        MonthCount(ORG, 6, "2026-10", None, None),
    )


def test_months_read_the_index_only(database):
    with database.reading() as stores:
        connection = stores.figures._connection
        seen = []
        event.listen(connection, "before_cursor_execute", lambda *details: seen.append(details[2:4]))
        stores.figures.month_counts(YEAR, "plan-7")
        statement, values = seen[0]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert any("COVERING INDEX ix_activities_figures" in row[-1] for row in plan)
