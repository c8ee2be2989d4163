"""Verdicts in words: what happened to a file, and the one thing to do next."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shakyo_desktop.domain import refusals
from shakyo_desktop.domain.errors import PackageRefused, ShakyoError
from shakyo_desktop.domain.sequence import WARNING_TEXT
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.inspection import Inspection
from shakyo_desktop.exchange.opened import AnswerContent, OpenedPackage
from shakyo_desktop.exchange.package_info import PackageInfo, read_package_info
from shakyo_desktop.services.arriving_files import UNREADABLE
from shakyo_desktop.services.verdicts import ACCEPTED, ALREADY_RECEIVED, PENDING_APPROVAL, REFUSED, Verdict
from shakyo_desktop.storage.stores import Stores

_WARNINGS: Mapping[str, str] = {
    **WARNING_TEXT,
    "clock.ahead": "差出人のパソコンの日付が進んでいます。時計を直すよう伝えてください。",
    "seq.fork": "同じパソコンの登録から、中身のちがうファイルが二つ来ています。電話で確かめてください。",
}
_OWN = (
    "このファイルは、こちらで作ったファイルです。\n記録は何も変わっていません。\n何もする必要はありません。"
)
_ALREADY = "このファイルは、もう受け取っています。\n記録は何も変わっていません。\n何もする必要はありません。"
_DELETED = (
    "このファイルの年度は、保存期間が過ぎたので、ここではもう消してあります。\n"
    "記録は何も変わっていません。\n何もする必要はありません。"
)
_TAKEN_IN = {
    "report": "報告を受け取りました。",
    "answer": "事務所からの返事を受け取りました。",
    "setup": "新しい設定を受け取りました。",
    "ward_report": "区の取りまとめを受け取りました。",
}
_NEXT = {
    "report": "「確認する」で内容を読んでください。",
    "answer": "「返事」を開いて、内容を見てください。",
    "setup": "何もする必要はありません。",
    "ward_report": "何もする必要はありません。",
}


def refused(
    path: Path, refusal: PackageRefused, seen: Inspection | None = None, stores: Stores | None = None
) -> Verdict:
    """The verdict of a refused file; ``seen`` is what it says about itself, only a hint."""
    if refusal.code == UNREADABLE:
        return not_kept(path, refusal)
    return Verdict(
        file=path,
        verdict=REFUSED,
        code=refusal.code,
        message=refusals.refusal_message(refusal.code, refusal.detail),
        next_action=refusals.next_action(refusal.code, refusal.detail),
        **_said(seen.info if seen else None, seen.manifest if seen else None, stores),
    )


def not_kept(path: Path, error: ShakyoError) -> Verdict:
    """The verdict of a file that could not be read, or not be stored: nothing is wrong with what it says."""
    return Verdict(
        file=path, verdict=REFUSED, message=error.message, next_action=error.message.splitlines()[-1]
    )


def own_file(path: Path, stores: Stores, manifest: str) -> Verdict:
    """The verdict of a file that was written here and came back on the same stick."""
    deleted = stores.retention.is_deleted(manifest)
    info = None
    if not deleted:
        info, _ = read_package_info(stores.submissions.evidence_bytes(manifest, names.PACKAGE_INFO))
    message = _DELETED if deleted else _OWN
    return Verdict(
        file=path,
        verdict=ALREADY_RECEIVED,
        message=message,
        next_action=message.splitlines()[-1],
        **_said(info, manifest, stores),
    )


def judged(path: Path, opened: OpenedPackage, stores: Stores) -> Verdict:
    """The verdict of a file that passed every check."""
    kind = opened.info.type
    verdict, code, message, next_action = ACCEPTED, "", _TAKEN_IN[kind], _NEXT[kind]
    if opened.already_received:
        verdict, message = ALREADY_RECEIVED, _here_already(opened, stores)
        next_action = message.splitlines()[-1]
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
        warnings=_warnings(opened),
        **_said(opened.info, opened.manifest, stores),
    )


def _warnings(opened: OpenedPackage) -> tuple[str, ...]:
    words = [_WARNINGS.get(warning, warning) for warning in opened.warnings]
    if opened.unknown_items:
        words.append(f"新しい版のプログラムで作られたため、{opened.unknown_items}件は表示されません。")
    return tuple(words)


def _here_already(opened: OpenedPackage, stores: Stores) -> str:
    if stores.retention.is_deleted(opened.manifest):
        return _DELETED
    return _OWN if opened.info.sender.org == stores.settings.get("org") else _ALREADY


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
