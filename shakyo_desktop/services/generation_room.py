"""Letting copies go: by the rule of generations, and earlier when the disk is short of room."""

from collections.abc import Callable, Sequence

from shakyo_desktop.domain.copies import Generation, kept, over_budget
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.generation_files import forget, forget_old_bad
from shakyo_desktop.services.workshop import no_room

SHARE = 4
"""Copies take no more than one part in four of what they and the free room are together."""


def thin(generations: Sequence[Generation], free: int) -> bool:
    """Let go of what need not stay; True when more went than the rule says, for want of room.

    Only good copies are counted and only good ones go, never the newest two; of the bad ones the newest two
    stay for whoever has to save what can be read.

    Args:
        generations: all copies of one store in one folder.
        free: the free bytes of its disk.
    """
    good = [one for one in generations if one.is_good]
    stay = kept((one.number, one.at.astimezone(JAPAN).date()) for one in good)
    forget(one for one in good if one.number not in stay)
    good = [one for one in good if one.number in stay]
    gone = over_budget(_sizes(good), (free + sum(one.size for one in good)) // SHARE)
    forget(one for one in good if one.number in gone)
    forget_old_bad(generations)
    return bool(gone)


def make_room(generations: Sequence[Generation], need: int, free: Callable[[], int]) -> bool:
    """Let the oldest good copies go until ``need`` bytes are free; True when one had to go.

    Raises:
        NotSaved: the newest two stayed, and that was not enough.
    """
    good = [one for one in generations if one.is_good]
    short = need - free()
    if short <= 0:
        return False
    gone = over_budget(_sizes(good), max(0, sum(one.size for one in good) - short))
    forget(one for one in good if one.number in gone)
    if free() < need:
        raise no_room()
    return bool(gone)


def _sizes(generations: Sequence[Generation]) -> list[tuple[int, int]]:
    return [(one.number, one.size) for one in generations]
