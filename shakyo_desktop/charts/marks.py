"""Symbol, words and fill of what is counted: never colour alone (the matrix of the interface design)."""

from dataclasses import dataclass

from shakyo_desktop.domain.codes import ImplementationState, SelfRating


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol with its words and colours; `hatched` marks what nobody reported."""

    symbol: str
    words: str
    ink: str
    ground: str
    hatched: bool = False


NOT_REPORTED = Mark("", "未報告", "#1a1a1a", "#ffffff", hatched=True)
NOT_STATED = Mark("", "評価なし・未報告", "#1a1a1a", "#ffffff", hatched=True)

_STATES: dict[ImplementationState, Mark] = {
    ImplementationState.RUNNING: Mark("●", "実施", "#ffffff", "#00428c"),
    ImplementationState.PARTIAL: Mark("○", "一部実施", "#1a1a1a", "#97d3ff"),
    ImplementationState.PREPARING: Mark("△", "準備中", "#1a1a1a", "#ffe380"),
    ImplementationState.NOT_STARTED: Mark("×", "未着手", "#8b3200", "#ffffff"),
    ImplementationState.SUSPENDED: Mark("‖", "休止", "#1a1a1a", "#e8e8e8"),
    ImplementationState.ENDED: Mark("■", "終了", "#1a1a1a", "#c6d8c9"),
    ImplementationState.NOT_APPLICABLE: Mark("－", "対象外", "#1a1a1a", "#b3b3b3"),
}
_RATING_FILLS: dict[SelfRating, tuple[str, str, str]] = {
    SelfRating.EXCELLENT: ("◎", "#ffffff", "#00428c"),
    SelfRating.GOOD: ("○", "#1a1a1a", "#97d3ff"),
    SelfRating.FAIR: ("△", "#1a1a1a", "#ffe380"),
    SelfRating.POOR: ("×", "#8b3200", "#ffffff"),
    SelfRating.NOT_RATED: ("－", "#1a1a1a", "#b3b3b3"),
}


def state_mark(state: ImplementationState | None) -> Mark:
    """Return the mark of a state; None is 未報告, which is the system's word and never a choice."""
    return NOT_REPORTED if state is None else _STATES[state]


def all_states() -> tuple[ImplementationState | None, ...]:
    """Return every state in the order of the legend, None for 未報告 last."""
    return (*_STATES, None)


def all_marks() -> tuple[Mark, ...]:
    """Return every mark, in the order of the legend, 未報告 last."""
    return (*_STATES.values(), NOT_REPORTED)


def rating_mark(rating: SelfRating | None, words: str = "") -> Mark:
    """Return the mark of a self rating; ``words`` are those of a plan's own scale, symbol included."""
    if rating is None:
        return NOT_STATED
    symbol, ink, ground = _RATING_FILLS[rating]
    own, _, rest = (words or rating.label).partition(" ")
    return Mark(own, rest, ink, ground) if rest else Mark(symbol, own, ink, ground)
