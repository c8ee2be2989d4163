"""compile: the ward's documents of a fiscal year."""

import argparse
import json
import sys

from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.services.compilation_papers import CompiledPaper, WrittenPaper
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verified_write import made_folder


def compile_year(services: Services, args: argparse.Namespace) -> int:
    """Write every document of the year's plans; a new version is made only when something changed."""
    plans = [args.plan] if args.plan else _plans_of(services, args.fiscal_year)
    made_folder(args.to)  # before a version is made
    for plan_id in plans:
        compilation, new = _compiled(services, plan_id, args)
        words = "作りました" if new else "使いました（そのあとに変わったものはありません）"
        print(f"{plan_id} 第{compilation.version}版を{words}", file=sys.stderr)
        cp932 = args.encoding == "cp932"
        for written in services.compilation_papers.write(
            compilation, tuple(CompiledPaper), args.to, cp932=cp932
        ):
            _tell(compilation, written, as_json=args.json)
    return 0


def _plans_of(services: Services, fiscal_year: int) -> list[str]:
    plans = [plan.id for plan in services.plans.plans() if plan.covers(fiscal_year)]
    if not plans:
        raise NotFound(
            f"{fiscal_year_name(fiscal_year)}の計画がありません。何も作っていません。\n年度を確かめてください。"
        )
    return plans


def _compiled(services: Services, plan_id: str, args: argparse.Namespace) -> tuple[WardCompilation, bool]:
    """The newest version while it is still true and as wanted, else the next one; and whether it is new."""
    service = services.compilation
    newest = service.newest(plan_id, args.fiscal_year)
    if newest and not service.stale(newest) and (args.include_unconfirmed or not newest.include_unconfirmed):
        return newest, False
    made = service.compile(plan_id, args.fiscal_year, include_unconfirmed=args.include_unconfirmed)
    return made, True


def _tell(compilation: WardCompilation, written: WrittenPaper, *, as_json: bool) -> None:
    path = written.file.path
    for words in written.changed:
        print(f"{path.name}\t{words}", file=sys.stderr)
    if not as_json:
        print(path)
        return
    received, expected = compilation.coverage()
    result = {
        "file": str(path),
        "document": written.paper.value,
        "plan": compilation.plan_id,
        "version": compilation.version,
        "received": received,
        "expected": expected,
        "include_unconfirmed": compilation.include_unconfirmed,
        "size": written.file.size,
        "sha256": written.file.sha256,
        "changed": list(written.changed),
    }
    print(json.dumps(result, ensure_ascii=False))
