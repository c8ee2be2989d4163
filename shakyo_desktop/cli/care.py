"""dump, backup, restore and doctor: looking after the store."""

import argparse
import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import BadInput, CopyUnproven, FileUnreadable, ShakyoError
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.handover import show_code
from shakyo_desktop.domain.retention import YEARS_TO_CHOOSE, count_words
from shakyo_desktop.services.backup import restore as restore_backup
from shakyo_desktop.services.closed_store import examine_closed
from shakyo_desktop.services.doctor import Finding
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.salvaging import salvage_store
from shakyo_desktop.services.support_bundle import save_closed_bundle
from shakyo_desktop.services.taking_over import is_handover, take_over
from shakyo_desktop.services.verified_write import made_folder, write_verified

_COMPARED = "すべて同じなら、--compared に紙の確認番号（12けた）を付けて、もう一度行ってください。"


def dump(services: Services, args: argparse.Namespace) -> int:
    """Everything in the store as canonical NDJSON on standard output."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
    try:
        services.doctor.dump(out)
        out.flush()
    finally:
        out.detach()
    return 0


def handover(services: Services, args: argparse.Namespace) -> int:
    """A copy for the successor; what opens it is said once, on standard output, and kept nowhere."""
    handed = services.handover.hand_over(args.to)
    code = show_code(handed.code)
    file = handed.written.path
    print(
        json.dumps({"file": str(file), "code": code}, ensure_ascii=False) if args.json else f"{file}\n{code}"
    )
    if args.book:  # last: without the digits above the file could not be opened
        book = services.handover.book()
        write_verified(made_folder(args.book.parent), args.book.name, lambda out: out.write(book))
    return 0


def restore(args: argparse.Namespace) -> int:
    """A new data folder from a copy; from a predecessor's, with a new person's name and keys."""
    if is_handover(args.file):
        return _take_over(args)
    try:
        restored = restore_backup(args.file, args.data, _secret(args.secret_file), compared=args.compared)
    except CopyUnproven as error:
        raise CopyUnproven(f"{error.message}\n{_COMPARED}", error.number) from error
    print(restored.message, file=sys.stderr)
    print(
        json.dumps({"data": str(args.data), "org": restored.org}, ensure_ascii=False)
        if args.json
        else f"{args.data}\n{restored.org}"
    )
    return 0


def _take_over(args: argparse.Namespace) -> int:
    secret = _secret(args.secret_file) or ""
    taken = take_over(args.file, args.data, secret, args.name, LockChoice(frozenset({"key_file"})))
    print(
        f"{taken.name} を引き継ぎました。控えは{era_timestamp(taken.made_at)}のものです。\n"
        "次の提出のとき、送付票の確認番号を事務所に確かめてもらってください。",
        file=sys.stderr,
    )
    print(
        json.dumps({"data": str(args.data), "org": taken.org}, ensure_ascii=False)
        if args.json
        else f"{args.data}\n{taken.org}"
    )
    return 0


def salvage(args: argparse.Namespace) -> int:
    """A new data folder with everything readable of a damaged one; status 1 when something is lost."""
    salvaged = salvage_store(args.data, args.to, _secret(args.secret_file))
    if args.json:
        counts = [
            {"kind": one.words, "found": one.found if one.known else None}
            | {"saved": one.saved, "from_copy": one.from_copy, "lost": one.lost}
            for one in salvaged.kinds
        ]
        print(json.dumps({"data": str(args.to), "org": salvaged.org, "counts": counts}, ensure_ascii=False))
    else:
        print(args.to, *(one.line() for one in salvaged.kinds), sep="\n")
    print(salvaged.message(), file=sys.stderr)
    return 0 if salvaged.is_whole else 1


def _secret(file: Path | None) -> str | None:
    """The first line of a file that is not a comment (age writes its identities with comments)."""
    if file is None:
        return None
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"{file} を読めませんでした。ファイルの場所を確かめてください。") from error
    return next((line.strip() for line in lines if line.strip() and not line.startswith("#")), "")


def doctor(services: Services, args: argparse.Namespace) -> int:
    """Examine the database, the signatures kept and the copies; status 1 when something is wrong."""
    findings = services.doctor.examine()
    _print_findings(findings, args)
    if args.bundle:
        bundle = services.doctor.bundle()
        write_verified(made_folder(args.bundle.parent), args.bundle.name, lambda out: out.write(bundle))
    return 0 if all(finding.ok for finding in findings) else 1


def closed_doctor(args: argparse.Namespace, error: ShakyoError) -> None:
    """What can be looked at of a store that does not open."""
    _print_findings(examine_closed(args.data, error), args)
    if args.bundle:
        save_closed_bundle(args.data, args.bundle, error.code)


def _print_findings(findings: Iterable[Finding], args: argparse.Namespace) -> None:
    for finding in findings:
        if args.json:
            print(
                json.dumps(
                    {"area": finding.area, "ok": finding.ok, "message": finding.message}, ensure_ascii=False
                )
            )
        else:
            print(f"{'✓' if finding.ok else '×'} {finding.area}\t{finding.message}")


def retention(services: Services, args: argparse.Namespace) -> int:
    """What is past its 保存期間 and what was deleted; with ``--delete`` a year is deleted first."""
    service = services.retention
    if args.years is not None:
        if args.years not in (0, *YEARS_TO_CHOOSE):
            raise BadInput("保存期間は 3、5、7、10、0（決めない）から選んでください。何も変わっていません。")
        service.set_years(args.years)
    if args.delete is not None:
        service.delete(
            args.delete, args.confirm, keep_compilations=args.keep_compilations, with_old_stores=True
        )
    view = service.view()
    rows = [("past", one.fiscal_year, one.counts) for one in view.past]
    rows += [("deleted", one.fiscal_year, one.counts) for one in view.deletions]
    words = {"past": "保存期間が過ぎています", "deleted": "消しました"}
    for state, year, counts in rows:
        facts = {"state": state, "fiscal_year": year, "counts": dict(counts)}
        said = f"{fiscal_year_name(year)}\t{words[state]}\t{count_words(counts)}"
        print(json.dumps(facts, ensure_ascii=False) if args.json else said)
    return 0
