import re
from datetime import date

from shakyo_desktop.domain.calendar import days_left, default_schedule, next_due, reminder_for
from shakyo_desktop.domain.identifiers import UUID7


def test_reports_of_a_year_are_due_in_may_and_june_after_it() -> None:
    entries = default_schedule(2026)
    assert [(entry.kind, entry.due) for entry in entries if entry.kind in ("interim", "final")] == [
        ("interim", date(2027, 5, 31)),
        ("final", date(2027, 6, 30)),
    ]
    assert [entry.due for entry in entries] == sorted(entry.due for entry in entries)
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(re.fullmatch(UUID7, entry.id) and entry.fiscal_year == 2026 for entry in entries)


def test_the_next_due_date_is_a_reports_and_counts_today() -> None:
    entries = default_schedule(2026)
    for today, kind in [
        (date(2026, 4, 1), "interim"),
        (date(2027, 5, 31), "interim"),
        (date(2027, 6, 1), "final"),
        (date(2027, 6, 30), "final"),
    ]:
        found = next_due(entries, today)
        assert found is not None
        assert found.kind == kind
    assert next_due(entries, date(2027, 7, 1)) is None
    assert next_due((), date(2026, 4, 1)) is None


def test_days_left_are_negative_once_the_date_has_passed() -> None:
    due = date(2027, 5, 31)
    assert [days_left(due, date(2027, 5, day)) for day in (25, 31)] == [6, 0]
    assert days_left(due, date(2027, 6, 2)) == -2


def test_every_due_date_has_its_own_reminder() -> None:
    entries = default_schedule(2026)
    assert reminder_for(entries, date(2027, 5, 31)) == date(2027, 5, 17)
    assert reminder_for(entries, date(2027, 6, 30)) == date(2027, 6, 16)


def test_a_calendar_without_reminders_gets_the_usual_fortnight() -> None:
    entries = [entry for entry in default_schedule(2026) if entry.kind != "reminder"]
    assert reminder_for(entries, date(2027, 6, 30)) == date(2027, 6, 16)
    assert reminder_for([], date(2027, 3, 1)) == date(2027, 2, 15)
