"""Run one command: open the store, call it, turn its outcome into an exit status."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from shakyo_desktop.cli import care, district, files, office, paper
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput, ShakyoError
from shakyo_desktop.services.registry import Services


class Wiring(Protocol):
    """What the command line needs from the part that wires everything together."""

    def open_services(self, data_dir: Path, ask_secret: Callable[[], str] | None = None) -> Services:
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
    "print": paper.print_form,
    "dump": care.dump,
    "backup": care.backup,
    "doctor": care.doctor,
    "keys": care.keys,
}
FOR_OFFICES = frozenset({"setup", "approve", "answer"})
FOR_DISTRICTS = frozenset({"submit"})
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
            _expect_role(services, args.command)
            return WITH_STORE[args.command](services, args)
        finally:
            services.close()
    except ShakyoError as error:
        return _tell(error, as_json=args.json)
    except BrokenPipeError:  # whoever reads has seen enough, as in ``dump | head``
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _expect_role(services: Services, command: str) -> None:
    is_district = services.settings.identity().role is OrganisationKind.DISTRICT
    if command in (FOR_OFFICES if is_district else FOR_DISTRICTS):
        here, there = ("地区部会", "事務所") if is_district else ("事務所", "地区部会")
        raise BadInput(
            f"{command} は{there}のデータで使います。このデータは{here}のものです。何も変えていません。\n"
            "--data のフォルダを確かめてください。",
            code="role",
        )


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
