"""Changes of a plan's draft: a field, an entry more or less, another order. Nothing here refuses anything:
a draft may contradict itself until it is saved (``catalogue_rules.plan_faults`` says what is wrong).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shakyo_desktop.domain.codes import ActivityKind, Reporter
from shakyo_desktop.domain.plan import Direction, Goal, Item, Measure, Plan, PlanDraft

Place = tuple[str, int]
"""A part (``plan``, ``goals``, ``directions``, ``items``, ``rating_scale``) and a position in it."""

NUMBERS = frozenset({"number", "goal", "direction", "first_fiscal_year", "last_fiscal_year"})
_CODES: Mapping[str, type[ActivityKind] | type[Reporter]] = {"kind": ActivityKind, "reporter": Reporter}
_REFERRING = {"goals": ("directions", "goal"), "directions": ("items", "direction")}


def unread_key(place: Place, field: str) -> str:
    """How ``PlanDraft.unread`` names a field."""
    part, at = place
    return f"{part}/{field}" if part == "plan" else f"{part}/{at}/{field}"


def unread_of(draft: PlanDraft, place: Place) -> dict[str, str]:
    """What could not be read of one entry, by field."""
    start = unread_key(place, "")
    return {key.removeprefix(start): text for key, text in draft.unread.items() if key.startswith(start)}


def with_field(draft: PlanDraft, place: Place, field: str, value: Any, unread: str = "") -> PlanDraft:
    """The draft with one field changed; what named an entry by its old number names it by the new one."""
    key = unread_key(place, field)
    texts = {name: text for name, text in draft.unread.items() if name != key}
    if unread:
        texts[key] = unread
    if field in NUMBERS:
        value = int(value or 0)
    elif field in _CODES:
        value = _CODES[field](value)
    part, at = place
    if part == "plan":
        return replace(draft, plan=replace(draft.plan, **{field: value}), unread=texts)
    entries = list(getattr(draft.plan, part))
    old, entries[at] = entries[at], replace(entries[at], **{field: value})
    plan = _with_part(draft.plan, part, tuple(entries))
    if field == "number" and part in _REFERRING and value:
        plan = _followed(plan, part, old.number, value, draft.plan)
    return replace(draft, plan=plan, unread=texts)


def with_added(draft: PlanDraft, part: str, under: int = 0) -> tuple[PlanDraft, Place]:
    """The draft with one entry more and the next free number; ``under`` is the goal's or direction's number.

    A new item stands after the last one of its direction.
    """
    entries = list(getattr(draft.plan, part))
    number = max((entry.number for entry in entries), default=0) + 1
    at = len(entries)
    if part == "goals":
        entries.append(Goal(number, ""))
    elif part == "directions":
        entries.append(Direction(number, under, ""))
    else:
        at = max((at + 1 for at, item in enumerate(entries) if item.direction == under), default=at)
        entries.insert(at, Item(number, under, ""))
    return _rearranged(draft, part, entries, lambda old: old if old < at else old + 1), (part, at)


def without(draft: PlanDraft, place: Place) -> PlanDraft:
    """The draft with one entry less."""
    part, at = place
    entries = [entry for index, entry in enumerate(getattr(draft.plan, part)) if index != at]
    return _rearranged(draft, part, entries, lambda old: None if old == at else old - (old > at))


def moved(draft: PlanDraft, place: Place, step: int) -> tuple[PlanDraft, Place]:
    """The draft with an entry before (-1) or after (1) its neighbour; unchanged at the end.

    The neighbour of an item is the nearest one of the same direction, of a direction that of the same goal.
    """
    part, at = place
    entries = list(getattr(draft.plan, part))
    above = {"directions": "goal", "items": "direction"}.get(part)
    other = at + step
    while (
        0 <= other < len(entries) and above and getattr(entries[other], above) != getattr(entries[at], above)
    ):
        other += step
    if not 0 <= other < len(entries):
        return draft, place
    entries[at], entries[other] = entries[other], entries[at]
    swapped = {at: other, other: at}
    return _rearranged(draft, part, entries, lambda old: swapped.get(old, old)), (part, other)


def under(plan: Plan, place: Place, part: str) -> int:
    """The goal or direction a new entry belongs to: that of what is chosen, else the last one; 0 for none."""
    chosen, at = place
    if part == "items" and chosen in ("directions", "items"):
        return plan.directions[at].number if chosen == "directions" else plan.items[at].direction
    if part == "directions" and chosen in ("goals", "directions"):
        return plan.goals[at].number if chosen == "goals" else plan.directions[at].goal
    if part == "items":
        return plan.directions[-1].number if plan.directions else 0
    return plan.goals[-1].number if plan.goals else 0


def with_measure(item: Item) -> tuple[Measure, ...]:
    """The item's measures and a new one, whose code nobody uses."""
    taken = {measure.code for measure in item.measures}
    code = next(code for number in range(1, len(taken) + 2) if (code := f"extra_{number}") not in taken)
    return (*item.measures, Measure(code, "", ""))


def _followed(plan: Plan, part: str, old: int, new: int, before: Plan) -> Plan:
    """A number that one entry alone had takes those along that refer to it."""
    if not old or sum(1 for entry in getattr(before, part) if entry.number == old) != 1:
        return plan
    referring, field = _REFERRING[part]
    entries = tuple(
        replace(entry, **{field: new}) if getattr(entry, field) == old else entry
        for entry in getattr(plan, referring)
    )
    return _with_part(plan, referring, entries)


def _with_part(plan: Plan, part: str, entries: tuple[Any, ...]) -> Plan:
    changed: dict[str, Any] = {part: entries}
    return replace(plan, **changed)


def _rearranged(
    draft: PlanDraft, part: str, entries: list[Any], place_of: Callable[[int], int | None]
) -> PlanDraft:
    texts = {}
    for key, text in draft.unread.items():
        own, *at, field = key.split("/")
        if own != part:
            texts[key] = text
        elif (now := place_of(int(at[0]))) is not None:
            texts[f"{part}/{now}/{field}"] = text
    return replace(draft, plan=_with_part(draft.plan, part, tuple(entries)), unread=texts)
