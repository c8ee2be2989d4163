"""Verdicts in words: what happened to a file, and the one thing to do next."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shakyo_desktop.domain import refusals
from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.sequence import WARNING_TEXT
from shakyo_desktop.exchange.inspection import Inspection
from shakyo_desktop.exchange.opened import AnswerContent, OpenedPackage
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.records import SetupContent
from shakyo_desktop.services.verdicts import ACCEPTED, ALREADY_RECEIVED, PENDING_APPROVAL, REFUSED, Verdict
from shakyo_desktop.storage.stores import Stores

_UNREADABLE = "file"
_WARNINGS: Mapping[str, str] = {
    **WARNING_TEXT,
    "clock.ahead": "差出人のパソコンの日付が進んでいます。時計を直すよう伝えてください。",
    "seq.fork": "同じ登録の鍵から、番号の同じ別のファイルが来ています。電話で確かめてください。",
}
_ALREADY = "このファイルは、もう受け取っています。\n記録は何も変わっていません。\n何もする必要はありません。"
_TAKEN_IN = {
    "report": "報告を受け取りました。",
    "answer": "事務所からの返事を受け取りました。",
    "setup": "新しい設定を受け取りました。",
}
_NEXT = {
    "report": "「確認する」で内容を読んでください。",
    "answer": "「返事」を開いて、内容を見てください。",
    "setup": "何もする必要はありません。",
}


def refused(
    path: Path, refusal: PackageRefused, seen: Inspection | None = None, stores: Stores | None = None
) -> Verdict:
    """The verdict of a refused file; ``seen`` is what it says about itself, only a hint."""
    if refusal.code == _UNREADABLE:
        return Verdict(
            file=path,
            verdict=REFUSED,
            code=refusal.code,
            message=refusal.message,
            next_action=refusal.message.splitlines()[-1],
        )
    return Verdict(
        file=path,
        verdict=REFUSED,
        code=refusal.code,
        message=refusals.refusal_message(refusal.code, refusal.detail),
        next_action=refusals.next_action(refusal.code, refusal.detail),
        **_said(seen.info if seen else None, seen.manifest if seen else None, stores),
    )


def judged(path: Path, opened: OpenedPackage, stores: Stores) -> Verdict:
    """The verdict of a file that passed every check."""
    kind = opened.info.type
    verdict, code, message, next_action = ACCEPTED, "", _TAKEN_IN[kind], _NEXT[kind]
    if opened.already_received or _is_known_setup(opened, stores):
        verdict, message, next_action = ALREADY_RECEIVED, _ALREADY, _ALREADY.splitlines()[-1]
    elif opened.hold_code:
        verdict, code = PENDING_APPROVAL, opened.hold_code
        message, next_action = refusals.refusal_message(code), refusals.next_action(code)
    elif isinstance(opened.content, AnswerContent) and opened.content.reply.requests:
        message = f"{message}確認のお願いが{len(opened.content.reply.requests)}件あります。"
    return Verdict(
        file=path,
        verdict=verdict,
        code=code,
        message=message,
        next_action=next_action,
        warnings=tuple(_WARNINGS.get(warning, warning) for warning in opened.warnings),
        **_said(opened.info, opened.manifest, stores),
    )


def _is_known_setup(opened: OpenedPackage, stores: Stores) -> bool:
    """A setup that is not newer than the one in use has nothing to say."""
    if not isinstance(opened.content, SetupContent):
        return False
    newest = stores.setups.newest(opened.info.sender.org)
    return newest is not None and opened.info.setup_serial <= newest.serial


def _said(info: PackageInfo | None, manifest: str | None, stores: Stores | None) -> dict[str, Any]:
    if info is None:
        return {}
    sender = stores.organisations.find(info.sender.org) if stores else None
    report = info.report
    return {
        "sender": info.sender.org,
        "sender_name": sender.name if sender else "",
        "report_org": report.org if report else None,
        "fiscal_year": report.fiscal_year if report else None,
        "revision": report.revision if report else None,
        "package_id": info.package_id,
        "manifest": manifest,
    }
