"""``python dev.py fuzz``: hostile input in every layer, told as a table; exits 1 when there is a finding."""

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_GOOD = ("accepted", "held", "already_received", "unchanged", "attached", "known", "no_code")


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py fuzz")
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--seed", default="1", help="another seed, other cases (1)")
    parser.add_argument("--layer", default="", help="one layer only")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many minutes")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--folder", type=Path, default=ROOT / "out" / "fuzz", help="for findings (out/fuzz)")
    args = parser.parse_args()
    from tests.fuzz.running import Wish, run

    started = time.monotonic()
    result = run(Wish(args.cases, args.seed, args.layer, args.minutes, args.jobs, args.folder))
    print(table(result.outcomes))
    totals = result.coverage["totals"]
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    branches = 100 * totals["covered_branches"] / max(1, totals["num_branches"])
    print(f"\nshakyo_desktop.exchange: {lines:.1f} % of the lines, {branches:.1f} % of the branches")
    print(f"guided by coverage: {result.guided}")
    minutes = (time.monotonic() - started) / 60
    print(f"{sum(map(total, result.outcomes.values())):,} cases in {minutes:.1f} minutes, seed {args.seed}")
    if not result.complete:
        print("stopped before all cases were run")
    print(f"findings: {len(result.findings)}", *result.findings, sep="\n  ")
    return int(bool(result.findings))


def table(outcomes: dict[str, Counter[str]]) -> str:
    """Cases, accepted, refused by code and findings, one line per layer."""
    rows = [f"{'layer':14} {'cases':>8} {'taken':>7} {'refused':>8} {'found':>5}  refused with"]
    whole: Counter[str] = Counter()
    for layer, seen in outcomes.items():
        whole += seen
        rows.append(_row(layer, seen))
    return "\n".join([*rows, _row("all", whole)])


def _row(layer: str, seen: Counter[str]) -> str:
    taken = sum(seen[name] for name in _GOOD)
    refused = {name: count for name, count in seen.most_common() if name not in (*_GOOD, "FINDING")}
    words = ", ".join(f"{name} {count:,}" for name, count in refused.items())
    figures = f"{total(seen):8,} {taken:7,} {sum(refused.values()):8,} {seen['FINDING']:5,}"
    return f"{layer:14} {figures}  {words}"


def total(seen: Counter[str]) -> int:
    """How many cases became something."""
    return sum(seen.values())


if __name__ == "__main__":
    sys.exit(main())
