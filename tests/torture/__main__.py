"""``python dev.py torture``: kills, and a table of what they cost; status 1 when they cost anything."""

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from shakyo_desktop.exchange import keys

# A check number is slow on purpose, which says nothing about kills. Here, where no test's process comes by;
# the children read this module too.
keys._SCRYPT_N = 2**10


def main() -> int:
    from tests.torture.places import Places
    from tests.torture.running import Torture, clean, table
    from tests.torture.works import WORKS

    names = [work.name for work in WORKS]
    parser = argparse.ArgumentParser(prog="dev.py torture")
    parser.add_argument("--kills", type=int, default=1000, help="how many in all, shared out among the works")
    parser.add_argument("--seed", type=int, default=5, help="the same kills again")
    parser.add_argument("--work", choices=names, action="append", help="only this one (may be repeated)")
    parser.add_argument("--json", type=Path, help="where the rows are written too")
    args = parser.parse_args()
    chosen = [work for work in WORKS if args.work is None or work.name in args.work]
    scratch = Path(tempfile.mkdtemp(prefix="shakyo-torture-"))
    rows = []
    started = time.monotonic()
    try:
        places = Places(scratch)
        for number, work in enumerate(chosen):
            torture = Torture(work, places, scratch, random.Random(f"{args.seed} {work.name}"))
            rows.append(torture.row)
            for _ in range(args.kills * (number + 1) // len(chosen) - args.kills * number // len(chosen)):
                torture.kill_once()
                print(".", end="", file=sys.stderr, flush=True)
            row = torture.row
            print(
                f"\n{row.work}: {row.kills} kills, {len(row.problems)} problems", file=sys.stderr, flush=True
            )
            print(*row.problems, sep="\n", end="\n" if row.problems else "", file=sys.stderr, flush=True)
    finally:
        clean(scratch)
    print(table(rows))
    print(f"\nseed {args.seed}, {time.monotonic() - started:.0f} s")
    if args.json:
        facts = [vars(row) for row in rows]
        args.json.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0 if all(row.good for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
