"""Symbol and fill of every 実施状況: never colour alone (the matrix of the interface design)."""

from dataclasses import dataclass

from shakyo_desktop.domain.codes import ImplementationState


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol with its words and colours; `hatched` marks what nobody reported."""

    symbol: str
    words: str
    ink: str
    ground: str
    hatched: bool = False


NOT_REPORTED = Mark("", "未報告", "#1a1a1a", "#ffffff", hatched=True)

_MARKS: dict[ImplementationState, Mark] = {
    ImplementationState.RUNNING: Mark("●", "実施", "#ffffff", "#00428c"),
    ImplementationState.PARTIAL: Mark("○", "一部実施", "#1a1a1a", "#97d3ff"),
    ImplementationState.PREPARING: Mark("△", "準備中", "#1a1a1a", "#ffe380"),
    ImplementationState.NOT_STARTED: Mark("×", "未着手", "#8b3200", "#ffffff"),
    ImplementationState.SUSPENDED: Mark("‖", "休止", "#1a1a1a", "#e8e8e8"),
    ImplementationState.ENDED: Mark("■", "終了", "#1a1a1a", "#c6d8c9"),
    ImplementationState.NOT_APPLICABLE: Mark("－", "対象外", "#1a1a1a", "#b3b3b3"),
}


def state_mark(state: ImplementationState | None) -> Mark:
    """Return the mark of a state; None is 未報告, which is the system's word and never a choice."""
    return NOT_REPORTED if state is None else _MARKS[state]


def all_marks() -> tuple[Mark, ...]:
    """Return every mark, in the order of the legend, 未報告 last."""
    return (*_MARKS.values(), NOT_REPORTED)
