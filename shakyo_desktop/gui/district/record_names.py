"""To which item every record of a year belongs, in words."""

from shakyo_desktop.domain.dates import month_name
from shakyo_desktop.domain.labels import field_label, item_name
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.services.year_view import YearView


def item_names(view: YearView) -> dict[str, str]:
    """Return number and name of the item of every record, and the day of an activity, by the record's id."""
    plans = {plan.id: plan for plan in view.plans}
    records = view.records
    written: list[ItemStatus | Activity | GoodPractice] = [
        *records.item_statuses,
        *records.activities,
        *records.good_practices,
    ]
    names = {one.id: item_name(one.item_number, plans.get(one.plan_id)) for one in written}
    for photo in records.photos:
        names[photo.id] = names.get(photo.activity_id, "")
    days = activity_days(view)
    return {one: f"{name}　{days[one]}" if one in days else name for one, name in names.items()}


def activity_days(view: YearView) -> dict[str, str]:
    """Return the day or month of every activity and its photos, by the record's id."""
    days: dict[str, str] = {}
    for one in view.records.activities:
        if one.held_on is not None:
            days[one.id] = f"{one.held_on.month}月{one.held_on.day}日の活動記録"
        elif one.month:
            days[one.id] = f"{month_name(one.month)}の活動記録"
        else:
            days[one.id] = "日付のない活動記録"
    for photo in view.records.photos:
        days[photo.id] = f"{days.get(photo.activity_id, '')}の写真"
    return days


def request_place(request: CorrectionRequest, item: str) -> str:
    """Return where a request points: item and field in words."""
    if request.table == "report":
        return "報告の全体"
    label = field_label(request.table, request.field) if request.field else ""
    return "　".join(part for part in (item, label) if part)
