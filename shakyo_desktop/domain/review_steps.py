"""What an office did with a report, step by step, and who may take the last one.

Source: the domain's life of a report. An office may want two people: one checks, another accepts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.domain.codes import LabelledCode
from shakyo_desktop.domain.text import fold_name


class StepKind(LabelledCode):
    """One event of a report's life at its office."""

    RECEIVED = "received", "受け取り"
    CHECKED = "checked", "確認"
    UNCHECKED = "unchecked", "確認の取り消し"
    REQUESTED = "requested", "確認のお願い"
    ACCEPTED = "accepted", "確定"
    REOPENED = "reopened", "もう一度確認"
    JOINED = "joined", "版を合わせた"
    SET_ASIDE = "set_aside", "使わない版"
    UNDONE = "undone", "受け取りの取り消し"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStep:
    """One line of a report's life. ``by`` is a person's name, empty where it was not kept; ``at`` is UTC."""

    package_id: str
    step: StepKind
    by: str
    at: datetime
    note: str = ""
    id: int = 0


def standing_check(steps: Iterable[ReviewStep]) -> ReviewStep | None:
    """The first of two steps while it stands: nothing was decided, reopened or taken back after it.

    Args:
        steps: those of one revision, oldest first.
    """
    last = None
    for one in steps:
        last = one
    return last if last is not None and last.step is StepKind.CHECKED else None


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: widths, spaces, small ヶ and capitals make no difference."""
    return fold_name(one) == fold_name(other)
