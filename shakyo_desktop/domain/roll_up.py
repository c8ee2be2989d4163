"""From what districts reported to a ward's figures: distributions, sums with coverage, last year beside.

Pure counting. What is missing is never a 0, symbols are never averaged, and persons (実人数) are never added
across districts. Every other figure is added up over the districts, whatever made it within one district
(sum, last, max): they are different places and different people. Source: the domain's WardCompilation.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from shakyo_desktop.domain.codes import LabelledCode, Reporter
from shakyo_desktop.domain.compilation import CoveredSum, DistrictLine, ItemRollUp, PracticeSource
from shakyo_desktop.domain.crosswalk import ItemKey, successions
from shakyo_desktop.domain.fields import COMMON_TOTALS, MeasureSpec
from shakyo_desktop.domain.mapped_totals import added, district_totals, mapped_sources, sources_of
from shakyo_desktop.domain.plan import Crosswalk, Item, Plan
from shakyo_desktop.domain.records import GoodPractice, ItemStatus, blank_like
from shakyo_desktop.domain.sharing import SharedWording, faults_of
from shakyo_desktop.domain.totals import effective_totals, total_specs


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What a ward holds of one fiscal year.

    ``expected`` counts the districts that owe a report, ``reported`` names those whose values are here, in
    the order of the roster. ``statuses`` are by item and organisation, the ward's own among them. ``tables``
    are the reported ones whose values came from a table: no signed report stands behind them.
    """

    ward: str
    expected: int
    reported: tuple[str, ...]
    statuses: Mapping[ItemKey, Mapping[str, ItemStatus]]
    practices: Mapping[ItemKey, tuple[PracticeSource, ...]]
    tables: frozenset[str] = frozenset()


def year_facts(
    ward: str,
    expected: int,
    reported: Sequence[str],
    statuses: Iterable[ItemStatus],
    practices: Iterable[GoodPractice] = (),
    wordings: Iterable[SharedWording] = (),
    tables: Iterable[str] = (),
) -> YearFacts:
    """Sort a year's records by item, each walked once.

    Records of a district whose report does not count are left out. When a report states an item twice, the
    record that was made first counts, so that nothing counts twice. ``wordings`` are the ward's, of the same
    year; one with a fault is left out.
    """
    known = {*reported, ward}
    by_item: dict[ItemKey, dict[str, ItemStatus]] = {}
    for status in sorted(statuses, key=lambda one: one.id):
        if status.org in known:
            by_item.setdefault((status.plan_id, status.item_number), {}).setdefault(status.org, status)
    worded = {(one.org, one.practice_id): one for one in wordings if not faults_of(one)}
    stories: dict[ItemKey, tuple[PracticeSource, ...]] = {}
    for one in sorted(practices, key=lambda one: (one.org, one.id)):
        if one.org in known:
            key = (one.plan_id, one.item_number)
            stories[key] = (*stories.get(key, ()), _told(one, worded.get((one.org, one.id))))
    return YearFacts(ward, expected, tuple(reported), by_item, stories, frozenset(tables))


def _told(practice: GoodPractice, wording: SharedWording | None) -> PracticeSource:
    source = PracticeSource(practice.org, practice.id, practice.title, practice.story)
    if wording is None:
        return source
    title, story = wording.title.strip(), wording.story.strip()
    if (title, story) == (practice.title.strip(), practice.story.strip()):
        return source
    return replace(source, shared_title=title, shared_story=story)


def roll_up(
    plan: Plan,
    facts: YearFacts,
    earlier: YearFacts | None = None,
    pairs: Iterable[Crosswalk] = (),
    others: Iterable[Plan] = (),
) -> tuple[ItemRollUp, ...]:
    """Every item of a plan over all districts, in the order of the plan.

    Args:
        facts: this year.
        earlier: the year before.
        pairs: the crosswalk; an item that a plan before this one had last year is found through it when the
            pair is the only one. Through it an item's sums also hold what other plans' items count for it,
            each once (``domain.crosswalk``).
        others: the other plans, for their years and the names of their items.
    """
    known = tuple(pairs)
    names = {one.id: one for one in others}
    partners = items_standing_for(plan, known, names.values())
    sources = sources_of(plan, known)
    rolled = []
    for item in plan.items:
        key, mapped_from = (plan.id, item.number), sources.get(item.number, ())
        own = _roll_up_item(item, facts, key, mapped_from)
        mapped = mapped_sources(item, mapped_from, facts.reported, facts.statuses, names)
        before = _last_year(item, earlier, key, partners, mapped_from) if earlier else None
        rolled.append(replace(own, last_year=before, mapped=mapped))
    return tuple(rolled)


TOGETHER = ("sessions", "person_times", "helpers")
"""Figures that may be added over items: an activity counts for its main item only. Places may be the same."""


def roll_up_together(items: Iterable[ItemRollUp], expected: int) -> ItemRollUp:
    """Several items as one, for a direction or the whole: its number is 0.

    ``states``, ``ratings`` and ``unreported`` count items of districts. A sum covers the districts that state
    it for any of the items. Last year is left out: its lines, which would tell its coverage, are not kept.
    """
    several = tuple(items)
    states, ratings = Counter[str](), Counter[str]()
    for one in several:
        states.update(one.states)
        ratings.update(one.ratings)
    return ItemRollUp(
        item_number=0,
        states=dict(states),
        ratings=dict(ratings),
        unreported=sum(one.unreported for one in several),
        sums=tuple(_over_items(spec, several, expected) for spec in COMMON_TOTALS if spec.code in TOGETHER),
    )


