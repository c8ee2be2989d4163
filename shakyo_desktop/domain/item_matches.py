"""Items of two plans whose names are equal or alike: suggestions for a person, never pairs by themselves."""

import unicodedata
from collections import Counter
from dataclasses import dataclass

from shakyo_desktop.domain.plan import Plan

ALIKE = 0.5
"""How much of two names' pairs of neighbouring characters must be the same (Dice's coefficient)."""

_LITTLE = ("の推進", "の促進", "の充実", "の支援", "の実施", "の強化", "の開催", "づくり", "活動")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two items that may stand for the same work; ``equal`` when their names are the same."""

    item_number: int
    other_item_number: int
    equal: bool


def suggestions(plan: Plan, other: Plan) -> tuple[Suggestion, ...]:
    """Each item's likeliest partners in the other plan, in the order of the plan."""
    names = [(item, _folded(item.name)) for item in other.items]
    found = []
    for item in plan.items:
        own = _folded(item.name)
        rated = [(_likeness(own, name), one) for one, name in names]
        best = max((rate for rate, _ in rated), default=0.0)
        if best >= ALIKE:
            alike = [one for rate, one in rated if rate == best]
            found += [Suggestion(item.number, one.number, _same(item.name, one.name)) for one in alike]
    return tuple(found)


def _same(name: str, other: str) -> bool:
    return _letters(name) == _letters(other)


def _letters(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum()).casefold()


def _folded(name: str) -> str:
    """Without width, spaces, marks and the endings that every other item has."""
    kept = _letters(name)
    for ending in _LITTLE:
        if len(kept) > len(ending) + 1:
            kept = kept.removesuffix(ending)
    return kept


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    ours, theirs = _neighbours(one), _neighbours(other)
    total = ours.total() + theirs.total()
    return min(2 * (ours & theirs).total() / total, 0.99) if total else 0.0


def _neighbours(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))
