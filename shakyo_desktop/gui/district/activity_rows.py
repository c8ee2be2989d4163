"""The diary as rows: a heading per month, one row per activity, and the sums of what is listed."""

from collections.abc import Iterable, Sequence

from shakyo_desktop.domain.codes import Granularity, OutcomeState
from shakyo_desktop.domain.dates import era_date, month_name
from shakyo_desktop.domain.numbers import show_number
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import Activity
from shakyo_desktop.domain.totals import happened
from shakyo_desktop.gui.shared.row_list import Column, Row

COLUMNS = (Column("日", 66), Column("内容"), Column("人数", 72, "right"))
ROW_HEIGHT, HEAD_HEIGHT = 60, 36
NO_MONTH = ""
_NOTHING_YET = "（まだ空です）"


def month_of(activity: Activity) -> str:
    """Return the month an activity is listed under ("YYYY-MM"), "" without a date."""
    if activity.granularity is Granularity.MONTHLY_TOTAL:
        return activity.month or NO_MONTH
    return f"{activity.held_on:%Y-%m}" if activity.held_on else NO_MONTH


def activity_rows(
    activities: Iterable[Activity], plans: Sequence[Plan], open_problems: Iterable[str]
) -> list[Row]:
    """Return the rows of activities sorted newest first; ``open_problems`` are ids with something open."""
    marked = set(open_problems)
    by_month: dict[str, list[Activity]] = {}
    for one in activities:
        by_month.setdefault(month_of(one), []).append(one)
    names = {(plan.id, item.number): f"{item.number} {item.name}" for plan in plans for item in plan.items}
    rows: list[Row] = []
    for month in sorted(by_month, key=lambda month: month or "9999", reverse=True):
        title = month_name(month) if month else "日付がまだないもの"
        rows.append(Row(("month", month), (f"{title}（{len(by_month[month])}件）",), section=True))
        rows += [activity_row(one, names, one.id in marked) for one in by_month[month]]
    return rows


def activity_row(activity: Activity, names: dict[tuple[str, int], str], marked: bool) -> Row:
    """Return the row of one activity."""
    name = names.get((activity.plan_id, activity.item_number), str(activity.item_number))
    first = activity.content.strip().partition("\n")[0] or activity.venue
    day, people = _day(activity), _people(activity)
    sign = "⚠ " if marked else ""
    words = f"{sign}{name}\n{first or _NOTHING_YET}"
    spoken = f"{_spoken_day(activity)} {name} {first} {people} {'要確認' if marked else ''}"
    return Row(activity.id, (day, words, people), "problem" if marked else "plain", spoken=spoken.strip())


def sums(activities: Iterable[Activity]) -> str:
    """Return how much is listed, in words; what nobody counted is not added."""
    listed = list(activities)
    counted = [one for one in listed if happened(one)]
    people = sum(one.participants or 0 for one in counted)
    helpers = sum(one.helpers or 0 for one in counted)
    return f"{len(listed)}件　延べ参加 {show_number(people)}人　延べ担い手 {show_number(helpers)}人"


def _day(activity: Activity) -> str:
    if activity.granularity is Granularity.MONTHLY_TOTAL:
        return f"{int(activity.month[5:])}月" if activity.month else "－"
    day = activity.held_on
    return f"{day.month}/{day.day}" if day is not None else "－"


def _spoken_day(activity: Activity) -> str:
    if activity.granularity is Granularity.MONTHLY_TOTAL:
        return f"{month_name(activity.month)}分" if activity.month else "日付なし"
    return era_date(activity.held_on) if activity.held_on else "日付なし"


def _people(activity: Activity) -> str:
    if activity.outcome_state in (OutcomeState.CANCELLED, OutcomeState.POSTPONED):
        return activity.outcome_state.label
    return "" if activity.participants is None else f"{show_number(activity.participants)}人"
