"""One row per kind of work: how often it was killed, what was lost, unsound, or another in the end."""

import random
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.torture.checking import (
    difference,
    open_place,
    shape,
    shape_of,
    torn,
    unsound,
    what_a_start_says,
)
from tests.torture.killing import Kill, Run, run
from tests.torture.places import Places
from tests.torture.store_works import whole_store_or_none
from tests.torture.works import Work

_WAYS = ("time", "time", "call") if sys.platform == "win32" else ("time", "time", "call", "byte")
_DRAWS = 20


@dataclass
class Row:
    """What came of one kind of work. ``problems`` name the kill after which each was found."""

    work: str
    kills: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    reported: int = 0
    lost: int = 0
    unsound: int = 0
    untold: int = 0
    torn: int = 0
    repeated: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing was lost, all sound, all said, and every repeat ended as if undisturbed."""
        return not self.problems

    def note(self, kill: Kill, kind: str, found: list[str]) -> None:
        """Count a kill after which something was found."""
        if found:
            setattr(self, kind, getattr(self, kind) + 1)
            self.problems += [f"{self.work}, {kill}: {kind}: {line}" for line in found]


class Torture:
    """Kills one kind of work again and again, each time from its beginning."""

    def __init__(self, work: Work, places: Places, scratch: Path, rng: random.Random) -> None:
        self._work, self._places, self._scratch, self._rng = work, places, scratch, rng
        self.row = Row(work.name)
        place = self._fresh()
        self._beginning: Path = getattr(places, work.begins)
        self._whole = run(work.perform, place, Kill())
        if self._whole.failed or self._whole.killed:
            raise AssertionError(f"{work.name} fails by itself")
        self._largest = max(one.stat().st_size for one in place.rglob("*") if one.is_file())
        self._undisturbed = shape_of(place)

    def kill_once(self) -> None:
        """Kill the work at a drawn moment, look at what is left, and do it again to its end."""
        for _ in range(_DRAWS):
            place, kill = self._fresh(), self._draw()
            killed = run(self._work.perform, place, kill)
            if killed.killed:
                break
        else:
            raise AssertionError(f"{self._work.name} cannot be killed")
        row = self.row
        row.kills += 1
        row.ways[kill.at] += 1
        row.reported += sum(1 for one in killed.reports if one != "opened")
        try:
            self._look(place, kill, killed)
            self._repeat(place, kill)
        except Exception as error:  # whatever a kill makes raise is a finding, not an end
            row.note(kill, "unsound", [f"{type(error).__name__}: {error}"])

    def _fresh(self) -> Path:
        return self._places.again(self._work.begins, self._scratch / "place")

    def _draw(self) -> Kill:
        way = self._rng.choice(_WAYS)
        if way == "call":
            return Kill("call", self._rng.randint(1, self._whole.calls))
        if way == "byte":
            return Kill("byte", self._rng.randint(0, self._largest))
        reports = self._rng.randint(0, len(self._whole.reports))
        return Kill("time", reports, self._rng.uniform(0, self._whole.seconds / (reports + 1)))

    def _look(self, place: Path, kill: Kill, killed: Run) -> None:
        row, reports = self.row, list(killed.reports)
        lost_log = torn(place, self._beginning, self._scratch / "torn", self._rng)
        if lost_log is not None:
            row.torn += 1
            row.note(kill, "unsound", lost_log)
        if self._work.kept is None:
            row.note(kill, "lost", whole_store_or_none(place, reports))
            return
        services = open_place(place)
        try:
            if reports[:1] == ["opened"] and len(reports) < len(self._whole.reports):
                row.note(kill, "untold", what_a_start_says(services))
            row.note(kill, "lost", self._work.kept(services, reports, place, self._places))
            row.note(kill, "unsound", unsound(place, services, signed=self._work.signed))
        finally:
            services.close()

    def _repeat(self, place: Path, kill: Kill) -> None:
        again = run(self._work.perform, place, Kill())
        if again.failed:
            self.row.note(kill, "unsound", ["doing it again fails"])
            return
        services = open_place(place)
        try:
            found = difference(shape(services), self._undisturbed)
            found += unsound(place, services, signed=False)
        finally:
            services.close()
        if found:
            self.row.problems += [f"{self._work.name}, {kill}: done again: {line}" for line in found]
        else:
            self.row.repeated += 1


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    heads = (
        "Work",
        "kills",
        "at a time / call / byte",
        "reported",
        "lost",
        "unsound",
        "not told",
        "log cut",
        "same after a repeat",
    )
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    total = Row("all")
    for row in rows:
        for name in ("kills", "reported", "lost", "unsound", "untold", "torn", "repeated"):
            setattr(total, name, getattr(total, name) + getattr(row, name))
        total.ways.update(row.ways)
    for row in [*rows, total]:
        ways = " / ".join(str(row.ways[way]) for way in ("time", "call", "byte"))
        cells: list[Any] = [
            row.work,
            row.kills,
            ways,
            row.reported,
            row.lost,
            row.unsound,
            row.untold,
            row.torn,
            row.repeated,
        ]
        lines.append(f"| {' | '.join(str(one) for one in cells)} |")
    return "\n".join(lines)


def clean(scratch: Path) -> None:
    """Take everything away."""
    shutil.rmtree(scratch, ignore_errors=True)
