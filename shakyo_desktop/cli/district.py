"""join and submit: what a district does."""

import argparse
import json
import sys

from shakyo_desktop.domain.checks import Problem
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.services.founding import LockChoice
from shakyo_desktop.services.founding import join as join_office
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.setup_files import read_setup_file
from shakyo_desktop.services.verified_write import made_folder


def join(args: argparse.Namespace) -> int:
    """A district's first start from the office's setup file; a key file opens the store (batch work)."""
    setup = read_setup_file(args.file)
    joined = join_office(
        args.data, setup, args.org, args.check_number, args.name, LockChoice(frozenset({"key_file"}))
    )
    if args.json:
        print(json.dumps({"org": joined.org, "recovery": joined.recovery_identity}, ensure_ascii=False))
    else:
        print(f"{joined.org}\n復旧シートの文字（金庫などで保管してください）:\n{joined.recovery_identity}")
    return 0


def submit(services: Services, args: argparse.Namespace) -> int:
    """Freeze the year's report and write it to a folder."""
    made_folder(args.to)  # before a number is used up
    stage = Stage(args.stage)
    if args.reason:
        for problem in services.checking.problems(args.fiscal_year, stage):
            if problem.level == "soft" and not problem.answered:
                services.checking.answer(problem, args.reason)
    readiness = services.submission.readiness(args.fiscal_year, stage)
    for problem in (*readiness.hard, *readiness.soft):
        print(_problem_line(problem), file=sys.stderr)
    submission = services.submission.freeze(args.fiscal_year, stage, Assembly(args.assembly), args.chair)
    written = services.submission.write(submission.package_id, args.to)
    number = services.settings.check_number()
    result = {
        "file": str(written.path),
        "revision": submission.revision,
        "seq": submission.seq,
        "package_id": submission.package_id,
        "manifest": submission.manifest,
        "check_number": number,
    }
    if args.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(f"{written.path}\n第{submission.revision}版\n確認番号 {show_check_number(number)}")
    return 0


def _problem_line(problem: Problem) -> str:
    mark = "要修正" if problem.level == "hard" else "要確認"
    return f"{mark}\t{problem.item_number or ''}\t{problem.message}"
