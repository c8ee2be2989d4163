"""Automatic copies (控え): why one was made, what is known of it, and which of many stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

NEWEST = 10
"""How many of the newest copies stay whatever their age."""
DAYS = 14
"""Of how many days before those the last copy stays; days on which a copy was made, not days gone by."""
WEEKS = 12
"""Of how many weeks before those the last copy stays."""
LEAST = 2
"""How many stay however short the room is."""


class CopyReason(StrEnum):
    """Why a copy was made."""

    CHANGED = "changed"
    CLOSING = "closing"
    BEFORE_RESTORE = "before_restore"
    BEFORE_UNDO = "before_undo"
    BEFORE_DELETION = "before_deletion"
    BEFORE_MIGRATION = "before_migration"
    ASKED = "asked"

    @property
    def label(self) -> str:
        """The words for a person."""
        return _REASONS[self]


_REASONS = {
    CopyReason.CHANGED: "自動",
    CopyReason.CLOSING: "閉じるとき",
    CopyReason.BEFORE_RESTORE: "控えから戻す前",
    CopyReason.BEFORE_UNDO: "取り込みを取り消す前",
    CopyReason.BEFORE_DELETION: "古い記録を消す前",
    CopyReason.BEFORE_MIGRATION: "新しい版にする前",
    CopyReason.ASKED: "手で作ったもの",
}


class CopyState(StrEnum):
    """What is known of a copy.

    GOOD was unpacked and examined after it was written, and is whole on a quick look now; BAD failed one of
    both; UNCHECKED was put here by something else than the automatic copies.
    """

    GOOD = "good"
    BAD = "bad"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> str:
        """The words for a person."""
        return {"good": "確かめました", "bad": "こわれています", "unchecked": "まだ確かめていません"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Generation:
    """One copy that was found. ``number`` rises with every copy, whatever the clock says; 0 when unknown.

    ``at`` is when it was made (UTC), ``size`` in bytes, ``store`` tells copies of one store from another's,
    ``mark`` is the store's change mark, ``elsewhere`` whether it lies outside the data folder.
    """

    path: Path
    at: datetime
    size: int
    number: int
    state: CopyState
    reason: CopyReason
    store: str = ""
    mark: int | None = None
    elsewhere: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it can be counted on."""
        return self.state is CopyState.GOOD


def kept(copies: Iterable[tuple[int, date]]) -> set[int]:
    """The numbers of the good copies that stay, of (number, day it was made).

    The newest ten, then the last one of each of fourteen days, then of each of twelve weeks. Order is by
    number, and days are compared only with each other: a clock that was set back costs no copy that the rule
    would have kept.
    """
    ordered = sorted(copies, reverse=True)
    rest = ordered[NEWEST:]
    last_of_day: dict[date, int] = {}
    for number, day in rest:
        last_of_day.setdefault(day, number)
    daily = sorted(last_of_day, key=last_of_day.__getitem__, reverse=True)[:DAYS]
    last_of_week: dict[tuple[int, int], int] = {}
    for number, day in rest:
        if day not in daily:
            last_of_week.setdefault(day.isocalendar()[:2], number)
    weekly = sorted(last_of_week.values(), reverse=True)[:WEEKS]
    return {number for number, _day in ordered[:NEWEST]} | {last_of_day[day] for day in daily} | set(weekly)


def over_budget(sizes: Iterable[tuple[int, int]], room: int) -> list[int]:
    """The numbers to let go, oldest first, so that the rest take no more than ``room`` bytes.

    ``sizes`` are (number, bytes) of good copies; the newest two are never among those that go.
    """
    ordered = sorted(sizes)
    total = sum(size for _number, size in ordered)
    gone = []
    for number, size in ordered[: max(0, len(ordered) - LEAST)]:
        if total <= room:
            break
        gone.append(number)
        total -= size
    return gone
