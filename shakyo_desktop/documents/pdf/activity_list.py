"""An item's diary as a ruled list, in the order of time."""

from collections import Counter
from collections.abc import Iterable, Sequence

from shakyo_desktop.documents.pdf.frame import LEFT
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Column, listing
from shakyo_desktop.documents.pdf.wording import NOT_RECORDED, count_text
from shakyo_desktop.domain.codes import Granularity, OutcomeState
from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.labels import show_value
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ACTIVITIES, Activity, Photo
from shakyo_desktop.domain.totals import measure_specs

_COLUMNS = (
    Column("日付", 27),
    Column("場所・内容", 73, typed="活動記録の文"),
    Column("参加", 18, "right"),
    Column("担い手", 18, "right"),
    Column("そのほか", 36, typed="活動記録の数字"),
)


def draw_activities(
    sheets: Sheets, activities: Sequence[Activity], item: Item, plan: Plan, photos: Iterable[Photo]
) -> None:
    """Draw the activities of one item below ``sheets.y``, over as many pages as they take."""
    pictures = Counter(photo.activity_id for photo in photos if photo.deleted_at is None)
    sheets.need(50)
    sheets.y += 3
    sheets.text(LEFT, sheets.y + 4, f"活動記録（{len(activities)}件）", bold=True)
    sheets.y += 6
    rows = ((*_row(one, item, plan), _others(one, item, plan, pictures[one.id])) for one in activities)
    listing(sheets, _COLUMNS, rows, f"{item.number} 活動記録")


def _row(activity: Activity, item: Item, plan: Plan) -> tuple[str, str, str, str]:
    participants = "不明" if activity.participants_unknown else count_text(activity.participants, "人")
    return (_when(activity), _what(activity), participants, count_text(activity.helpers, "人"))


def _when(activity: Activity) -> str:
    if activity.granularity is Granularity.MONTHLY_TOTAL and activity.month:
        return f"{int(activity.month[5:])}月分"
    if activity.held_on is None:
        return activity.unread.get("held_on", NOT_RECORDED)
    times = "～".join(time for time in (activity.start_time, activity.end_time) if time)
    return f"{short_era_date(activity.held_on)}\n{times}" if times else short_era_date(activity.held_on)


def _what(activity: Activity) -> str:
    parts = [activity.venue, activity.content]
    if activity.outcome_state is not OutcomeState.HELD:
        parts.insert(0, f"【{activity.outcome_state.label}】{activity.outcome_reason}")
    partners = "、".join(
        part
        for part in (show_value(ACTIVITIES, "partners", activity.partners), activity.partners_text)
        if part
    )
    if partners:
        parts.append(f"いっしょに：{partners}")
    return "\n".join(part for part in parts if part)


def _others(activity: Activity, item: Item, plan: Plan, pictures: int) -> str:
    parts = [f"{activity.sessions}回"] if activity.sessions is not None else []
    for spec in measure_specs(item, activity):
        value = activity.measures.get(spec.code)
        shown = show_value(ACTIVITIES, f"measures.{spec.code}", value, plan, activity.kind, item.number)
        if shown:
            parts.append(f"{spec.label} {shown}")
    if pictures:
        parts.append(f"写真 {pictures}枚")
    return "\n".join(parts)
