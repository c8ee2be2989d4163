"""join and ward-report: what a ward does towards its city."""

import argparse
import json
import sys

from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.setup_files import read_setup_file
from shakyo_desktop.services.verified_write import made_folder, write_verified


def join_city(services: Services, args: argparse.Namespace) -> int:
    """Take the city's setup in with the number of this ward's slip."""
    own = services.settings.identity().org.code
    if args.org != own:
        raise BadInput(
            f"このデータは {own} のものです。{args.org} の設定は取り込めません。何も変えていません。\n"
            "--data のフォルダーと --org を確かめてください。",
            code="role",
        )
    outcome = services.setups.accept_new_office_key(read_setup_file(args.file), args.check_number)
    city = services.settings.identity().office
    name = city.name if city else ""
    result = {"org": own, "office": city.code if city else None, "serial": outcome.serial}
    print(json.dumps(result, ensure_ascii=False) if args.json else f"{own}\t{name}\t第{outcome.serial}号")
    return 0


def ward_report(services: Services, args: argparse.Namespace) -> int:
    """Freeze a version of the compilation for the city and write it with its cover sheet."""
    made_folder(args.to)  # before a number is used up
    compilation = services.ward_report.to_send(args.fiscal_year, args.compiled_version)
    if not compilation.council.approved:
        print("協議会の検証がまだなので、途中の報告として作ります。", file=sys.stderr)
    submission = services.ward_report.freeze(
        compilation.id, with_photos=not args.without_photos, unverified=True
    )
    written = services.ward_report.write(submission.package_id, args.to)
    sheet = services.ward_report.cover_sheet(submission.package_id)
    paper = write_verified(args.to, f"cover-{written.path.stem}.pdf", lambda out: out.write(sheet))
    number = services.settings.check_number()
    received, expected = compilation.coverage()
    result = {
        "file": str(written.path),
        "cover_sheet": str(paper.path),
        "version": submission.revision,
        "seq": submission.seq,
        "package_id": submission.package_id,
        "manifest": submission.manifest,
        "districts": received,
        "expected_districts": expected,
        "check_number": number,
    }
    if args.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(f"{written.path}\n{paper.path}\n第{submission.revision}版（{received}/{expected}地区部会）")
        print(f"確認番号 {show_check_number(number)}")
    return 0
