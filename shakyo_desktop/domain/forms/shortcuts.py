"""What nobody has to key: a month that stands above, words that are known, a box that cannot apply."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence

from shakyo_desktop.domain.codes import ImplementationState, OutcomeState, SelfRating
from shakyo_desktop.domain.dates import read_date
from shakyo_desktop.domain.forms.keyed import read_box
from shakyo_desktop.domain.forms.layout import Box, Row, Target
from shakyo_desktop.domain.status_checks import NEEDS_STATE_REASON, WORKED

OFFERED = 9
"""So many known words can be named by one digit."""

_CALLED_OFF = frozenset({OutcomeState.CANCELLED.value, OutcomeState.POSTPONED.value})
_COUNTS = frozenset({"participants", "helpers"})


def with_month_above(typed: str, above: str, fiscal_year: int) -> str:
    """A day alone takes the month of the date above it (``12`` under ``5/1`` is ``5/12``).

    What gives no date that exists stays as it was typed, so that it is looked at and not guessed.
    """
    day, before = _number(typed), read_date(above, fiscal_year)
    if day is None or before is None:
        return typed
    completed = f"{before.month}/{day}"
    return completed if read_date(completed, fiscal_year) else typed


def words_of_number(typed: str, known: Sequence[str]) -> str:
    """A single digit is the one of the known words with this number, from 1; anything else stays."""
    number = _number(typed)
    return known[number - 1] if number is not None and 1 <= number <= len(known[:OFFERED]) else typed


def is_whole_number(typed: str, numbers: Collection[int]) -> bool:
    """Whether a number is one of these and no longer one begins with it: nobody presses Enter after it."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    begun = [one for one in map(str, numbers) if one.startswith(plain)]
    return begun == [plain]


def cannot_apply(rows: Sequence[Row], texts: Mapping[str, str], fiscal_year: int) -> frozenset[str]:
    """The numbers of the boxes that what was keyed before them leaves no use for.

    The same rules by which the forms on the screen hide a field: a reason without what it explains, a
    rating of work that did not take place, people at a meeting that was called off, a unit of no target.
    """
    found: set[str] = set()
    records: dict[Target, list[Box]] = {}
    for row in rows:
        for box, target in row.pairs():
            records.setdefault(target, []).append(box)
    for boxes in records.values():
        said = {box.field: read_box(box, texts.get(box.number, ""), fiscal_year) for box in boxes}
        found |= {box.number for box in boxes if _is_useless(box, said)}
    return frozenset(found)


def _is_useless(box: Box, said: Mapping[str, tuple[object, str]]) -> bool:
    def value(field: str) -> object:
        return said.get(field, (None, ""))[0]

    state, rating, outcome = value("state"), value("self_rating"), value("outcome_state")
    match box.field:
        case "state_reason":
            return isinstance(state, str) and ImplementationState(state) not in NEEDS_STATE_REASON
        case "self_rating":
            return isinstance(state, str) and ImplementationState(state) not in WORKED
        case "rating_reason":
            idle = isinstance(state, str) and ImplementationState(state) not in WORKED
            return idle or (isinstance(rating, str) and rating != SelfRating.NOT_RATED.value)
        case "target_unit":
            return said.get("target_value") == (None, "")
        case "outcome_reason":
            return outcome == OutcomeState.HELD.value
        case _:
            return outcome in _CALLED_OFF and (box.field in _COUNTS or box.field.startswith("breakdown."))


def _number(typed: str) -> int | None:
    plain = unicodedata.normalize("NFKC", typed).strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 2 else None
