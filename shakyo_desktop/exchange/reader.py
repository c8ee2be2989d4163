"""Reading a package: every rule of the package format, in the order of "Reading order", steps 1–13.

Nothing inside is parsed before its signature is verified, and nothing is written anywhere.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.submission import Reply
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.binding import (
    check_binding,
    check_envelope,
    check_signer,
    judge_clock,
    judge_key,
)
from shakyo_desktop.exchange.container import read_container
from shakyo_desktop.exchange.evidence import read_last_report
from shakyo_desktop.exchange.opened import AnswerContent, Content, OpenedPackage, ReportContent
from shakyo_desktop.exchange.opened_tables import AnswerTables, ReadTables, read_tables
from shakyo_desktop.exchange.package_info import PackageInfo, read_package_info
from shakyo_desktop.exchange.photo_checks import check_photos
from shakyo_desktop.exchange.records import SetupContent
from shakyo_desktop.exchange.refusal import refused, require
from shakyo_desktop.exchange.sealing import file_size, unseal
from shakyo_desktop.exchange.shape import check_entries
from shakyo_desktop.exchange.signed import SignedEntries, verify_signed
from shakyo_desktop.exchange.trust import Judgement, ReceiverKeys, TrustStore
from shakyo_desktop.exchange.ward_content import read_ward_content
from shakyo_desktop.exchange.ward_tables import WardLines

PLAIN_START = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class _Reading:
    """Whose eyes a package is read with."""

    keys: ReceiverKeys
    trust: TrustStore
    now: datetime


def open_package(sealed: BinaryIO, keys: ReceiverKeys, trust: TrustStore, now: datetime) -> OpenedPackage:
    """Return the content of a package after checking every rule of the package format.

    Args:
        sealed: the file as received, seekable; at most 256 MiB are held in memory.
        now: the time against which clocks are judged (UTC).

    Raises:
        PackageRefused: with the code of the first rule that is broken. What a person must decide is
            not raised but returned with its ``hold_code``.
    """
    reading = _Reading(keys, trust, now)
    data, is_sealed = read_envelope(sealed, keys.identities)
    return _open_container(data, reading, is_sealed)


def read_envelope(sealed: BinaryIO, identities: tuple[str, ...]) -> tuple[memoryview, bool]:
    """The container's bytes, and whether they were sealed (steps 1 and 2).

    Raises:
        PackageRefused: ``size.package``, ``env.header``, ``env.decrypt``.
    """
    file_size(sealed)
    start = sealed.read(len(PLAIN_START))
    sealed.seek(0)
    if start == PLAIN_START:
        return memoryview(sealed.read()), False
    return unseal(sealed, identities), True


def _open_container(data: memoryview, reading: _Reading, is_sealed: bool) -> OpenedPackage:
    entries = read_container(data)
    signed = verify_signed(entries)
    known = reading.trust.key_state(signed.certificate.fingerprint)
    hold_code = judge_key(known)
    info, unknown_info = read_package_info(signed.package_info)
    check_envelope(info, sealed=is_sealed)
    check_signer(info, signed, known)
    check_binding(info, known, reading.keys, reading.trust)
    warnings = judge_clock(info, signed.signed_at, reading.now)
    judgement = _judge(reading.trust, info, signed.manifest)
    if info.type == "setup" and known is None:
        hold_code = ""  # the register of a district is its setup: judge() knows the pinned key
    check_entries(info, entries)
    tables = read_tables(info, signed.tables())
    content = _content(info, signed, tables, entries, reading)
    return OpenedPackage(
        info=info,
        manifest=signed.manifest,
        certificate=signed.certificate.der,
        signed_at=signed.signed_at,
        content=content,
        photos={names.stem(name): part for name, part in entries.items() if name.startswith("photos/")},
        entries=entries,
        warnings=warnings + judgement.warnings,
        hold_code=hold_code or judgement.hold_code,
        already_received=judgement.already_received,
        unknown_items=unknown_info + tables.unknown_items,
    )


def _judge(trust: TrustStore, info: PackageInfo, manifest: str) -> Judgement:
    """What the register says of sequence and revision; its refusals get their words here."""
    try:
        return trust.judge(info, manifest)
    except PackageRefused as refusal:
        raise refused(refusal.code, refusal.detail) from refusal


def _content(
    info: PackageInfo,
    signed: SignedEntries,
    tables: ReadTables,
    entries: dict[str, memoryview],
    reading: _Reading,
) -> Content:
    """Photos, and what an answer or a ward's report brings along (step 13)."""
    content = tables.content
    if isinstance(content, YearRecords):
        check_photos(content.photos, signed)
        return ReportContent(content)
    if isinstance(content, AnswerTables):
        return _answer(info, content, entries, reading)
    if isinstance(content, WardLines):
        report = read_ward_content(info, content, entries)
        check_photos(report.photos, signed)
        return report
    _check_setup(info, signed, content)
    return content


def _answer(
    info: PackageInfo, tables: AnswerTables, entries: dict[str, memoryview], reading: _Reading
) -> AnswerContent:
    reply, own_org = info.reply, info.recipient.org
    if reply is None or own_org is None:
        raise refused("bind.report", "reply")
    setup_file = entries.get(names.SETUP)
    setup = None
    if setup_file is not None:
        setup = _open_container(setup_file, reading, is_sealed=False)
        require(setup.info.sender.org == info.sender.org, "bind.sender", "another office's setup")
    return AnswerContent(
        reply=Reply(
            answer_id=info.package_id,
            package_id=reply.package_id,
            manifest=reply.manifest,
            org=own_org,
            office=info.sender.org,
            received_at=reply.received,
            result=reply.result,
            receipt_no=reply.receipt_no,
            last_seq=reply.last_seq,
            created_at=info.created,
            requests=tables.requests,
        ),
        shared_practices=tables.shared_practices,
        setup=setup,
        setup_file=bytes(setup_file) if setup_file is not None else b"",
        last_report=read_last_report(entries, own_org),
    )


def _check_setup(info: PackageInfo, signed: SignedEntries, setup: SetupContent) -> None:
    """The office that signed is in its own setup, with this key, this mailbox and its recovery recipient."""
    sender = info.sender
    kinds = {organisation.code: organisation.kind for organisation in setup.organisations}
    require(kinds.get(sender.org) in (OrganisationKind.WARD, OrganisationKind.CITY), "bind.role", "signer")
    own = [office for office in setup.offices if office.key == sender.key]
    require(len(own) == 1 and own[0].certificate == signed.certificate.der, "bind.sender", "office row")
    require(own[0].org == sender.org and sender.enc in own[0].recipients, "bind.sender", "office row")
