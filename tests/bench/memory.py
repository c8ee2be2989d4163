"""The most memory that handing in and receiving take, as a multiple of the file.

``python -m tests.bench.memory submit|receive DATA_DIR PATH`` measures in a process of its own (Linux only)
and prints bytes: ``PATH`` is the folder to write to, or the file to take in.
"""

import json
import subprocess
import sys
from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import Assembly, Stage
from tests.bench.data import YEAR, clock
from tests.bench.measuring import Row
from tests.exchange.large import Measured

MOST = 3.0


def memory_row(work: str, data_dir: Path, path: Path, package: Path) -> Row:
    """One row; its yardstick is the size of the package."""
    command = [sys.executable, "-m", "tests.bench.memory", work, str(data_dir), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    peak = float(json.loads(done.stdout)["bytes"]) / 2**20
    size = package.stat().st_size / 2**20
    return Row(f"peak memory, {work}", "size of the package", peak, size, MOST, f"{size:.0f} MiB", unit="MiB")


def main(work: str, data_dir: Path, path: Path) -> None:
    """Measure one work."""
    services = open_services(data_dir, clock=clock)
    services.submission.submissions(YEAR)  # what every use of the store needs is there before
    with Measured() as measured:
        if work == "submit":
            submission = services.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長")
            services.submission.write(submission.package_id, path)
        else:
            services.intake.receive([path])
    services.close()
    print(json.dumps({"bytes": measured.memory}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
