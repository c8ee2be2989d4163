"""Run one command: open the store, call it, turn its outcome into an exit status."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from shakyo_desktop.cli import care, district, files, office
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.services.registry import Services


class Wiring(Protocol):
    """What the command line needs from the part that wires everything together."""

    def open_services(self, data_dir: Path, ask_passphrase: Callable[[], str] | None = None) -> Services:
        """The services of an existing store."""
        ...

    def run_demo(self, args: argparse.Namespace, say: Callable[[str], None]) -> int:
        """The whole journey with fictional data."""
        ...


Command = Callable[[Services, argparse.Namespace], int]

WITH_STORE: dict[str, Command] = {
    "verify": files.verify,
    "receive": files.receive,
    "inspect": files.inspect,
    "setup": office.setup,
    "approve": office.approve,
    "answer": office.answer,
    "submit": district.submit,
    "dump": care.dump,
    "backup": care.backup,
    "doctor": care.doctor,
    "keys": care.keys,
}
WITHOUT_STORE: dict[str, Callable[[argparse.Namespace], int]] = {
    "join": district.join,
    "restore": care.restore,
}


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """The exit status of one command: 0 all well, 1 refused or found wrong."""
    try:
        if args.command == "demo":
            return wiring.run_demo(args, lambda line: print(line, flush=True))
        if args.command in WITHOUT_STORE:
            return WITHOUT_STORE[args.command](args)
        services = wiring.open_services(args.data, _passphrase_asker())
        try:
            return WITH_STORE[args.command](services, args)
        finally:
            services.close()
    except ShakyoError as error:
        return _tell(error, as_json=args.json)


def _tell(error: ShakyoError, *, as_json: bool) -> int:
    print(error.message, file=sys.stderr)
    if as_json:
        result: dict[str, Any] = {"ok": False, "code": error.code, "message": error.message}
        print(json.dumps(result, ensure_ascii=False))
    return 1


def _passphrase_asker() -> Callable[[], str] | None:
    """Asks on a terminal; a batch job without one gets the locked store's message instead."""
    if not sys.stdin or not sys.stdin.isatty():
        return None
    import getpass

    return lambda: getpass.getpass("合い言葉: ")
