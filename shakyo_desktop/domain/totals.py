"""The year's figures of an item: counted from the diary, typed over by a person, set against a target.

What nobody counted is absent and never 0. Person-times (延べ) and persons (実人数) are never interchanged;
persons cannot be counted from a diary at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from shakyo_desktop.domain.codes import ActivityKind, Granularity, OutcomeState
from shakyo_desktop.domain.fields import COMMON_TOTALS, KIND_MEASURES, FieldKind, MeasureSpec
from shakyo_desktop.domain.plan import Item, Measure
from shakyo_desktop.domain.records import Activity, ItemStatus, MeasureValue
from shakyo_desktop.domain.text import fold_name

HAPPENED = frozenset({OutcomeState.HELD, OutcomeState.SUBSTITUTE})


def total_specs(item: Item) -> tuple[MeasureSpec, ...]:
    """The totals of an item in the order of the form: common ones, its kind's, its own extra measures."""
    specs = list(COMMON_TOTALS)
    specs += [
        spec
        for spec in KIND_MEASURES[item.kind]
        if spec.kind is FieldKind.NUMBER and spec.total in ("sum", "last", "max")
    ]
    specs += [_spec_of(extra) for extra in item.measures]
    first: dict[str, MeasureSpec] = {}
    for spec in specs:
        first.setdefault(spec.code, spec)
    return tuple(first.values())


def measure_specs(item: Item | None, activity: Activity) -> tuple[MeasureSpec, ...]:
    """The figures that an activity of this item asks for: its own kind's, then the item's extra ones."""
    return _measure_specs(activity.kind, item.measures if item else ())


@cache
def _measure_specs(kind: ActivityKind, extra: tuple[Measure, ...]) -> tuple[MeasureSpec, ...]:
    known = KIND_MEASURES[kind]
    codes = {spec.code for spec in known}
    return (*known, *(_spec_of(one) for one in extra if one.code not in codes))


def _spec_of(measure: Measure) -> MeasureSpec:
    return MeasureSpec(measure.code, measure.label, unit=measure.unit, total=measure.total)


def fitting_measures(item: Item | None, activity: Activity) -> dict[str, MeasureValue]:
    """What an activity says in the figures it asks for.

    What was written while it had another kind is kept in the record and shown nowhere, so it counts nowhere.
    """
    codes = (spec.code for spec in measure_specs(item, activity))
    return {code: activity.measures[code] for code in codes if code in activity.measures}


def as_reported(item: Item | None, activity: Activity) -> Activity:
    """The activity without figures of a kind it no longer has; they stay in the record, not handed in."""
    codes = {spec.code for spec in measure_specs(item, activity)}
    if codes.issuperset(activity.measures) and not activity.unread:
        return activity
    unread = {
        name: typed
        for name, typed in activity.unread.items()
        if not name.startswith("measures.") or name.removeprefix("measures.") in codes
    }
    return replace(activity, measures=fitting_measures(item, activity), unread=unread)


def sort_day(activity: Activity) -> tuple[str, str]:
    """A key that orders activities in time: a month's tally after that month's days, then by id."""
    if activity.granularity is Granularity.MONTHLY_TOTAL and activity.month:
        return f"{activity.month}-99", activity.id
    return activity.held_on.isoformat() if activity.held_on else "9999-99", activity.id


def happened(activity: Activity) -> bool:
    """Whether the activity counts: held or done another way, and not in the bin."""
    return activity.deleted_at is None and activity.outcome_state in HAPPENED


def by_item(activities: Iterable[Activity]) -> dict[tuple[str, int], list[Activity]]:
    """Activities by plan and item number, so that a year of thousands is walked once, not once per item."""
    grouped: dict[tuple[str, int], list[Activity]] = {}
    for one in activities:
        grouped.setdefault((one.plan_id, one.item_number), []).append(one)
    return grouped


def count_totals(item: Item, activities: Iterable[Activity]) -> dict[str, int]:
    """Count an item's totals from the diary; a total that nothing speaks about is absent.

    Args:
        item: one item of a plan.
        activities: activities of that plan; those of other items, cancelled and deleted ones are left
            out. An activity counts for its main item only, so that no sum counts it twice.
    """
    counted = sorted(
        (one for one in activities if one.item_number == item.number and happened(one)), key=sort_day
    )
    figures = [_figures_of(one, item) for one in counted]
    totals: dict[str, int] = {}
    for spec in total_specs(item):
        figure = _places(counted, figures) if spec.code == "places" else _total(spec, figures)
        if figure is not None:
            totals[spec.code] = figure
    return totals


def effective_totals(status: ItemStatus | None, counted: Mapping[str, int]) -> dict[str, int]:
    """What is reported: the count, with what a person typed over it."""
    return {**counted, **(status.typed_totals if status else {})}


def achievement_rate(actual: int | None, target_thousandths: int | None) -> int | None:
    """The rate of achievement per mille (0.1 %), rounded half up.

    None without a figure or without a target above zero.
    """
    if actual is None or target_thousandths is None or target_thousandths <= 0:
        return None
    return (actual * 2_000_000 + target_thousandths) // (2 * target_thousandths)


def show_rate(per_mille: int) -> str:
    """95.5% for 955."""
    return f"{per_mille // 10:,}.{per_mille % 10}%"


def target_total(item: Item, status: ItemStatus) -> MeasureSpec | None:
    """The total a target is about: the first one with the target's unit, or None when no unit fits."""
    unit = fold_name(status.target_unit).removeprefix("延べ")
    return next((spec for spec in total_specs(item) if unit and fold_name(spec.unit) == unit), None)


def item_achievement(item: Item, status: ItemStatus, totals: Mapping[str, int]) -> int | None:
    """The rate per mille of an item's target, None when it cannot be told. It never decides a rating."""
    spec = target_total(item, status)
    return achievement_rate(totals.get(spec.code), status.target_value) if spec else None


def _figures_of(activity: Activity, item: Item) -> dict[str, int]:
    """The numbers one activity states, by the code of the total they go into."""
    single = 1 if activity.granularity is Granularity.EVENT else None
    stated: dict[str, MeasureValue | None] = {
        **fitting_measures(item, activity),
        "sessions": activity.sessions if activity.sessions is not None else single,
        "person_times": activity.participants,
        "helpers": activity.helpers,
    }
    return {
        code: figure
        for code, figure in stated.items()
        if isinstance(figure, int) and not isinstance(figure, bool)
    }


def _total(spec: MeasureSpec, figures: Sequence[Mapping[str, int]]) -> int | None:
    stated = [one[spec.code] for one in figures if spec.code in one]
    if not stated or spec.total == "none":
        return None
    if spec.total == "max":
        return max(stated)
    return stated[-1] if spec.total == "last" else sum(stated)


def _places(activities: Sequence[Activity], figures: Sequence[Mapping[str, int]]) -> int | None:
    """Different venues named in the diary, or the most venues one entry speaks of if that is more."""
    named = {fold_name(one.venue) for one in activities} - {""}
    most = max((one.get("venues", 0) for one in figures), default=0)
    return max(len(named), most) or None
