"""The year's dates that an office proposes to its districts; data that the office edits.

Source: the domain's calendar. What follows a fiscal year happens in the next one: its reports are due in
May (before the 総会) and June.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.organisations import ScheduleEntry

INTERIM = "interim"
FINAL = "final"
REMINDER = "reminder"
OTHER = "other"

USUAL_DAYS_BEFORE = 14
"""Days before a due date on which to remind, where an office put no such date into its calendar."""

# Years after the fiscal year's number, month, day, kind, name.
_DEFAULT = (
    (0, 10, 31, OTHER, "年度なかばの確認"),
    (1, 2, 28, OTHER, "来年度の計画づくり"),
    (1, 3, 31, OTHER, "報告のお知らせ、来年度の取組項目の用意"),
    (1, 4, 30, OTHER, "最後の書きこみ、役員の引継ぎ"),
    (1, 5, 17, REMINDER, "途中の報告のお願いを出す"),
    (1, 5, 31, INTERIM, "途中の報告（総会の前）"),
    (1, 6, 16, REMINDER, "年度の報告のお願いを出す"),
    (1, 6, 30, FINAL, "年度の報告"),
    (1, 7, 31, OTHER, "区の取りまとめ"),
    (1, 8, 31, OTHER, "区の推進協議会の検証、市の推進委員会"),
    (1, 9, 30, OTHER, "成果事例の紹介、答申"),
    (1, 10, 31, OTHER, "理事会への報告、公表"),
)


def default_schedule(fiscal_year: int, make_id: Callable[[], str] = new_id) -> tuple[ScheduleEntry, ...]:
    """The dates of a fiscal year before an office changed any, earliest first."""
    return tuple(
        ScheduleEntry(make_id(), fiscal_year, kind, name, date(fiscal_year + later, month, day))
        for later, month, day, kind, name in _DEFAULT
    )


def next_due(entries: Iterable[ScheduleEntry], today: date) -> ScheduleEntry | None:
    """The next date by which a district reports, today included; None when all are past."""
    ahead = [entry for entry in entries if entry.kind in (INTERIM, FINAL) and entry.due >= today]
    return min(ahead, key=lambda entry: entry.due, default=None)


def reminder_for(entries: Iterable[ScheduleEntry], due: date) -> date:
    """From which day to remind of a due date: the first reminder after the due date before it.

    A calendar without one gets the usual days before.
    """
    known = tuple(entries)
    earlier = [one.due for one in known if one.kind in (INTERIM, FINAL) and one.due < due]
    since = max(earlier, default=date.min)
    found = [one.due for one in known if one.kind == REMINDER and since < one.due <= due]
    return min(found, default=due - timedelta(days=USUAL_DAYS_BEFORE))


def days_left(due: date, today: date) -> int:
    """Days until the date: 0 today, negative when it has passed."""
    return (due - today).days
