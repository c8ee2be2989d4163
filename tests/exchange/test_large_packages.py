"""A package of about 30 MB: memory stays below three times its size, on the way out and on the way in."""

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_memory_stays_below_three_times_the_package():
    command = [sys.executable, "-m", "tests.exchange.large", "60", "200"]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    seen = json.loads(run.stdout)
    assert seen["size"] > 25_000_000
    assert seen["build_memory"] < seen["size"]
    assert seen["open_memory"] < 3 * seen["size"]
