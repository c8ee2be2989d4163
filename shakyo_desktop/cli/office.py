"""setup, approve and answer: what a ward office does."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import timedelta

from shakyo_desktop.cli.files import tell_verdicts
from shakyo_desktop.domain.errors import BadInput, NotFound
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.domain.records import ITEM_STATUSES
from shakyo_desktop.domain.review_steps import same_person
from shakyo_desktop.services.deciding import REPORT
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.typed_text import editable_spec
from shakyo_desktop.services.verified_write import made_folder, write_verified

# An answer is expected back within a month when a request is made on the command line.
DAYS_TO_ANSWER = 30
_LOOK_AGAIN = "報告の内容をもう一度確かめて、直すところがあれば直して、もう一度提出してください。"


def setup(services: Services, args: argparse.Namespace) -> int:
    """Write the setup file and the slips of all districts."""
    made_folder(args.to)
    info = services.setups.issue()
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
            print(f"{row['org']}\t{row['name']}\t{show_check_number(row['check_number'])}")
    return 0


def approve(services: Services, args: argparse.Namespace) -> int:
    """Accept the held key of a district whose 12 digits match, and take in what it sent."""
    waiting = [pending for pending in services.registrations.pending() if pending.org == args.org]
    if not waiting:
        raise NotFound(
            f"{args.org} には、登録を待っているファイルがありません。何も変えていません。\n"
            "先に receive で受け取り、団体コードを確かめてください。"
        )
    verdicts = services.registrations.approve_matching(
        args.org, args.check_number, end_previous=args.end_previous
    )
    return tell_verdicts(verdicts, as_json=args.json)


def answer(services: Services, args: argparse.Namespace) -> int:
    """Decide what is undecided when a result or a request is given, then write every answer that is ready."""
    _expect_known(services, args.org or ())
    made_folder(args.to)
    if args.result or args.request:
        _expect_two_people(args)
        _decide(services, args)
    rows = [row for row in services.answers.ready() if not args.org or row.org in args.org]
    if not rows:
        print("渡す返事はありません。何も変えていません。", file=sys.stderr)
    for written in services.answers.write(args.to, [row.answer_id for row in rows]):
        print(
            json.dumps({"file": str(written.path), "size": written.size}, ensure_ascii=False)
            if args.json
            else written.path
        )
    return 0


def _expect_known(services: Services, orgs: Sequence[str]) -> None:
    known = {district.code for district in services.roster.districts(include_inactive=True)}
    for org in orgs:
        if org not in known:
            raise NotFound(f"{org} は名簿にありません。何も変えていません。団体コードを確かめてください。")


def _expect_two_people(args: argparse.Namespace) -> None:
    """Refuse one name for both steps before the first of them is kept."""
    if args.checked_by and same_person(args.checked_by, args.confirmed_by or ""):
        raise BadInput(
            f"{args.checked_by}さんは、確認する人です。何も変えていません。\n"
            "--confirmed-by には、別の人のお名前を書いてください。",
            code="review.same_person",
        )


def _decide(services: Services, args: argparse.Namespace) -> None:
    for submission in services.review.undecided():
        if args.org and submission.org not in args.org:
            continue
        for number, field, text in args.request:
            _request(services, submission.package_id, number, field, text)
        if args.result == "accepted":
            if args.checked_by:
                services.review.check(submission.package_id, args.checked_by)
            services.review.accept(submission.package_id, args.confirmed_by or "")
        else:  # a request without a result asks for a correction
            _send_back(services, submission.package_id)


def _send_back(services: Services, package_id: str) -> None:
    """Ask for what was written here or in the window; a general request when nothing was."""
    if not services.review.report(package_id).comments:
        due = services.context.today() + timedelta(days=DAYS_TO_ANSWER)
        services.review.comment(package_id, REPORT, "", "", _LOOK_AGAIN, due=due)
    services.review.send_back(package_id)


def _request(services: Services, package_id: str, number: int, field: str, words: str) -> None:
    """One request about a field of an item's status."""
    view = services.review.report(package_id)
    status = next((s for s in view.records.item_statuses if s.item_number == number), None)
    if status is None:
        raise BadInput(
            f"取組項目{number}は、この報告にありません。報告は変わっていません。番号を確かめてください。"
        )
    try:
        editable_spec(ITEM_STATUSES, field)
    except AttributeError as error:
        raise BadInput(f"「{field}」という欄はありません。報告は変わっていません。例: outcome") from error
    due = services.context.today() + timedelta(days=DAYS_TO_ANSWER)
    services.review.comment(package_id, ITEM_STATUSES, status.id, field, words, due=due)
