"""Everything of a package that is signed, made and checked before its first byte is written."""

import hashlib
from dataclasses import dataclass

from shakyo_desktop.domain.records import Photo, YearRecords
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.content import Extra, PackageContent
from shakyo_desktop.exchange.keys import SigningKey, recipient_digest
from shakyo_desktop.exchange.manifest import write_manifest
from shakyo_desktop.exchange.opened_tables import read_tables
from shakyo_desktop.exchange.package_info import (
    FORMAT,
    MAJOR,
    MINOR,
    App,
    PackageInfo,
    Recipient,
    Sender,
    Version,
    read_package_info,
    write_package_info,
)
from shakyo_desktop.exchange.photo_limits import check_photo_limits
from shakyo_desktop.exchange.refusal import require
from shakyo_desktop.exchange.shape import check_entries, check_shape
from shakyo_desktop.exchange.signature import sign_manifest
from shakyo_desktop.exchange.ward_content import read_ward_content
from shakyo_desktop.exchange.ward_tables import WardLines
from shakyo_desktop.exchange.wire import time_text

APP_NAME = "shakyo-desktop"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A signed package but for its photos' bytes; ``entries`` are in container order."""

    info: PackageInfo
    manifest: bytes
    entries: list[Extra]
    evidence: dict[str, bytes]


def package_info(content: PackageContent, signer: SigningKey) -> PackageInfo:
    """What package.json of this content says."""
    return PackageInfo(
        format=FORMAT,
        version=Version(major=MAJOR, minor=MINOR),
        critical=[],
        type=content.type,
        package_id=content.package_id,
        created_at=time_text(content.created_at),
        app=App(name=APP_NAME, version=content.app_version),
        sender=Sender(org=signer.org, key=signer.fingerprint, enc=content.sender_enc),
        recipient=Recipient(
            org=content.recipient_org, enc=sorted({recipient_digest(text) for text in content.recipients})
        ),
        setup_serial=content.setup_serial,
        seq=content.seq,
        prev=content.prev,
        report=content.report,
        reply=content.reply,
        counts={table: len(lines) for table, lines in content.tables.items()},
    )


def prepare(content: PackageContent, signer: SigningKey) -> Prepared:
    """Make tables, manifest and signature of this content.

    Raises:
        PhotoRefused: too many photos.
        PackageRefused: what was to be sent breaks the format.
    """
    check_photo_limits(len(content.photos), sum(photo.size for photo in content.photos))
    info = package_info(content, signer)
    data = {names.PACKAGE_INFO: write_package_info(info)}
    for table, lines in content.tables.items():
        data[names.table_entry(table)] = b"".join(lines)
    _check_own_work(content, data)
    extras = [
        *content.extras,
        *(Extra(names.photo_entry(one.id), one.sha256, one.size, one.load) for one in content.photos),
    ]
    digests = {name: hashlib.sha256(part).digest() for name, part in data.items()}
    digests |= {extra.name: bytes.fromhex(extra.sha256) for extra in extras}
    manifest = write_manifest({name: digests[name] for name in sorted(digests, key=names.order_key)})
    evidence = {
        names.MANIFEST: manifest,
        names.SIGNATURE: sign_manifest(manifest, signer, info.created),
        **data,
    }
    fixed = {names.MIMETYPE: names.ASICE_TYPE.encode()} | evidence
    entries = [*(Extra.of_bytes(name, part) for name, part in fixed.items()), *extras]
    return Prepared(info, manifest, sorted(entries, key=lambda entry: names.order_key(entry.name)), evidence)


def _check_own_work(content: PackageContent, data: dict[str, bytes]) -> None:
    """Read back what is about to be signed: a mistake is found here, not at the office."""
    info, _ = read_package_info(data[names.PACKAGE_INFO])
    check_shape(info)
    check_entries(info, [*data, *(extra.name for extra in content.extras)])
    tables = {names.stem(name): part for name, part in data.items() if name != names.PACKAGE_INFO}
    records = read_tables(info, tables).content
    listed: tuple[Photo, ...] = ()
    if isinstance(records, YearRecords):
        listed = records.photos
    if isinstance(records, WardLines):
        listed = read_ward_content(info, records, {one.name: one.load() for one in content.extras}).photos
    sent = [(photo.id, photo.sha256, photo.size) for photo in content.photos]
    require(sorted(sent) == sorted((photo.id, photo.sha256, photo.size) for photo in listed), "photo.list")
