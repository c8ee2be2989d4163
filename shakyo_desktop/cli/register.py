"""suspend, resume, revoke and renew: the office's register of computers."""

import argparse
import json
import sys
from collections.abc import Sequence

from shakyo_desktop.cli.files import tell_verdicts
from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.errors import BadInput, NotFound
from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.services.registry import Services

_AT_WORK = (KeyState.ACTIVE, KeyState.EXPIRED)


def suspend(services: Services, args: argparse.Namespace) -> int:
    """Stop a lost computer at once; what came from it today is listed on standard error."""
    one = _computer(services, args, _AT_WORK)
    services.registrations.suspend(one.key, args.note)
    for report in services.registrations.lost.since_loss(one.key).reports:
        print(f"この日に届いた報告: {report.fiscal_year}年度 第{report.revision}版", file=sys.stderr)
    return _tell(services, one.key, as_json=args.json)


def resume(services: Services, args: argparse.Namespace) -> int:
    """A lost computer was found."""
    one = _computer(services, args, (KeyState.SUSPENDED,))
    services.registrations.resume(one.key, args.note)
    return _tell(services, one.key, as_json=args.json)


def revoke(services: Services, args: argparse.Namespace) -> int:
    """End a computer's registration for ever."""
    one = _computer(services, args, (*_AT_WORK, KeyState.SUSPENDED))
    services.registrations.revoke(one.key, args.note)
    return _tell(services, one.key, as_json=args.json)


def renew(services: Services, args: argparse.Namespace) -> int:
    """Three more years for a computer whose 12 digits were typed again."""
    one = _computer(services, args, _AT_WORK)
    verdicts = services.registrations.renew(one.key, args.check_number)
    status = tell_verdicts(verdicts, as_json=args.json)
    return status or _tell(services, one.key, as_json=args.json)


def _computer(services: Services, args: argparse.Namespace, states: Sequence[KeyState]) -> KeyRegistration:
    """The one computer that is meant.

    Raises:
        NotFound: there is none in such a state.
        BadInput: there are several and ``--key`` does not say which.
    """
    found = [
        one
        for one in services.registrations.registrations()
        if one.org == args.org and one.state in states and one.key.startswith(args.key)
    ]
    if not found:
        words = "・".join(state.label for state in states)
        raise NotFound(f"{args.org} には、{words}のパソコンがありません。何も変えていません。")
    if len(found) > 1:
        rows = "\n".join(f"{one.key[:16]}　登録した日 {_approved(one)}" for one in found)
        raise BadInput(
            f"{args.org} には、あてはまるパソコンが{len(found)}台あります。何も変えていません。\n"
            f"{rows}\n--key に、左の文字のはじめを書いてください。",
            code="register.several",
        )
    return found[0]


def _approved(one: KeyRegistration) -> str:
    return era_date(one.approved_at.date()) if one.approved_at else "－"


def _tell(services: Services, key: str, *, as_json: bool) -> int:
    one = next(row for row in services.registrations.registrations() if row.key == key)
    row = {
        "org": one.org,
        "key": one.key,
        "state": one.state.value,
        "expires_on": one.expires_on.isoformat() if one.expires_on else None,
    }
    print(json.dumps(row, ensure_ascii=False) if as_json else f"{one.org}\t{one.state.label}\t{one.key}")
    return 0
