"""Which fields of an activity fit what is written in it, and what follows when its item or way changes."""

from collections.abc import Iterable

from shakyo_desktop.domain.codes import ActivityKind, Granularity, OutcomeState, Reporter
from shakyo_desktop.domain.field_values import get_field
from shakyo_desktop.domain.fields import ACTIVITY_FIELDS
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import Activity, FieldValue

BREAKDOWN = tuple(spec.name for spec in ACTIVITY_FIELDS if spec.name.startswith("breakdown."))
COUNTS = ("participants", "participants_unknown", "helpers", "sessions", *BREAKDOWN)
_EVENT = ("held_on", "start_time", "end_time")
_MONTHLY = ("month", "sessions")
_NOT_HELD = (OutcomeState.CANCELLED, OutcomeState.POSTPONED)
_TALLIED = frozenset({ActivityKind.WATCH, ActivityKind.MUTUAL_AID})


def is_filled(activity: Activity, name: str) -> bool:
    """Return whether something stands in a field, if only what could not be read."""
    return get_field(activity, name) not in (None, "", (), False) or name in activity.unread


def fits(activity: Activity, name: str) -> bool:
    """Return whether a field is asked for; what holds something that should not be there is shown too."""
    if name == "outcome_reason":
        return activity.outcome_state is not OutcomeState.HELD or is_filled(activity, name)
    if activity.outcome_state in _NOT_HELD and (name in COUNTS or name.startswith("measures.")):
        return is_filled(activity, name)
    monthly = activity.granularity is Granularity.MONTHLY_TOTAL
    if name in _EVENT:
        return not monthly or name in activity.unread
    if name in _MONTHLY:
        return monthly or name in activity.unread or (name == "sessions" and is_filled(activity, name))
    if name == "partners_text":
        return bool(activity.partners) or is_filled(activity, name)
    return True


def following(
    activity: Activity, name: str, value: FieldValue, old: Item | None, new: Item | None
) -> list[tuple[str, FieldValue]]:
    """Return what else changes with a field: the kind with the item, the month with the way of recording.

    Only what still stands as its item gave it follows; what a person chose stays.
    """
    if name == "item_number" and old is not None and new is not None and activity.kind is old.kind:
        changes: list[tuple[str, FieldValue]] = []
        if new.kind is not old.kind:
            changes.append(("kind", new.kind.value))
        if activity.granularity is _usual(old.kind) and _usual(new.kind) is not _usual(old.kind):
            changes += [("granularity", _usual(new.kind).value), *_month(activity, _usual(new.kind))]
        return changes
    if name == "granularity" and value == Granularity.MONTHLY_TOTAL:
        return _month(activity, Granularity.MONTHLY_TOTAL)
    return []


def item_for_new(
    plans: Iterable[Plan], shown: Activity | None, wanted: tuple[str, int] | None, *, same: bool
) -> tuple[str, int] | None:
    """Return the item of a new activity: the wanted one, the one shown, else the first the district reports.

    ``same`` takes over the activity that is shown, and with it its item.
    """
    last = (shown.plan_id, shown.item_number) if shown else None
    if same and last:
        return last
    own = (
        (plan.id, item.number) for plan in plans for item in plan.items if item.reporter is Reporter.DISTRICT
    )
    return wanted or last or next(own, None)


def _usual(kind: ActivityKind) -> Granularity:
    return Granularity.MONTHLY_TOTAL if kind in _TALLIED else Granularity.EVENT


def _month(activity: Activity, way: Granularity) -> list[tuple[str, FieldValue]]:
    if way is Granularity.MONTHLY_TOTAL and activity.month is None and activity.held_on is not None:
        return [("month", f"{activity.held_on:%Y-%m}")]
    return []
