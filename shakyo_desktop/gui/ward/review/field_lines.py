"""Lines of fields: this revision, the one before, last year, in words. No widgets here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shakyo_desktop.domain.checks import Problem
from shakyo_desktop.domain.codes import ActivityKind
from shakyo_desktop.domain.field_values import get_field, table_of
from shakyo_desktop.domain.fields import ACTIVITY_FIELDS, PRACTICE_FIELDS, STATUS_FIELDS
from shakyo_desktop.domain.labels import field_label, show_value
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus
from shakyo_desktop.domain.totals import (
    effective_totals,
    item_achievement,
    measure_specs,
    show_rate,
    total_specs,
)

Shown = ItemStatus | Activity | GoodPractice
T = TypeVar("T", ItemStatus, Activity, GoodPractice)

_ALWAYS = frozenset({"state", "self_rating", "outcome", "challenge", "next_plan", "title", "story"})
_NOT_SHOWN = frozenset({"target_unit", "granularity", "item_number"})
_BEFORE_TOTALS = ("state", "state_reason", "self_rating", "rating_reason")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field. ``before`` and ``last_year`` are None where there is no such revision or year."""

    table: str
    record_id: str
    field: str
    label: str
    now: str
    before: str | None
    last_year: str | None
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the newer revision says something else."""
        return self.before is not None and self.before != self.now


def status_lines(
    item: Item,
    plan: Plan,
    status: ItemStatus,
    before: ItemStatus | None,
    last_year: ItemStatus | None,
    problems: Sequence[Problem],
) -> list[FieldLine]:
    """The lines of an item's 取組状況: state and rating, totals, target, words."""
    names = [spec.name for spec in STATUS_FIELDS if spec.name not in _NOT_SHOWN]
    first = [name for name in names if name in _BEFORE_TOTALS]
    totals = [f"typed_totals.{spec.code}" for spec in total_specs(item)]
    rest = [name for name in names if name not in _BEFORE_TOTALS]

    def words(one: ItemStatus, name: str) -> str:
        if name.startswith("typed_totals."):
            return _total(one, name, plan, item)
        return _target(one, item, plan) if name == "target_value" else text_of(one, name, plan)

    return list(_lines(status, before, last_year, [*first, *totals, *rest], words, problems, plan))


def activity_lines(
    activity: Activity, before: Activity | None, plan: Plan, item: Item, problems: Sequence[Problem]
) -> list[FieldLine]:
    """The lines of one activity; what is blank on both sides is left out."""
    names = [spec.name for spec in ACTIVITY_FIELDS if spec.name not in _NOT_SHOWN]
    names += [f"measures.{spec.code}" for spec in measure_specs(item, activity)]
    return list(
        _lines(activity, before, None, names, lambda one, name: text_of(one, name, plan), problems, plan)
    )


def practice_lines(
    practice: GoodPractice, before: GoodPractice | None, plan: Plan, problems: Sequence[Problem]
) -> list[FieldLine]:
    """The lines of a good practice."""
    names = [spec.name for spec in PRACTICE_FIELDS if spec.name not in _NOT_SHOWN]
    return list(
        _lines(practice, before, None, names, lambda one, name: text_of(one, name, plan), problems, plan)
    )


def text_of(record: Shown, name: str, plan: Plan) -> str:
    """A field in words; what could not be read stands as it was typed."""
    typed = record.unread.get(name)
    if typed:
        return f"「{typed}」（要確認）"
    kind = _kind(record)
    value = get_field(record, name)
    if value is False:
        return ""
    return show_value(table_of(record), name, value, plan, kind, record.item_number)


def _kind(record: Shown) -> ActivityKind | None:
    return record.kind if isinstance(record, Activity) else None


def _lines(
    now: T,
    before: T | None,
    last_year: T | None,
    names: Sequence[str],
    words: Callable[[T, str], str],
    problems: Sequence[Problem],
    plan: Plan,
) -> Iterator[FieldLine]:
    table = table_of(now)
    kind = _kind(now)
    for name in names:
        texts = (
            words(now, name),
            words(before, name) if before else None,
            words(last_year, name) if last_year else None,
        )
        here = tuple(one for one in problems if one.ref and one.ref.id == now.id and one.field == name)
        if not any(texts) and not here and name not in _ALWAYS:
            continue
        label = field_label(table, name, kind, plan, now.item_number)
        yield FieldLine(table, now.id, name, label, texts[0], texts[1], texts[2], here)


def _total(status: ItemStatus, name: str, plan: Plan, item: Item) -> str:
    """The figure that is reported, and the diary's count beside one that was typed over."""
    code = name.partition(".")[2]
    counted, typed = status.counted_totals.get(code), status.typed_totals.get(code)
    shown = effective_totals(status, status.counted_totals).get(code)

    def words(value: int | None) -> str:
        return show_value("item_statuses", name, value, plan, item.kind, item.number)

    if typed is not None and counted is not None and typed != counted:
        return f"{words(shown)}（活動記録から数えると {words(counted)}）"
    return words(shown)


def _target(status: ItemStatus, item: Item, plan: Plan) -> str:
    words = text_of(status, "target_value", plan)
    if not words:
        return ""
    totals = effective_totals(status, status.counted_totals)
    rate = item_achievement(item, status, totals)
    reached = f"（達成率 {show_rate(rate)}）" if rate is not None else ""
    return f"{words}{status.target_unit}{reached}"
