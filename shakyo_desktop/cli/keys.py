"""keys: the own keys shown, made anew, and an office's further computers."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.services.further_computers import read_mailbox
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verified_write import made_folder, write_verified


def keys(services: Services, args: argparse.Namespace) -> int:
    """The own certificate, check number and recipients, or what ``what`` names."""
    return _DOES[args.what](services, args) if args.what else _show(services, args)


def _show(services: Services, args: argparse.Namespace) -> int:
    own = services.settings.own_keys()
    if args.json:
        print(
            json.dumps(
                {
                    "org": own.org,
                    "key": own.key,
                    "certificate": own.certificate_pem,
                    "check_number": own.check_number,
                    "recipients": list(own.recipients),
                },
                ensure_ascii=False,
            )
        )
    else:
        print(own.certificate_pem.rstrip())
        print(f"確認番号 {show_check_number(own.check_number)}")
        for recipient in own.recipients:
            print(recipient)
    return 0


def _recovery(services: Services, args: argparse.Namespace) -> int:
    sheet = services.settings.recovery_sheet()
    if args.to:
        write_verified(made_folder(args.to.parent), args.to.name, lambda out: out.write(sheet.pdf))
    print(sheet.text)
    return 0


def _new_recovery(services: Services, args: argparse.Namespace) -> int:
    """Write the new sheet; once its text came on standard input, it takes the old one's place."""
    sheet = services.settings.new_recovery_sheet()
    to = _needed(args.to, "--to")
    made_folder(to.parent)
    write_verified(to.parent, to.name, lambda out: out.write(sheet.pdf))
    print("新しい復旧シートを印刷し、その文字を入力してください。前の紙は、まだ使えます。", file=sys.stderr)
    services.settings.use_recovery_sheet(sheet, sys.stdin.readline())
    print("新しい復旧シートに替わりました。前に作った控えは、前の紙で開けるままです。", file=sys.stderr)
    return 0


def _rotate(services: Services, args: argparse.Namespace) -> int:
    """A district's new keys at once; at an office the first of two steps."""
    if services.settings.identity().role is OrganisationKind.DISTRICT:
        services.key_changes.renew_district()
        return _show(services, args)
    change = services.key_changes.begin_change()
    ready, waiting = ([org.code for org in orgs] for orgs in (change.ready, change.waiting))
    if args.json:
        row = {"serial": change.serial, "ready": ready, "waiting": waiting}
        print(json.dumps(row, ensure_ascii=False))
    else:
        print(f"第{change.serial}号の設定ファイルを渡してください（setup --to）。すんだら keys finish です。")
        print(f"届いた所 {len(ready)}　まだの所 {'、'.join(waiting) or 'なし'}")
    return 0


def _finish(services: Services, args: argparse.Namespace) -> int:
    services.key_changes.finish_change()
    return _show(services, args)


def _give_up(services: Services, args: argparse.Namespace) -> int:
    services.key_changes.give_up_change()
    return _show(services, args)


def _replace(services: Services, args: argparse.Namespace) -> int:
    services.key_changes.replace_now()
    print(
        "新しい「はじめの設定の控え」（setup --to）を作り、どの団体にも手渡ししてください。", file=sys.stderr
    )
    return _show(services, args)


def _new_mailbox(services: Services, args: argparse.Namespace) -> int:
    services.key_changes.new_mailbox()
    return _show(services, args)


def _mailbox(services: Services, args: argparse.Namespace) -> int:
    name, data = services.further_computers.own_file()
    folder = _needed(args.to, "--to")
    made_folder(folder)
    print(write_verified(folder, name, lambda out: out.write(data)).path)
    return 0


def _add_mailbox(services: Services, args: argparse.Namespace) -> int:
    data = read_mailbox(_needed(args.file, "--file"))
    added = services.further_computers.add(data, args.check_number or "", args.name)
    print(added.recipient)
    return 0


def _remove_mailbox(services: Services, args: argparse.Namespace) -> int:
    services.further_computers.remove(args.recipient or "")
    return 0


def _needed(value: Path | None, option: str) -> Path:
    if value is None:
        raise BadInput(f"{option} を書いてください。何も変えていません。", code="usage")
    return value


_DOES: dict[str, Callable[[Services, argparse.Namespace], int]] = {
    "recovery": _recovery,
    "new-recovery": _new_recovery,
    "rotate": _rotate,
    "finish": _finish,
    "give-up": _give_up,
    "replace": _replace,
    "new-mailbox": _new_mailbox,
    "mailbox": _mailbox,
    "add-mailbox": _add_mailbox,
    "remove-mailbox": _remove_mailbox,
}