def _over_items(spec: MeasureSpec, items: Sequence[ItemRollUp], expected: int) -> CoveredSum:
    stating = {line.org for item in items for line in item.districts if spec.code in line.totals}
    stated = [one.total for item in items for one in item.sums if one.code == spec.code]
    totals = [total for total in stated if total is not None]
    total = sum(totals) if totals else None
    return CoveredSum(spec.code, spec.label, spec.unit, total, len(stating), expected)


def roll_up_before(
    plan: Plan, facts: YearFacts, pairs: Iterable[Crosswalk] = (), others: Iterable[Plan] = ()
) -> tuple[ItemRollUp | None, ...]:
    """Every item in a year that a plan before this one may have held; None where nothing is held of it."""
    known = tuple(pairs)
    partners, sources = items_standing_for(plan, known, others), sources_of(plan, known)
    return tuple(
        _held_before(item, facts, (plan.id, item.number), partners, sources.get(item.number, ()))
        for item in plan.items
    )


def _roll_up_item(
    item: Item, facts: YearFacts, key: ItemKey, mapped_from: Sequence[ItemKey] = ()
) -> ItemRollUp:
    statuses = facts.statuses.get(key, {})
    lines = tuple(
        _line(org, statuses.get(org), district_totals(item, mapped_from, org, facts.statuses))
        for org in facts.reported
    )
    states = _distribution(line.state for line in lines)
    owed = item.reporter is Reporter.DISTRICT
    stated = sum(states.values())
    return ItemRollUp(
        item_number=item.number,
        states=states,
        ratings=_distribution(line.self_rating for line in lines),
        unreported=facts.expected - stated if owed else 0,
        sums=tuple(_sum(spec, lines, facts.expected if owed else None) for spec in total_specs(item)),
        districts=lines,
        practices=facts.practices.get(key, ()),
        ward_status=_written(statuses.get(facts.ward)),
    )


def _last_year(
    item: Item,
    earlier: YearFacts,
    key: ItemKey,
    others: Mapping[int, Sequence[ItemKey]],
    mapped_from: Sequence[ItemKey],
) -> ItemRollUp | None:
    found = _held_before(item, earlier, key, others, mapped_from)
    if found is None:
        return None
    taken = sum(1 for line in found.districts if line.org in earlier.tables and (line.state or line.totals))
    return replace(found, districts=(), practices=(), from_tables=taken)


def _held_before(
    item: Item,
    earlier: YearFacts,
    key: ItemKey,
    others: Mapping[int, Sequence[ItemKey]],
    mapped_from: Sequence[ItemKey],
) -> ItemRollUp | None:
    held = [one for one in (key, *others.get(item.number, ())) if one in earlier.statuses]
    if key not in held and len(held) != 1:
        return None
    found = _roll_up_item(item, earlier, held[0], mapped_from if held[0] == key else ())
    if not found.ward_status and not any(line.state or line.totals for line in found.districts):
        return None
    return found


def items_standing_for(
    plan: Plan, pairs: Iterable[Crosswalk], plans: Iterable[Plan]
) -> dict[int, list[ItemKey]]:
    """The items of earlier or later plans that stand for an item of this one, by its number."""
    others: dict[int, list[ItemKey]] = {}
    for pair in successions(pairs, (plan, *plans)):
        one, other = (pair.plan_id, pair.item_number), (pair.other_plan_id, pair.other_item_number)
        for mine, there in ((one, other), (other, one)):
            if mine[0] == plan.id and there not in others.setdefault(mine[1], []):
                others[mine[1]].append(there)
    return others


def _line(org: str, status: ItemStatus | None, mapped: Mapping[str, int]) -> DistrictLine:
    if status is None:
        return DistrictLine(org=org, totals=mapped, mapped=mapped)
    return DistrictLine(
        org=org,
        state=status.state,
        state_reason=status.state_reason,
        self_rating=status.self_rating,
        rating_reason=status.rating_reason,
        totals=added(effective_totals(status, status.counted_totals), mapped),
        mapped=mapped,
        outcome=status.outcome,
        challenge=status.challenge,
        next_plan=status.next_plan,
        needs_support=status.needs_support,
    )


def _written(status: ItemStatus | None) -> ItemStatus | None:
    return None if status is None or status == blank_like(status) else status


def _distribution(codes: Iterable[LabelledCode | None]) -> dict[str, int]:
    return dict(Counter(code.value for code in codes if code is not None))


def _sum(spec: MeasureSpec, lines: Iterable[DistrictLine], expected: int | None) -> CoveredSum:
    stated = [line.totals[spec.code] for line in lines if spec.code in line.totals]
    addable = bool(stated) and spec.total != "none"
    return CoveredSum(
        spec.code,
        spec.label,
        spec.unit,
        sum(stated) if addable else None,
        len(stated),
        len(stated) if expected is None else expected,
    )
