"""What a hostile file may cost: three times its size in memory, and time in proportion to it."""

import json
import subprocess
import sys
from pathlib import Path

from tests.services.loop.costs import LARGE

PROJECT = Path(__file__).parents[3]
FLOOR = 128 * 2**20
"""What any file may take besides: as much as a new key's check number, or the records of a full report."""
SECONDS = 60


def test_no_hostile_file_asks_for_more_than_three_times_its_size_or_for_more_than_its_time(tmp_path: Path):
    arrivals = []
    for number, (who, _, make) in enumerate(LARGE.values()):
        file = tmp_path / f"{number:02}.shakyo"
        file.write_bytes(make())
        arrivals.append(f"{who}={file}")
    command = [sys.executable, "-m", "tests.services.loop.costs", str(SECONDS), *arrivals]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    took = dict(zip(LARGE, lines, strict=False))
    assert run.returncode == 0, (list(took)[-1:], run.stderr)
    assert {name: seen["code"] for name, seen in took.items()} == {
        name: code for name, (_, code, _) in LARGE.items()
    }
    too_much = {
        name: seen["memory"] / seen["size"]
        for name, seen in took.items()
        if seen["memory"] > 3 * seen["size"] + FLOOR
    }
    assert too_much == {}
