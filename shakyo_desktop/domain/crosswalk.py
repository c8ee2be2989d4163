"""Several plans: which item of another plan an activity counts for, and never for two of one plan.

An activity names one item of one plan. In every other plan it counts for the item that the crosswalk pairs
with that item; where several items of one plan are paired, for the first in that plan's order. Pairs are
read both ways and are not chained: what corresponds to what corresponds is not the same work any more.
Source: the domain's Several plans.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shakyo_desktop.domain.keeping import ActivityCount
from shakyo_desktop.domain.plan import Crosswalk, Plan

ItemKey = tuple[str, int]
"""A plan's id and an item's number."""


@dataclass(frozen=True, slots=True)
class CountedAs:
    """The one item of a plan that another plan's item counts for, and the paired ones it does not."""

    item_number: int
    not_counted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MappedFigures:
    """What came to an item from one item of another plan, over one or more districts.

    A figure is None when no activity states it, which is not 0.
    """

    plan_id: str
    item_number: int
    activities: int
    sessions: int | None
    participants: int | None
    helpers: int | None


def both_ways(pairs: Iterable[Crosswalk]) -> dict[ItemKey, set[ItemKey]]:
    """Every item with the items it is paired with; an item is never paired with its own plan's."""
    found: dict[ItemKey, set[ItemKey]] = defaultdict(set)
    for pair in pairs:
        if pair.plan_id != pair.other_plan_id:
            one, other = (pair.plan_id, pair.item_number), (pair.other_plan_id, pair.other_item_number)
            found[one].add(other)
            found[other].add(one)
    return found


def successions(pairs: Iterable[Crosswalk], plans: Iterable[Plan]) -> tuple[Crosswalk, ...]:
    """The pairs of a plan with one that ended before it began: only these tell where an item stood before.

    Plans that run side by side report about their own items each year; the other's word is not last year's.
    """
    known = {plan.id: plan for plan in plans}
    return tuple(
        pair
        for pair in pairs
        if (one := known.get(pair.plan_id)) is not None
        and (other := known.get(pair.other_plan_id)) is not None
        and (one.last_fiscal_year < other.first_fiscal_year or other.last_fiscal_year < one.first_fiscal_year)
    )


def counted_in(plan: Plan, pairs: Iterable[Crosswalk]) -> dict[ItemKey, CountedAs]:
    """For each item of other plans that has a partner in ``plan``, the one item it counts for."""
    order = {item.number: at for at, item in enumerate(plan.items)}
    found = {}
    for key, partners in both_ways(pairs).items():
        numbers = sorted(
            (number for plan_id, number in partners if plan_id == plan.id and number in order),
            key=order.__getitem__,
        )
        if key[0] != plan.id and numbers:
            found[key] = CountedAs(numbers[0], tuple(numbers[1:]))
    return found


def figures_by_source(
    plan: Plan, counts: Iterable[ActivityCount], pairs: Iterable[Crosswalk]
) -> dict[int, tuple[MappedFigures, ...]]:
    """By item of ``plan``: what comes from each item of other plans, summed over districts and years.

    Lines of this plan are left out: they count by themselves.
    """
    grouped: dict[tuple[int, ItemKey], list[ActivityCount]] = defaultdict(list)
    for line, source in _mapped(plan, counts, pairs):
        grouped[line.item_number, source].append(line)
    found: dict[int, list[MappedFigures]] = defaultdict(list)
    for (number, source), lines in sorted(grouped.items(), key=lambda one: one[0]):
        found[number].append(
            MappedFigures(
                *source,
                sum(line.activities for line in lines),
                _sum(line.sessions for line in lines),
                _sum(line.participants for line in lines),
                _sum(line.helpers for line in lines),
            )
        )
    return {number: tuple(lines) for number, lines in found.items()}


def crosswalk_problems(pairs: Iterable[Crosswalk], plans: Mapping[str, Plan]) -> list[str]:
    """What is wrong with pairs, one sentence each, naming plan and item."""
    problems = []
    for pair in pairs:
        sides = ((pair.plan_id, pair.item_number), (pair.other_plan_id, pair.other_item_number))
        for plan_id, number in sides:
            plan = plans.get(plan_id)
            if plan is None:
                problems.append(f"計画「{plan_id}」はありません。")
            elif plan.item(number) is None:
                problems.append(f"「{plan.name}」に取組項目{number}はありません。番号を確かめてください。")
        if pair.plan_id == pair.other_plan_id:
            problems.append(
                f"取組項目{pair.item_number}と{pair.other_item_number}は同じ計画の項目です。"
                "つなげるのは、別の計画の項目だけです。"
            )
    return list(dict.fromkeys(problems))


def _mapped(
    plan: Plan, counts: Iterable[ActivityCount], pairs: Iterable[Crosswalk]
) -> Iterator[tuple[ActivityCount, ItemKey]]:
    """The figures of other plans' diaries as figures of this plan's items, each with where it comes from."""
    counted = counted_in(plan, pairs)
    for line in counts:
        source = (line.plan_id, line.item_number)
        if source in counted:
            yield (
                ActivityCount(
                    line.org,
                    line.fiscal_year,
                    plan.id,
                    counted[source].item_number,
                    line.activities,
                    line.sessions,
                    line.participants,
                    line.helpers,
                    line.uncounted,
                ),
                source,
            )


def _sum(figures: Iterable[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None
