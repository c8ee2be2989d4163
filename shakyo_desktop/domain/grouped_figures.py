"""Beside the ward's roll-up: one district's figures over items, averages, and cells without a rating.

What may be added over items is ``roll_up.TOGETHER``. What nobody states is absent and never 0.
"""

from collections.abc import Sequence

from shakyo_desktop.domain.compilation import CoveredSum, ItemRollUp
from shakyo_desktop.domain.fields import COMMON_TOTALS, MeasureSpec
from shakyo_desktop.domain.roll_up import TOGETHER

ADDED_OVER_ITEMS: tuple[MeasureSpec, ...] = tuple(spec for spec in COMMON_TOTALS if spec.code in TOGETHER)


def district_figure(items: Sequence[ItemRollUp], code: str, org: str) -> int | None:
    """One figure of one district over items."""
    lines = [line for item in items for line in item.districts if line.org == org]
    stated = [line.totals[code] for line in lines if code in line.totals]
    return sum(stated) if stated else None


def average_tenths(item: ItemRollUp, code: str) -> int | None:
    """The average of the districts that state a figure, in tenths, rounded half up."""
    stated = [line.totals[code] for line in item.districts if code in line.totals]
    return (sum(stated) * 20 + len(stated)) // (2 * len(stated)) if stated else None


def sum_in(item: ItemRollUp, code: str) -> CoveredSum | None:
    """One of an item's sums, None when it has no such figure."""
    return next((one for one in item.sums if one.code == code), None)


def unrated(item: ItemRollUp) -> int:
    """How many cells (district × item) that have a state or owe one carry no self rating."""
    return max(0, sum(item.states.values()) + item.unreported - sum(item.ratings.values()))
