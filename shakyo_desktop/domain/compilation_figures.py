"""What a compilation says as a whole: its coverage, its sums over all items, the mark of its sources."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from shakyo_desktop.domain.compilation import (
    Arrival,
    CoveredSum,
    SourceReport,
    WardCompilation,
)
from shakyo_desktop.domain.fields import COMMON_TOTALS
from shakyo_desktop.domain.plan import Plan

NEVER_ADDED = "unique_persons"
"""実人数: the same person may be counted in two districts, so they are never added."""

UNREPORTED = "unreported"
"""Stands beside the codes of the states for districts without one; never a choice."""

_ADDED_OVER_ITEMS = tuple(
    (spec.code, spec.label, spec.unit) for spec in COMMON_TOTALS if spec.code not in (NEVER_ADDED, "places")
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many districts were expected, and how many reports came; ``late`` ones are among ``arrived``."""

    expected: int
    arrived: int
    late: int
    unconfirmed: int

    @property
    def missing(self) -> int:
        """Districts whose report had not come."""
        return self.expected - self.arrived


def coverage(compilation: WardCompilation) -> Coverage:
    """Count the sources of a compilation."""
    sources = compilation.sources
    came = [source for source in sources if source.arrival is not Arrival.MISSING]
    return Coverage(
        len(sources),
        len(came),
        sum(source.arrival is Arrival.LATE for source in came),
        sum(not source.confirmed for source in came),
    )


def missing_sources(compilation: WardCompilation) -> tuple[SourceReport, ...]:
    """The districts whose report had not come, in the order of the roster."""
    return tuple(source for source in compilation.sources if source.arrival is Arrival.MISSING)


def signed_files(source: SourceReport) -> tuple[str, ...]:
    """The manifests behind a district: the report that counts first, then what was joined into it."""
    return (source.manifest, *source.joined) if source.manifest else ()


def sources_mark(compilation: WardCompilation) -> str:
    """One mark (SHA-256, hex) for all reports a compilation rests on.

    It is taken over one line ``<org> <manifest>`` per signed file, the joined ones too, in order, each ended
    by a line feed, so that ``sort | sha256sum`` over the source list gives it too.
    """
    lines = sorted(f"{one.org} {manifest}\n" for one in compilation.sources for manifest in signed_files(one))
    return hashlib.sha256("".join(lines).encode("ascii")).hexdigest()


def whole_sums(compilation: WardCompilation) -> tuple[CoveredSum, ...]:
    """The common figures over all items, as the districts state them; a figure nobody states has no total.

    An activity counts for one item only, so that items may be added up; persons (実人数) may not, and one
    venue (箇所) may serve several items.
    """
    lines = [line for item in compilation.items for line in item.districts]
    sums = []
    for code, label, unit in _ADDED_OVER_ITEMS:
        stated = [(line.org, line.totals[code]) for line in lines if code in line.totals]
        total = sum(figure for _, figure in stated) if stated else None
        orgs = {org for org, _ in stated}
        sums.append(CoveredSum(code, label, unit, total, len(orgs), len(compilation.sources)))
    return tuple(sums)


def whole_last_year(compilation: WardCompilation) -> dict[str, CoveredSum]:
    """The same figures a year before, by code; ``stated`` is the most districts of any one item.

    Which districts stand behind an item's sum of last year is not kept, so more of them may be in the
    total. A figure that nobody stated is absent.
    """
    earlier = [item.last_year for item in compilation.items if item.last_year is not None]
    found: dict[str, CoveredSum] = {}
    for code, label, unit in _ADDED_OVER_ITEMS:
        sums = [one for item in earlier for one in item.sums if one.code == code and one.total is not None]
        if sums:
            total = sum(one.total or 0 for one in sums)
            most = max(one.stated for one in sums)
            found[code] = CoveredSum(code, label, unit, total, most, max(one.expected for one in sums))
    return found


def states_by_direction(compilation: WardCompilation, plan: Plan) -> dict[int, Counter[str]]:
    """{direction: {state or ``UNREPORTED``: districts × items}}, directions in the order of the plan."""
    counted: dict[int, Counter[str]] = {direction.number: Counter() for direction in plan.directions}
    for rolled in compilation.items:
        item = plan.item(rolled.item_number)
        if item is not None:
            counted[item.direction].update(rolled.states)
            counted[item.direction][UNREPORTED] += rolled.unreported
    return counted
