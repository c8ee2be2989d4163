"""Several starts at the same instant: one opens the store, the others say that it is open."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.kept import DATA, kept_stores, unpack

ROOT = Path(__file__).resolve().parents[2]
STARTS = 3
START = """
import sys
from pathlib import Path
from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.errors import ShakyoError
print("ready", flush=True)
sys.stdin.readline()
try:
    services = open_services(Path(sys.argv[1]))
    print("open", flush=True)
    sys.stdin.readline()
except ShakyoError as error:
    print(error.code, flush=True)
"""


def start_together(folder: Path) -> tuple[list[str], list["subprocess.Popen[str]"]]:
    """Start several programs over one folder, let go of them at once; what each says, and those that live."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(STARTS)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.stdout.readline().strip() for process in processes if process.stdout], processes


def kill(processes: list["subprocess.Popen[str]"]) -> None:
    """``kill -9``, whatever they are doing."""
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("packed", [DATA / "store-0002-district.xz", kept_stores()[-2]], ids=["old", "new"])
def test_of_several_starts_one_opens_the_store_also_after_it_was_killed(packed: Path, tmp_path: Path) -> None:
    folder = unpack(packed, tmp_path / "data")
    for _ in range(2):  # the second time over the lock of one that was killed
        said, processes = start_together(folder)
        kill(processes)
        assert sorted(said) == ["open", *["store.in_use"] * (STARTS - 1)]
