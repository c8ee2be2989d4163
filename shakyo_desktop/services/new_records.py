"""What a new record starts with: the defaults of its item, or the content of an earlier one."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from shakyo_desktop.domain.codes import ActivityKind, Granularity, OutcomeState, Source
from shakyo_desktop.domain.fields import FieldKind
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.labels import find_measure
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus, MeasureValue

# domain.md, Activity: watch and mutual_aid default to monthly.
_MONTHLY = frozenset({ActivityKind.WATCH, ActivityKind.MUTUAL_AID})


@dataclass(frozen=True, slots=True)
class Beginning:
    """Whose record it is, when and by whom it is made."""

    org: str
    fiscal_year: int
    now: datetime
    who: str
    source: Source = Source.DIRECT


def blank_activity(begin: Beginning, plan_id: str, item: Item, held_on: date | None) -> Activity:
    """Return an activity with the defaults of its item; a monthly tally takes the month of ``held_on``."""
    monthly = item.kind in _MONTHLY
    return Activity(
        id=new_id(begin.now),
        org=begin.org,
        fiscal_year=begin.fiscal_year,
        plan_id=plan_id,
        item_number=item.number,
        kind=item.kind,
        granularity=Granularity.MONTHLY_TOTAL if monthly else Granularity.EVENT,
        held_on=None if monthly else held_on,
        month=f"{held_on:%Y-%m}" if monthly and held_on else None,
        source=begin.source,
        keyed_by=begin.who,
    )


def same_activity(blank: Activity, earlier: Activity, held_on: date | None) -> Activity:
    """Return ``blank`` with the content of an earlier activity: all but date, counts and photos.

    Whether it was cancelled belongs to the earlier date, and what could not be read or was answered
    there says nothing here.
    """
    monthly = earlier.granularity is Granularity.MONTHLY_TOTAL
    return replace(
        earlier,
        id=blank.id,
        org=blank.org,
        fiscal_year=blank.fiscal_year,
        plan_id=blank.plan_id,
        item_number=blank.item_number,
        held_on=None if monthly else held_on,
        month=f"{held_on:%Y-%m}" if monthly and held_on else None,
        outcome_state=OutcomeState.HELD,
        outcome_reason="",
        participants=None,
        participants_unknown=False,
        breakdown={},
        helpers=None,
        sessions=None,
        measures=_without_counts(earlier),
        source=blank.source,
        keyed_by=blank.keyed_by,
        reasons={},
        unread={},
        deleted_at=None,
    )


def _without_counts(activity: Activity) -> dict[str, MeasureValue]:
    """Return the measures that describe and do not count: the style of a meal, the host, the theme."""
    lasting = (FieldKind.TEXT, FieldKind.CHOICE)
    specs = {code: find_measure(code, activity.kind) for code in activity.measures}
    return {
        code: value
        for code, value in activity.measures.items()
        if (spec := specs[code]) and spec.kind in lasting
    }


def blank_status(begin: Beginning, plan: Plan, item: Item) -> ItemStatus:
    """Return an item status nobody has written in yet."""
    return ItemStatus(
        id=new_id(begin.now),
        org=begin.org,
        fiscal_year=begin.fiscal_year,
        plan_id=plan.id,
        item_number=item.number,
    )


def blank_practice(begin: Beginning, plan_id: str, item_number: int) -> GoodPractice:
    """Return a good practice without title and story."""
    return GoodPractice(
        id=new_id(begin.now),
        org=begin.org,
        fiscal_year=begin.fiscal_year,
        plan_id=plan_id,
        item_number=item_number,
    )
