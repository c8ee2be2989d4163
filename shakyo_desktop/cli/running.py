"""Run one command: open the store, call it, turn its outcome into an exit status."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from shakyo_desktop.cli import care, compiling, copies, district, files, keys, office, paper, register, ward
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput, ShakyoError
from shakyo_desktop.domain.organisations import is_office_code
from shakyo_desktop.services.opening import has_store
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
    "suspend": register.suspend,
    "resume": register.resume,
    "revoke": register.revoke,
    "renew": register.renew,
    "compile": compiling.compile_year,
    "ward-report": ward.ward_report,
    "submit": district.submit,
    "print": paper.print_form,
    "dump": care.dump,
    "backup": copies.backup,
    "handover": care.handover,
    "doctor": care.doctor,
    "retention": care.retention,
    "keys": keys.keys,
    "join": ward.join_city,
}
FOR_OFFICES = frozenset({"setup", "approve", "answer", "suspend", "resume", "revoke", "renew"})
FOR_WARDS = frozenset({"compile", "ward-report", "join"})
FOR_DISTRICTS = frozenset({"submit", "handover"})
_PLACES = {
    OrganisationKind.DISTRICT: "地区部会",
    OrganisationKind.WARD: "区事務所",
    OrganisationKind.CITY: "市社協",
}
WITHOUT_STORE: dict[str, Callable[[argparse.Namespace], int]] = {
    "join": district.join,
    "restore": care.restore,
    "salvage": care.salvage,
}


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """The exit status of one command: 0 all well, 1 refused or found wrong."""
    try:
        if args.command == "demo":
            return wiring.run_demo(args, lambda line: print(line, flush=True))
        if args.command in WITHOUT_STORE and not _is_for_ward(args):
            return WITHOUT_STORE[args.command](args)
        services = _opened(args, wiring)
        try:
            _tell_last_end(services)
            _expect_role(services, args.command)
            return WITH_STORE[args.command](services, args)
        finally:
            services.close()
    except ShakyoError as error:
        return _tell(error, as_json=args.json)
    except BrokenPipeError:  # whoever reads has seen enough, as in ``dump | head``
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _opened(args: argparse.Namespace, wiring: Wiring) -> Services:
    """The services of the store; of one that does not open the doctor still says what there is."""
    try:
        return wiring.open_services(args.data, _passphrase_asker())
    except ShakyoError as error:
        if args.command == "doctor":
            care.closed_doctor(args, error)
        raise


def _is_for_ward(args: argparse.Namespace) -> bool:
    """Whether this is a ward's joining of its city: an existing store, and a code that is no district's."""
    return args.command == "join" and is_office_code(args.org) and has_store(args.data)


def _expect_role(services: Services, command: str) -> None:
    role = services.settings.identity().role
    is_district = role is OrganisationKind.DISTRICT
    if command in FOR_WARDS and role is not OrganisationKind.WARD:
        here, there = _PLACES[role], _PLACES[OrganisationKind.WARD]
    elif command in (FOR_OFFICES if is_district else FOR_DISTRICTS):
        here, there = ("地区部会", "事務所") if is_district else ("事務所", "地区部会")
    else:
        return
    raise BadInput(
        f"{command} は{there}のデータで使います。このデータは{here}のものです。何も変えていません。\n"
        "--data のフォルダーを確かめてください。",
        code="role",
    )


def _tell_last_end(services: Services) -> None:
    """A line on standard error when the last work with this store was cut short."""
    news = services.last_end.news()
    if news is not None:
        print(news.text.replace("\n", ""), file=sys.stderr)
        services.last_end.told()


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
