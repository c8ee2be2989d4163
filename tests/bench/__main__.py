"""``python dev.py bench``: every row in one run, as a table, as JSON and in the documentation."""

import argparse
import json
import os
import platform
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def machine() -> str:
    """What the rows are measured on, and how many other programs want its processors at the start."""
    parts = [f"{platform.system()} {platform.release()}", _processor(), f"{os.cpu_count()} processors"]
    parts.append(f"Python {platform.python_version()}")
    if hasattr(os, "getloadavg"):
        parts.append(f"load {os.getloadavg()[0]:.1f} before the run")
    return ", ".join(parts)


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]} ({platform.machine()})" if names else platform.processor() or platform.machine()


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--json", type=Path, default=ROOT / "out" / "benchmarks.json")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/benchmarks.md too")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.bench.measuring import table
    from tests.bench.running import run_rows

    described = machine()
    folder = Path(tempfile.mkdtemp(prefix="shakyo-bench-"))
    try:
        rows, curve = run_rows(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = f"{table(rows)}\n\nReceive, ×1 ×10 ×100 of the data:\n\n{table(curve)}\n"
    print(text)
    args.json.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "machine": described,
        "rows": [row.as_dict() for row in rows],
        "receive_curve": [row.as_dict() for row in curve],
    }
    args.json.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if args.docs:
        _write_docs(described, text)


def _write_docs(described: str, text: str) -> None:
    """Put the table between the markers of docs/benchmarks.md."""
    path = ROOT / "docs" / "benchmarks.md"
    before, rest = path.read_text(encoding="utf-8").split("<!-- table -->", 1)
    after = rest.split("<!-- end -->", 1)[1]
    middle = f"<!-- table -->\n\nMeasured on {described}.\n\n{text}\n<!-- end -->"
    path.write_text(before + middle + after, encoding="utf-8")


if __name__ == "__main__":
    main()
