"""From counts by code to the parts of a stacked bar, in the order of the legend."""

from collections.abc import Mapping

from shakyo_desktop.charts.kinds import Segment
from shakyo_desktop.charts.marks import NOT_REPORTED, NOT_STATED, rating_mark, state_mark
from shakyo_desktop.domain.codes import ImplementationState, SelfRating
from shakyo_desktop.domain.plan import Plan

_STATE_ORDER = (
    ImplementationState.RUNNING,
    ImplementationState.PARTIAL,
    ImplementationState.PREPARING,
    ImplementationState.NOT_STARTED,
    ImplementationState.SUSPENDED,
    ImplementationState.ENDED,
    ImplementationState.NOT_APPLICABLE,
)


def state_segments(states: Mapping[str, int], unreported: int) -> tuple[Segment, ...]:
    """The distribution of 実施状況; the parts add up to the expected districts, 未報告 last and hatched."""
    parts = [Segment(state_mark(state), states.get(state.value, 0)) for state in _STATE_ORDER]
    return (*parts, Segment(NOT_REPORTED, unreported))


def rating_segments(
    ratings: Mapping[str, int], unrated: int, plan: Plan | None = None
) -> tuple[Segment, ...]:
    """The distribution of self ratings in the plan's own words; 評価なし・未報告 last, hatched."""
    words = {level.code: f"{level.symbol} {level.words}" for level in plan.rating_scale} if plan else {}
    parts = [
        Segment(rating_mark(rating, words.get(rating.value, "")), ratings.get(rating.value, 0))
        for rating in SelfRating
    ]
    return (*parts, Segment(NOT_STATED, unrated))
