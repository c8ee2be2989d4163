"""setup, approve and answer: what a ward office does."""

import argparse
import json
from datetime import timedelta

from shakyo_desktop.cli.files import tell_verdicts
from shakyo_desktop.domain.errors import BadInput, NotFound
from shakyo_desktop.domain.records import ITEM_STATUSES
from shakyo_desktop.services.deciding import REPORT
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verified_write import write_verified

# An answer is expected back within a month when a request is made on the command line.
DAYS_TO_ANSWER = 30
_LOOK_AGAIN = "報告の内容をもう一度確かめて、直すところがあれば直して、もう一度提出してください。"


def setup(services: Services, args: argparse.Namespace) -> int:
    """Write the setup file and the slips of all districts."""
    info = services.setups.issue()
    args.to.mkdir(parents=True, exist_ok=True)
    written = services.setups.write(args.to)
    slips = services.setups.slips()
    paper = write_verified(args.to, f"slips-{info.serial}.pdf", lambda out: out.write(slips))
    numbers = [
        {"org": org, "name": name, "check_number": number}
        for org, name, number in services.setups.slip_numbers()
    ]
    if args.json:
        print(
            json.dumps(
                {
                    "file": str(written.path),
                    "slips": str(paper.path),
                    "serial": info.serial,
                    "districts": numbers,
                },
                ensure_ascii=False,
            )
        )
    else:
        print(f"{written.path}\n{paper.path}")
        for row in numbers:
            print(f"{row['org']}\t{row['name']}\t{row['check_number']}")
    return 0


def approve(services: Services, args: argparse.Namespace) -> int:
    """Accept the held key of a district whose 12 digits match, and take in what it sent."""
    waiting = [pending for pending in services.registrations.pending() if pending.org == args.org]
    if not waiting:
        raise NotFound(f"{args.org} には、登録を待っているファイルがありません。")
    verdicts = services.registrations.approve_matching(
        args.org, args.check_number, end_previous=args.end_previous
    )
    return tell_verdicts(verdicts, as_json=args.json)


def answer(services: Services, args: argparse.Namespace) -> int:
    """Decide what is undecided when a result or a request is given, then write every answer that is ready."""
    if args.result or args.request:
        _decide(services, args)
    rows = [row for row in services.answers.ready() if not args.org or row.org in args.org]
    args.to.mkdir(parents=True, exist_ok=True)
    for written in services.answers.write(args.to, [row.answer_id for row in rows]):
        print(
            json.dumps({"file": str(written.path), "size": written.size}, ensure_ascii=False)
            if args.json
            else written.path
        )
    return 0


def _decide(services: Services, args: argparse.Namespace) -> None:
    for submission in services.review.undecided():
        if args.org and submission.org not in args.org:
            continue
        for text in args.request:
            _request(services, submission.package_id, text)
        if args.result == "accepted":
            services.review.accept(submission.package_id)
        else:  # a request without a result asks for a correction
            _send_back(services, submission.package_id)


def _send_back(services: Services, package_id: str) -> None:
    """Ask for what was written here or in the window; a general request when nothing was."""
    if not services.review.report(package_id).comments:
        due = services.context.today() + timedelta(days=DAYS_TO_ANSWER)
        services.review.comment(package_id, REPORT, "", "", _LOOK_AGAIN, due=due)
    services.review.send_back(package_id)


def _request(services: Services, package_id: str, text: str) -> None:
    """One request written as ITEM:FIELD:TEXT."""
    number, _, rest = text.partition(":")
    field, _, words = rest.partition(":")
    view = services.review.report(package_id)
    status = next((s for s in view.records.item_statuses if str(s.item_number) == number), None)
    if status is None or not words:
        raise BadInput(
            f"確認のお願いは「番号:欄:文」と書いてください（{text}）。その取組項目の報告が必要です。"
        )
    due = services.context.today() + timedelta(days=DAYS_TO_ANSWER)
    services.review.comment(package_id, ITEM_STATUSES, status.id, field, words, due=due)
