"""verify, receive and inspect: files that came from somewhere else."""

import argparse
import json
import sys
from collections.abc import Sequence

from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verdicts import Verdict

MARKS = {"accepted": "✓", "already_received": "↺", "pending_approval": "△", "refused": "×"}


def verify(services: Services, args: argparse.Namespace) -> int:
    """Judge files as the holder of the store would; nothing changes."""
    return tell_verdicts(services.intake.judge(args.files), as_json=args.json)


def receive(services: Services, args: argparse.Namespace) -> int:
    """Take files and folders in, each file on its own."""
    return tell_verdicts(services.intake.receive(args.files), as_json=args.json)


def inspect(services: Services, args: argparse.Namespace) -> int:
    """Sender, dates, counts and check result of one file."""
    found = services.intake.inspect(args.file)
    if args.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False))
    else:
        for label, value in found.lines():
            print(f"{label}\t{value}")
    return 1 if found.verdict.verdict == "refused" else 0


def tell_verdicts(verdicts: Sequence[Verdict], *, as_json: bool) -> int:
    """Print one line per file; the status is 1 when a file was refused."""
    if not verdicts:
        print("受け取るファイルがありませんでした。", file=sys.stderr)
    for verdict in verdicts:
        if as_json:
            print(json.dumps(verdict.as_dict(), ensure_ascii=False))
        else:
            print(
                f"{MARKS[verdict.verdict]} {verdict.file}\t{verdict.message.splitlines()[0]}\t{verdict.code}"
            )
    return 1 if any(verdict.verdict == "refused" for verdict in verdicts) else 0
