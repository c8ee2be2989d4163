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
    parser.add_argument("--scale", action="store_true", help="a ward of five years and 70 districts instead")
    parser.add_argument("--json", type=Path, help="where the rows are written (out/benchmarks….json)")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/benchmarks.md too")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    described = machine()
    folder = Path(tempfile.mkdtemp(prefix="shakyo-bench-"))
    try:
        text, content = _large(folder) if args.scale else _usual(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(text)
    path = args.json or ROOT / "out" / ("benchmarks-scale.json" if args.scale else "benchmarks.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    written = json.dumps({"machine": described, **content}, ensure_ascii=False, indent=1)
    path.write_text(written + "\n", encoding="utf-8")
    if args.docs:
        _write_docs("scale" if args.scale else "table", described, text)


def _usual(folder: Path) -> tuple[str, dict[str, object]]:
    from tests.bench.measuring import table
    from tests.bench.running import run_rows

    rows, curve = run_rows(folder)
    content = {"rows": [row.as_dict() for row in rows], "receive_curve": [row.as_dict() for row in curve]}
    return f"{table(rows)}\n\nReceive, ×1 ×10 ×100 of the data:\n\n{table(curve)}\n", content


def _large(folder: Path) -> tuple[str, dict[str, object]]:
    from tests.bench.measuring import table
    from tests.bench.scale_rows import scale_rows

    rows = scale_rows(folder)
    return f"{table(rows)}\n", {"rows": [row.as_dict() for row in rows]}


def _write_docs(mark: str, described: str, text: str) -> None:
    """Put the table between its markers of docs/benchmarks.md."""
    path = ROOT / "docs" / "benchmarks.md"
    before, rest = path.read_text(encoding="utf-8").split(f"<!-- {mark} -->", 1)
    after = rest.split("<!-- end -->", 1)[1]
    middle = f"<!-- {mark} -->\n\nMeasured on {described}.\n\n{text}\n<!-- end -->"
    path.write_text(before + middle + after, encoding="utf-8")


if __name__ == "__main__":
    main()
