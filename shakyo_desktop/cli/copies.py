"""backup: a copy by hand, an automatic one, or a list of those there are."""

import argparse
import json
from pathlib import Path

from shakyo_desktop.domain.copies import CopyState
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.services.registry import Services


def backup(services: Services, args: argparse.Namespace) -> int:
    """A complete, verified copy of the store; or what ``--automatic`` and ``--list`` say."""
    if args.list:
        return _list(services, as_json=args.json)
    if args.automatic:
        made = services.copies.generations.make_if_changed()
        services.copies.place.catch_up()
        if made is not None:
            _tell(made.path, made.size, as_json=args.json)
        return 0
    written = services.backup.backup(args.to)
    _tell(written.path, written.size, as_json=args.json)
    return 0


def _tell(path: Path, size: int, *, as_json: bool) -> None:
    print(json.dumps({"file": str(path), "size": size}, ensure_ascii=False) if as_json else path)


def _list(services: Services, *, as_json: bool) -> int:
    """One line per copy, newest first; status 1 when one is bad."""
    listed = services.copies.status().generations
    for one in listed:
        facts = {
            "number": one.number,
            "at": one.at.isoformat(),
            "file": str(one.path),
            "size": one.size,
            "state": one.state.value,
            "reason": one.reason.value,
            "elsewhere": one.elsewhere,
        }
        words = f"{one.number}\t{era_timestamp(one.at)}\t{one.state.label}\t{one.reason.label}\t{one.path}"
        print(json.dumps(facts, ensure_ascii=False) if as_json else words)
    return 1 if any(one.state is CopyState.BAD for one in listed) else 0
