"""Judging one file against the store: steps 1–13 of the package format, and a verdict in words."""

import io
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.binding import judge_key
from shakyo_desktop.exchange.inspection import inspect_package
from shakyo_desktop.exchange.opened import AnswerContent, OpenedPackage
from shakyo_desktop.exchange.reader import open_package
from shakyo_desktop.exchange.records import SetupContent
from shakyo_desktop.services import verdict_words
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.holding import Standing, check_room
from shakyo_desktop.services.own_files import own_manifest
from shakyo_desktop.services.setup_intake import check_is_for_us
from shakyo_desktop.services.trust import StoreTrust, receiver_keys
from shakyo_desktop.services.verdicts import ACCEPTED, Verdict
from shakyo_desktop.storage.stores import Stores


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict; ``standing`` when nothing refused the package, ``opened`` when it is to be taken in."""

    verdict: Verdict
    standing: Standing | None = None
    opened: OpenedPackage | None = None


def judge_file(
    context: ServiceContext, stores: Stores, path: Path, sealed: bytes, chosen: str | None = None
) -> Judged:
    """Say what becomes of a file; nothing is written.

    Args:
        chosen: its manifest when a person chose this version; then two versions do not hold it again.
    """
    opened = _open(context, stores, sealed, chosen)
    if isinstance(opened, PackageRefused):
        own = own_manifest(stores, sealed)
        if own is not None:
            return Judged(verdict_words.own_file(path, stores, own))
        seen = inspect_package(io.BytesIO(sealed), receiver_keys(stores).identities)
        return Judged(verdict_words.refused(path, opened, seen, stores))
    verdict = verdict_words.judged(path, opened, stores)
    # What waits or is here already is not needed in memory any longer: its file is.
    return Judged(verdict, _standing(opened), opened if verdict.verdict == ACCEPTED else None)


def _open(
    context: ServiceContext, stores: Stores, sealed: bytes, chosen: str | None
) -> OpenedPackage | PackageRefused:
    """The package, or why it is refused.

    The refusal is a new one: where the first was raised the whole decrypted package hangs on it, and it is
    decrypted once more to say what it is.
    """
    trust = _trust(context, stores, chosen)
    try:
        opened = open_package(io.BytesIO(sealed), receiver_keys(stores), trust, context.now())
        if opened.hold_code and not opened.already_received:
            check_room(stores, opened.manifest, opened.info.sender, len(sealed))
        setup = _new_setup(opened)
        if setup is not None:
            check_is_for_us(stores, *setup)
    except PackageRefused as refusal:
        return PackageRefused(refusal.code, refusal.detail, refusal.message)
    return opened


def still_stands(context: ServiceContext, stores: Stores, judged: Judged, chosen: str | None = None) -> bool:
    """Whether what depends on the store is as it was when the file was judged; quick.

    A file is read and checked outside the transaction that stores it, so that nobody has to wait.
    """
    before = judged.standing
    if before is None:
        return True
    trust = _trust(context, stores, chosen)
    try:
        known = trust.key_state(before.info.sender.key)
        held = judge_key(known) if before.info.type != "setup" or known else ""
        judgement = trust.judge(before.info, before.manifest)
    except PackageRefused:
        return False
    now = (held or judgement.hold_code, judgement.already_received)
    return now == (before.hold_code, before.already_received)


def _standing(opened: OpenedPackage) -> Standing:
    return Standing(
        info=opened.info,
        manifest=opened.manifest,
        certificate=bytes(opened.certificate),
        hold_code=opened.hold_code,
        already_received=opened.already_received,
    )


def _new_setup(opened: OpenedPackage) -> tuple[SetupContent, str] | None:
    """The setup that a file is or brings along, and its office, when it is newer than the one in use."""
    inner = opened.content.setup if isinstance(opened.content, AnswerContent) else opened
    if opened.already_received or inner is None or inner.already_received:
        return None
    return (inner.content, inner.info.sender.org) if isinstance(inner.content, SetupContent) else None


def _trust(context: ServiceContext, stores: Stores, chosen: str | None) -> StoreTrust:
    return StoreTrust(stores, str(stores.settings.get("org")), context.today(), chosen)
