"""Cases in a row: each is drawn from its own seed, so that any one can be made again."""

import contextlib
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from types import FrameType

from tests.fuzz.target import Target

SECONDS = 30
"""Of a processor's time, so that a busy machine finds nothing; a case takes milliseconds."""


@dataclass
class Seen:
    """What became of some cases. ``findings`` are (layer, target, case, what, the part)."""

    layer: str
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[tuple[str, str, str, str, bytes]] = field(default_factory=list)


class TookTooLong(Exception):
    """A case did not end."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise ``TookTooLong`` where the work is when the time is over; nothing where there is no alarm."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"more than {seconds:.0f} s")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def part_of(target: Target, seed: str, case: int) -> bytes:
    """The changed part of one case."""
    return target.draw(Random(f"{seed}/{target.layer}/{target.name}/{case}"))


def run_cases(target: Target, seed: str, first: int, count: int, until: float = float("inf")) -> Seen:
    """Draw and judge cases, no more after ``until`` (``monotonic``); what is no outcome is a finding."""
    seen = Seen(target.layer)
    for case in range(first, first + count):
        if time.monotonic() > until:
            break
        judge_one(seen, target, part_of(target, seed, case), f"seed {seed}, case {case}")
    return seen


def judge_one(seen: Seen, target: Target, part: bytes, name: str) -> None:
    """Judge one part and note what became of it."""
    try:
        with limited(SECONDS):
            outcome = target.judge(part)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic below Python is no Exception
        seen.outcomes["FINDING"] += 1
        seen.findings.append((target.layer, target.name, name, f"{type(error).__name__}: {error}", part))
    else:
        seen.outcomes.update(outcome.split(" "))
