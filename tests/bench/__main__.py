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
    """What the rows were measured on."""
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--json", type=Path, default=ROOT / "out" / "benchmarks.json")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/benchmarks.md too")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.bench.measuring import table
    from tests.bench.running import run_rows

    folder = Path(tempfile.mkdtemp(prefix="shakyo-bench-"))
    try:
        rows, curve = run_rows(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = f"{table(rows)}\n\nReceive, ×1 ×10 ×100 of the data:\n\n{table(curve)}\n"
    print(text)
    args.json.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "machine": machine(),
        "rows": [row.as_dict() for row in rows],
        "receive_curve": [row.as_dict() for row in curve],
    }
    args.json.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if args.docs:
        _write_docs(text)


def _write_docs(text: str) -> None:
    """Put the table between the markers of docs/benchmarks.md."""
    path = ROOT / "docs" / "benchmarks.md"
    before, rest = path.read_text(encoding="utf-8").split("<!-- table -->", 1)
    after = rest.split("<!-- end -->", 1)[1]
    middle = f"<!-- table -->\n\nMeasured on {machine()}.\n\n{text}\n<!-- end -->"
    path.write_text(before + middle + after, encoding="utf-8")


if __name__ == "__main__":
    main()
