"""How an item's 実施状況 differs from the year before: a sign for a small cell, and the same in words."""

from typing import NamedTuple

from shakyo_desktop.domain.codes import ImplementationState

_STEPS = (
    ImplementationState.NOT_STARTED,
    ImplementationState.PREPARING,
    ImplementationState.PARTIAL,
    ImplementationState.RUNNING,
)
"""More and more of the work; 休止, 終了 and 対象外 are no steps of it, and 休止 is no failure."""


class StateChange(NamedTuple):
    """``sign`` is empty where there is nothing to compare."""

    sign: str
    words: str


def state_change(now: ImplementationState | None, before: ImplementationState | None) -> StateChange:
    """↑ further on, ↓ further back, ＝ the same, 変 to or from what is no step, 新 reported now only."""
    if now is None and before is None:
        return StateChange("", "")
    if now is None:
        return StateChange("", f"前年度は{before.label if before else ''}")
    if before is None:
        return StateChange("新", "前年度は報告なし")
    if now is before:
        return StateChange("＝", "前年度と同じ")
    if now in _STEPS and before in _STEPS:
        sign = "↑" if _STEPS.index(now) > _STEPS.index(before) else "↓"
        return StateChange(sign, f"前年度の{before.label}から{'進みました' if sign == '↑' else '戻りました'}")
    return StateChange("変", f"前年度は{before.label}")
