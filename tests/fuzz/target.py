"""One layer of one kind of file: what it begins with, how it is changed, and how the result is judged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

Change = Callable[[Random, bytes], bytes]
Judge = Callable[[bytes], str]


@dataclass(frozen=True)
class Target:
    """A part of a file to change.

    ``judge`` makes everything around the part right, hands it to the real reader and says the outcome: a
    code, ``accepted`` or ``held``. It raises ``Finding`` when a promise is broken; any other exception is a
    finding as well.
    """

    layer: str
    name: str
    seeds: Sequence[bytes]
    change: Change
    judge: Judge

    def draw(self, random: Random) -> bytes:
        """A changed part."""
        return self.change(random, random.choice(list(self.seeds)))
