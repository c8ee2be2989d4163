"""Cases guided by coverage (atheris): what reaches a new branch of ``exchange`` is changed further.

``python -m tests.fuzz.guided FOLDER RUNS SEED [UNTIL]``, the last a time of ``monotonic``. A case is one byte
that says the target, and its part. Parts are changed by the target's own change or by libFuzzer; what
surrounds them is made right as ever.
"""

import pickle
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["shakyo_desktop.exchange"]):
    from tests.fuzz.nested_targets import nested_targets
    from tests.fuzz.package_targets import package_targets

from tests.fuzz.working import Seen, judge_one

_LONGEST = 64 * 1024
TARGETS = [*package_targets(), *nested_targets()]


class Guided:
    """Judges what libFuzzer hands over, and remembers what became of it."""

    def __init__(self, folder: Path, runs: int) -> None:
        self._folder = folder
        self._runs = runs
        self._done = 0
        self._seen = Seen("guided")

    def judge(self, data: bytes) -> None:
        """Judge one case."""
        self._done += 1
        if data:
            target = TARGETS[data[0] % len(TARGETS)]
            judge_one(self._seen, target, data[1:], "guided")
        if self._done % 100 == 0 or self._done >= self._runs:
            self._keep()

    def _keep(self) -> None:
        """libFuzzer ends the process itself, so what was seen is written as it goes."""
        (self._folder / "guided.pickle").write_bytes(pickle.dumps([self._seen]))


def change(data: bytes, max_size: int, seed: int) -> bytes:
    """Another part for the same target, or a fresh one for another."""
    random = Random(seed)
    if not data or random.randint(0, 9) == 0:
        place = random.randint(0, len(TARGETS) - 1)
        return (bytes([place]) + TARGETS[place].draw(random))[:max_size]
    if random.randint(0, 2) == 0:
        return data[:1] + atheris.Mutate(data[1:], max_size - 1)
    target = TARGETS[data[0] % len(TARGETS)]
    return (data[:1] + target.change(random, data[1:]))[:max_size]


def main(folder: str, runs: str, seed: str, until: str = "inf") -> None:
    guided = Guided(Path(folder), int(runs))
    with tempfile.TemporaryDirectory() as corpus:
        for place, target in enumerate(TARGETS):
            for number, good in enumerate(target.seeds):
                (Path(corpus) / f"{place:03d}-{number}").write_bytes(bytes([place]) + good)
        options = [f"-runs={runs}", f"-seed={seed}", f"-max_len={_LONGEST}"]
        if until != "inf":
            options.append(f"-max_total_time={max(1, int(float(until) - time.monotonic()))}")
        limits = ["-timeout=120", "-rss_limit_mb=4096", f"-artifact_prefix={folder}/", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *options, *limits, corpus], guided.judge, custom_mutator=change)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
