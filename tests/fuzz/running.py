"""A whole run on every processor: cases in pieces, the coverage of ``exchange``, findings in files."""

import hashlib
import importlib.util
import multiprocessing
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fuzz.working import Seen

PACKAGE = "shakyo_desktop.exchange"
_PIECE = 100
_MEASURED_OF = 10
_MEMORY = 6 * 2**30
"""Bytes of addresses a worker may take, libraries and all; a case that wants more fails and is a finding."""


@dataclass(frozen=True)
class Wish:
    """What to run. ``minutes`` is when to stop at the latest, 0 for never."""

    cases: int
    seed: str
    layer: str
    minutes: float
    jobs: int
    folder: Path


@dataclass
class Result:
    """Outcomes by layer, what was found, and how much of ``exchange`` was run."""

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    findings: list[Path] = field(default_factory=list)
    coverage: dict[str, Any] = field(default_factory=dict)
    guided: str = ""
    complete: bool = True

    def add(self, seen: Seen, folder: Path) -> None:
        """Count the outcomes and write the findings into a folder, each kind of them once per layer."""
        self.outcomes.setdefault(seen.layer, Counter()).update(seen.outcomes)
        for layer, target, case, what, part in seen.findings:
            kind = hashlib.sha256(f"{layer}/{target}/{what}".encode()).hexdigest()[:12]
            path = folder / f"{layer.replace(' ', '-')}-{kind}.part"
            if path not in self.findings:
                path.write_bytes(part)
                note = f"layer: {layer}\ntarget: {target}\n{case}\n{what}\n"
                path.with_suffix(".txt").write_text(note, encoding="utf-8")
                self.findings.append(path)
                print(f"FINDING {layer}, {target}, {case}: {what}\n  {path}", flush=True)


_measured: list[Any] = []


def begin_worker(folder: str) -> None:
    """Measure from before the first import of ``exchange``, within the memory a worker may take."""
    import coverage

    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    measure = coverage.Coverage(
        data_file=f"{folder}/coverage.{os.getpid()}", branch=True, source_pkgs=[PACKAGE], config_file=False
    )
    measure.start()
    import tests.fuzz.all_targets  # noqa: F401 - what runs at an import is run, too

    measure.stop()
    _measured.append(measure)


def work(place: int, seed: str, first: int, count: int, until: float) -> Seen:
    """Run a piece of a target's cases in a worker; some are measured, which takes as long again."""
    from tests.fuzz.all_targets import all_targets
    from tests.fuzz.working import run_cases

    target, measures = all_targets()[place], _measured if first // _PIECE % _MEASURED_OF == 0 else []
    for measure in measures:
        measure.start()
    seen = run_cases(target, seed, first, count, until)
    for measure in measures:
        measure.stop()
        measure.save()
    return seen


def run(wish: Wish) -> Result:
    """Run everything that was wished for; the guided part comes first, on one processor beside the others."""
    wish.folder.mkdir(parents=True, exist_ok=True)
    measures = wish.folder / "coverage"
    measures.mkdir(exist_ok=True)
    for old in measures.iterdir():
        old.unlink()
    result = Result()
    until = time.monotonic() + wish.minutes * 60 if wish.minutes else float("inf")
    guided = _begin_guided(wish, result, until)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(wish.jobs, context, begin_worker, (str(measures),)) as pool:
        waiting, most = _pieces(wish), wish.jobs * 2
        running: set[Future[Seen]] = set()
        while True:
            while len(running) < most and time.monotonic() < until and (piece := next(waiting, None)):
                place, first, count = piece
                running.add(pool.submit(work, place, wish.seed, first, count, until))
            if not running:
                break
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                result.add(one.result(), wish.folder)
    result.complete = next(waiting, None) is None and time.monotonic() <= until
    if guided is not None:
        guided.wait()
        _read_guided(wish, result)
    result.coverage = _coverage(measures)
    return result


def _pieces(wish: Wish) -> Iterator[tuple[int, int, int]]:
    """(target, first case, cases), all targets in turn, so that an early end leaves none out."""
    from tests.fuzz.all_targets import plan_of

    left = [[place, 0, count] for place, count in plan_of(wish.cases - guided_cases(wish), wish.layer)]
    while left:
        for one in left:
            size = min(_PIECE, one[2] - one[1])
            yield one[0], one[1], size
            one[1] += size
        left = [one for one in left if one[1] < one[2]]


def guided_cases(wish: Wish) -> int:
    """How many of the cases are guided by coverage: a tenth, none of a single layer's or without atheris."""
    return 0 if wish.layer or importlib.util.find_spec("atheris") is None else wish.cases // 10


def _begin_guided(wish: Wish, result: Result, until: float) -> "subprocess.Popen[bytes] | None":
    cases = guided_cases(wish)
    if not cases:
        result.guided = "not run (atheris is for Linux on x86-64)" if not wish.layer else "not run"
        return None
    seed = int(hashlib.sha256(wish.seed.encode()).hexdigest()[:6], 16)
    command = [sys.executable, "-m", "tests.fuzz.guided", str(wish.folder), str(cases), str(seed)]
    if wish.minutes:
        command.append(str(until))
    log = (wish.folder / "guided.log").open("wb")
    return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)


def _read_guided(wish: Wish, result: Result) -> None:
    import pickle

    path = wish.folder / "guided.pickle"
    if not path.exists():
        log = (wish.folder / "guided.log").read_text(errors="replace")[-2000:]
        result.add(Seen("guided", Counter(FINDING=1), [("guided", "", "", log, b"")]), wish.folder)
        return
    for seen in pickle.loads(path.read_bytes()):
        result.add(seen, wish.folder)
    result.guided = "run"


def _coverage(measures: Path) -> dict[str, Any]:
    """Lines and branches of ``exchange`` that were run, in per cent, and what was not."""
    import json

    import coverage

    measure = coverage.Coverage(
        data_file=str(measures / "coverage"), branch=True, source_pkgs=[PACKAGE], config_file=False
    )
    measure.combine([str(measures)], keep=True)
    measure.json_report(outfile=str(measures / "report.json"), pretty_print=True)
    found: dict[str, Any] = json.loads((measures / "report.json").read_text())
    return found
