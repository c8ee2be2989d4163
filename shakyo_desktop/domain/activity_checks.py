"""The rules of one 活動記録 (H hard, S soft in the domain's table of fields)."""

from collections.abc import Iterable, Iterator
from datetime import date

from shakyo_desktop.domain.codes import Granularity, OutcomeState
from shakyo_desktop.domain.dates import era_date, month_name
from shakyo_desktop.domain.field_checks import check_bounds, check_measures, check_unread
from shakyo_desktop.domain.field_values import get_field
from shakyo_desktop.domain.fiscal_year import fiscal_year_name, fiscal_year_of, months_of
from shakyo_desktop.domain.kind_checks import check_kind
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.domain.people_checks import check_people
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.problems import Findings, Problem
from shakyo_desktop.domain.records import ACTIVITIES, Activity, Photo
from shakyo_desktop.domain.totals import as_reported, fitting_measures, happened, measure_specs

MAX_PHOTOS = 8
MAX_HOURS = 12
_COUNTS = ("participants", "helpers", "sessions")


def check_activity(
    activity: Activity,
    item: Item | None,
    fiscal_year: int,
    today: date,
    photos: Iterable[Photo] = (),
    *,
    carried: int = 0,
    plan: Plan | None = None,
) -> list[Problem]:
    """Every rule that one activity can be judged by alone.

    Args:
        item: its item in the catalogue, None when the catalogue has none.
        photos: the pictures of this activity.
        carried: 依頼 of earlier months of the year that were still open (繰越), for 支えあい.
        plan: when given, related items are looked up in it too.
    """
    activity = as_reported(item, activity)
    findings = Findings(activity, activity.item_number, activity.plan_id)
    specs = measure_specs(item, activity)
    labels = {f"measures.{spec.code}": spec.label for spec in specs}
    check_unread(findings, activity, ACTIVITIES, labels)
    check_bounds(findings, activity, ACTIVITIES)
    _check_item(findings, activity, item, plan)
    _check_day(findings, activity, fiscal_year, today)
    _check_times(findings, activity)
    _check_outcome(findings, activity, item)
    _check_counts(findings, activity)
    check_measures(findings, activity, specs)
    if happened(activity):
        check_kind(findings, activity, carried)
    check_people(findings, activity, item)
    if sum(1 for photo in photos if photo.deleted_at is None) > MAX_PHOTOS:
        message = f"写真が{MAX_PHOTOS}枚より多くあります。{MAX_PHOTOS}枚までに減らしてください。"
        findings.hard("photos", "activity.photos.too_many", message)
    return findings.problems


def _check_item(findings: Findings, activity: Activity, item: Item | None, plan: Plan | None) -> None:
    if item is None:
        message = f"取組項目{activity.item_number}は計画にありません。取組項目を選びなおしてください。"
        findings.hard("item_number", "activity.item_number.unknown", message)
    missing = [number for number in activity.related_items if plan and plan.item(number) is None]
    if missing:
        numbers = "、".join(str(number) for number in missing)
        message = f"関係する項目の{numbers}は計画にありません。外してください。"
        findings.hard("related_items", "activity.related_items.unknown", message)


def _check_day(findings: Findings, activity: Activity, fiscal_year: int, today: date) -> None:
    if activity.granularity is Granularity.MONTHLY_TOTAL:
        _check_month(findings, activity, fiscal_year, today)
        return
    day = activity.held_on
    if day is None:
        if "held_on" not in activity.unread:
            message = "日付がありません。行った日を書いてください。"
            findings.hard("held_on", "activity.held_on.missing", message)
    elif fiscal_year_of(day) != fiscal_year:
        year = fiscal_year_name(fiscal_year)
        message = f"{era_date(day)}は{year}の外です。日付を直すか、その年度に書いてください。"
        findings.hard("held_on", "activity.held_on.outside_year", message)
    elif happened(activity) and day > today:
        message = (
            f"{era_date(day)}はまだ来ていません。日付か「{activity.outcome_state.label}」を直してください。"
        )
        findings.hard("held_on", "activity.held_on.future", message)


def _check_month(findings: Findings, activity: Activity, fiscal_year: int, today: date) -> None:
    month = activity.month
    if month is None:
        if "month" not in activity.unread:
            message = "月がありません。何月の分かを書いてください。"
            findings.hard("month", "activity.month.missing", message)
    elif month not in months_of(fiscal_year):
        year = fiscal_year_name(fiscal_year)
        message = f"{month_name(month)}は{year}の外です。月を直すか、その年度に書いてください。"
        findings.hard("month", "activity.month.outside_year", message)
    elif happened(activity) and month > today.strftime("%Y-%m"):
        message = f"{month_name(month)}はまだ来ていません。月を直してください。"
        findings.hard("month", "activity.month.future", message)


def _check_times(findings: Findings, activity: Activity) -> None:
    if not (activity.start_time and activity.end_time):
        return
    length = _minutes(activity.end_time) - _minutes(activity.start_time)
    if length <= 0:
        how = "と同じ" if length == 0 else "より前"
        message = f"終わりの時刻が始まり{how}です。午前と午後を確かめてください。"
        findings.soft("end_time", "activity.end_time.before_start", message)
    elif length > MAX_HOURS * 60:
        message = f"始まりから終わりまで{MAX_HOURS}時間を超えています。時刻を確かめてください。"
        findings.soft("end_time", "activity.end_time.too_long", message)


def _minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def _check_outcome(findings: Findings, activity: Activity, item: Item | None) -> None:
    """中止 and 延期 have no counts and say why."""
    if activity.outcome_state not in (OutcomeState.CANCELLED, OutcomeState.POSTPONED):
        return
    word = activity.outcome_state.label
    if not activity.outcome_reason.strip():
        message = f"{word}の理由がありません。理由を書いてください。"
        findings.hard("outcome_reason", "activity.outcome_reason.missing", message)
    for name in _filled_counts(activity, item):
        label = field_label(ACTIVITIES, name, activity.kind)
        message = f"{word}なのに{label}が書かれています。空にするか、「実施した」に直してください。"
        findings.hard(name, "activity.counts_when_not_held", message)


def _filled_counts(activity: Activity, item: Item | None) -> Iterator[str]:
    yield from (name for name in _COUNTS if get_field(activity, name) is not None)
    yield from (f"breakdown.{group}" for group in activity.breakdown)
    for code, value in fitting_measures(item, activity).items():
        if isinstance(value, int) and not isinstance(value, bool):
            yield f"measures.{code}"


def _check_counts(findings: Findings, activity: Activity) -> None:
    parts = sum(activity.breakdown.values())
    if activity.breakdown and activity.participants is not None and parts > activity.participants:
        message = (
            f"内訳の合計{parts}人が、延べ参加者{activity.participants}人より多くなっています。"
            "どちらかを直してください。"
        )
        findings.hard("participants", "activity.breakdown.above_participants", message)
    if activity.participants is not None and activity.participants_unknown:
        message = "延べ参加者が書かれているのに「わからない」の印があります。どちらかを消してください。"
        findings.hard("participants_unknown", "activity.participants_unknown.counted", message)
    monthly = activity.granularity is Granularity.MONTHLY_TOTAL and happened(activity)
    if monthly and not activity.sessions and "sessions" not in activity.unread:
        message = "1か月まとめて書くときは、回数（1以上）を書いてください。"
        findings.hard("sessions", "activity.sessions.missing", message)
