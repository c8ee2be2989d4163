"""What stands in the boxes of a form: a year's records as they are written on its paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from shakyo_desktop.domain.codes import Assembly, OutcomeState
from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.field_values import get_field
from shakyo_desktop.domain.forms.layout import (
    ActivityRow,
    Box,
    BoxKind,
    CoverOf,
    FormLayout,
    MonthTally,
    StatusOf,
    Target,
    YearOf,
)
from shakyo_desktop.domain.numbers import show_number, show_thousandths
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import Activity, ItemStatus, YearRecords
from shakyo_desktop.domain.totals import by_item, count_totals, effective_totals, sort_day

BoxKey = tuple[int, str]
"""A page's number and a box's number: what a box is called within one form."""

_TOTAL_OF = {"participants": "person_times"}


@dataclass(frozen=True, slots=True)
class Cover:
    """What the head of F4 says. ``handed_in_on`` is None for a day that is still open."""

    chair_name: str = ""
    handed_in_on: date | None = None
    assembly: Assembly | None = None


@dataclass(frozen=True, slots=True)
class FormValues:
    """The text of every box that has one, and what stands in grey beside it, by ``BoxKey``."""

    texts: Mapping[BoxKey, str] = field(default_factory=dict)
    beside: Mapping[BoxKey, str] = field(default_factory=dict)


def form_values(
    layout: FormLayout,
    plan: Plan,
    *,
    records: YearRecords | None = None,
    last_year: YearRecords | None = None,
    cover: Cover | None = None,
) -> FormValues:
    """Fill a form: ``records`` go into the boxes, ``last_year`` stands in grey where there is room for it.

    Figures come from the diary with what was typed over them; what nobody counted stays blank.
    """
    texts = _texts(layout, _Reader(plan, records, cover)) if records or cover else {}
    beside = _texts(layout, _Reader(plan, last_year, None), beside=True) if last_year else {}
    return FormValues(texts, beside)


def activities_on_paper(records: YearRecords) -> list[Activity]:
    """The diary in the order of its rows on paper: by day, a month's tally after that month's days."""
    return sorted((one for one in records.activities if one.deleted_at is None), key=sort_day)


class _Reader:
    """Answers what stands in a box."""

    def __init__(self, plan: Plan, records: YearRecords | None, cover: Cover | None) -> None:
        year = records or YearRecords("", 0)
        self._plan = plan
        self._cover = cover or Cover()
        self._diary = activities_on_paper(year)
        self._by_item = by_item(self._diary)
        self._statuses = {(one.plan_id, one.item_number): one for one in year.item_statuses}
        self._sums: dict[tuple[int, str], dict[str, int]] = {}

    def text(self, box: Box, target: Target, beside: bool = False) -> str:
        match target:
            case ActivityRow(index):
                return _activity_text(self._diary[index], box) if index < len(self._diary) else ""
            case MonthTally(_, number, month):
                return _number(self._month(number, month), box)
            case YearOf(_, number):
                return _number(self._month(number, ""), box)
            case StatusOf(plan_id, number):
                return self._status_text(plan_id, number, box, beside)
            case CoverOf():
                return self._cover_text(box)

    def _month(self, number: int, month: str) -> Mapping[str, int]:
        """An item's totals in one month, or in the year for an empty one; each is counted once."""
        known = self._sums.get((number, month))
        if known is None:
            item = self._plan.item(number)
            diary = self._by_item.get((self._plan.id, number), [])
            known = self._sums[(number, month)] = (
                count_totals(item, [one for one in diary if _month_of(one).startswith(month)]) if item else {}
            )
        return known

    def _status_text(self, plan_id: str, number: int, box: Box, beside: bool) -> str:
        status = self._statuses.get((plan_id, number))
        if box.field.startswith("typed_totals."):
            item = self._plan.item(number)
            return self._total(item, status, box.field.partition(".")[2]) if item else ""
        if status is None:
            return ""
        if box.field in status.unread:
            return status.unread[box.field]
        value = get_field(status, box.field)
        if beside and box.kind is BoxKind.CHOICE:
            return next((one.words for one in box.choices if one.code == value), "")
        if box.field == "target_value":
            return show_thousandths(value) if value is not None else ""
        return _value_text(value, box)

    def _total(self, item: Item, status: ItemStatus | None, code: str) -> str:
        typed = status.unread.get(f"typed_totals.{code}", "") if status else ""
        figure = effective_totals(status, self._month(item.number, "")).get(code)
        return typed or (show_number(figure) if figure is not None else "")

    def _cover_text(self, box: Box) -> str:
        value = getattr(self._cover, box.field)
        return _value_text(value, box)


def _texts(layout: FormLayout, reader: _Reader, beside: bool = False) -> dict[BoxKey, str]:
    found: dict[BoxKey, str] = {}
    for page in layout.pages:
        for row in page.rows:
            for box, target in row.pairs():
                if beside and box.beside is None:
                    continue
                text = reader.text(box, target, beside)
                if text:
                    found[(page.number, box.number)] = text
    return found


def _activity_text(activity: Activity, box: Box) -> str:
    if box.field in activity.unread:
        return activity.unread[box.field]
    if box.field == "held_on" and activity.held_on is None:
        return f"{int(activity.month[5:])}月計" if activity.month else ""
    if box.field == "content" and activity.outcome_state in (OutcomeState.CANCELLED, OutcomeState.POSTPONED):
        return "　".join(part for part in (activity.outcome_reason, activity.content) if part)
    return _value_text(get_field(activity, box.field), box)


def _value_text(value: object, box: Box) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return short_era_date(value)
    if box.kind is BoxKind.CHOICE:
        return next((one.digit for one in box.choices if one.code == value), "")
    if box.kind is BoxKind.CHOICES and isinstance(value, Iterable):
        chosen = set(value)
        return "・".join(one.digit for one in box.choices if one.code in chosen)
    if isinstance(value, int) and not isinstance(value, bool):
        return show_number(value)
    return str(value)


def _number(totals: Mapping[str, int], box: Box) -> str:
    code = box.field.removeprefix("measures.")
    figure = totals.get(_TOTAL_OF.get(code, code))
    return show_number(figure) if figure is not None else ""


def _month_of(activity: Activity) -> str:
    if activity.month:
        return activity.month
    return activity.held_on.isoformat()[:7] if activity.held_on else "9999-99"
