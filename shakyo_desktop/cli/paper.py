"""print: the forms on paper."""

import argparse
import json
import sys
from dataclasses import replace

from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.forms.pages import chosen_pages
from shakyo_desktop.services.forms import Filling, FormWish
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verified_write import made_folder, write_verified


def print_form(services: Services, args: argparse.Namespace) -> int:
    """Write one form as a PDF; what could not be printed is named on standard error."""
    if args.to.is_dir():
        raise BadInput(f"{args.to} はフォルダーです。何も書いていません。ファイルの名前まで書いてください。")
    wish = FormWish(
        form=FormCode(args.form),
        fiscal_year=args.fiscal_year,
        filling=Filling(args.filling),
        org=args.org,
        plan_id=args.plan,
        large=args.large,
        sheets=args.sheets,
    )
    if args.pages:
        count = len(services.forms.layout(wish).pages)
        wish = replace(wish, pages=chosen_pages(args.pages, count))
    printed = services.forms.print_form(wish)
    written = write_verified(made_folder(args.to.parent), args.to.name, lambda out: out.write(printed.pdf))
    services.forms.note_printed(wish)
    for where, character in printed.missing:
        print(f"〓 {where}　「{character}」は印刷できません", file=sys.stderr)
    if args.json:
        missing = [{"where": where, "character": character} for where, character in printed.missing]
        result = {"file": str(written.path), "pages": printed.pages, "missing": missing}
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(f"{written.path}\n{printed.pages}ページ")
    return 0
