"""Building a package: tables, manifest, signature, container and seal, in one stream.

Only one photo is in memory at a time; the digests that the manifest needs first are known beforehand.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shakyo_desktop.domain.errors import Cancelled, PhotoRefused
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.container import Entry, container_parts, container_size
from shakyo_desktop.exchange.content import BuiltPackage, Extra, PackageContent, SignedPackage
from shakyo_desktop.exchange.keys import SigningKey, recipient_digest
from shakyo_desktop.exchange.manifest import manifest_hash, write_manifest
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
from shakyo_desktop.exchange.photos import check_photo_limits
from shakyo_desktop.exchange.refusal import require
from shakyo_desktop.exchange.sealing import ByteSink, seal
from shakyo_desktop.exchange.shape import check_entries, check_shape
from shakyo_desktop.exchange.signature import sign_manifest
from shakyo_desktop.exchange.wire import time_text

APP_NAME = "shakyo-desktop"
Progress = Callable[[int, int], None]
IsCancelled = Callable[[], bool]
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Everything but the photos' bytes."""

    info: PackageInfo
    manifest: bytes
    entries: list[Extra]
    evidence: dict[str, bytes]


class _CountingSink:
    def __init__(self, out: ByteSink) -> None:
        self._out = out
        self.size = 0

    def write(self, data: bytes | memoryview) -> None:
        self._out.write(data)
        self.size += len(data)


def build_package(
    content: PackageContent,
    signer: SigningKey,
    out: ByteSink,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> BuiltPackage:
    """Write the package of this content, signed by ``signer``, into ``out``.

    Args:
        progress: called with the bytes done and all bytes, often.
        cancelled: asked often; True stops the work.

    Raises:
        Cancelled: what was written to ``out`` is to be thrown away.
        PhotoRefused: too many photos, or one that is no longer what it was.
        PackageRefused: what was to be sent breaks the format; nothing was written.
        OSError: as ``out`` raised it.
    """
    prepared = _prepare(content, signer)
    size = write_signed(prepared.entries, content.recipients, out, progress, cancelled)
    return BuiltPackage(manifest_hash(prepared.manifest), size, prepared.info, prepared.evidence)


def sign_package(content: PackageContent, signer: SigningKey) -> SignedPackage:
    """Sign a package without writing it: nothing but its photos' digests is needed.

    What comes back is kept, and ``write_signed`` writes that same package as often as it is asked to.

    Raises:
        PhotoRefused: too many photos.
        PackageRefused: what was to be sent breaks the format.
    """
    prepared = _prepare(content, signer)
    return SignedPackage(manifest_hash(prepared.manifest), prepared.info, tuple(prepared.entries))


def write_signed(
    entries: Sequence[Extra],
    recipients: Sequence[str],
    out: ByteSink,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> int:
    """Write a package that was signed before; the size of the file in bytes.

    Args:
        entries: as ``sign_package`` gave them, in container order.
        recipients: the ``age1…`` strings it was signed for; none for a setup, which is not sealed.

    Raises:
        Cancelled, PhotoRefused, OSError: as for ``build_package``.
    """
    parts = _watched([_checked_entry(one) for one in entries], progress, cancelled)
    sink = _CountingSink(out)
    if recipients:
        seal(parts, recipients, sink)
    else:
        for part in parts:
            sink.write(part)
    return sink.size


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


def _prepare(content: PackageContent, signer: SigningKey) -> _Prepared:
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
    return _Prepared(info, manifest, sorted(entries, key=lambda entry: names.order_key(entry.name)), evidence)


def _check_own_work(content: PackageContent, data: dict[str, bytes]) -> None:
    """Read back what is about to be signed: a mistake is found here, not at the office."""
    info, _ = read_package_info(data[names.PACKAGE_INFO])
    check_shape(info)
    check_entries(info, [*data, *(extra.name for extra in content.extras)])
    tables = {names.stem(name): part for name, part in data.items() if name != names.PACKAGE_INFO}
    records = read_tables(info, tables).content
    listed = records.photos if isinstance(records, YearRecords) else ()
    sent = [(photo.id, photo.sha256, photo.size) for photo in content.photos]
    require(sorted(sent) == [(photo.id, photo.sha256, photo.size) for photo in listed], "photo.list")


def _checked_entry(extra: Extra) -> Entry:
    return Entry(extra.name, extra.size, lambda: _load(extra))


def _load(extra: Extra) -> bytes:
    data = extra.load()
    if hashlib.sha256(data).hexdigest() != extra.sha256 or len(data) != extra.size:
        raise PhotoRefused(
            "保存してある写真の1枚が、保存したときと変わっています。\n入力した内容はこのパソコンに残っています。\n"
            "「診断の記録」を作り、プログラムの担当者に送ってください。",
            code="photo.changed",
        )
    return data


def _watched(
    entries: list[Entry], progress: Progress | None, cancelled: IsCancelled | None
) -> Iterator[memoryview]:
    """The container's bytes in pieces of at most 1 MiB, telling of each and stopping when asked to."""
    total = container_size(entries)
    done = 0
    for part in container_parts(entries):
        whole = memoryview(part)
        for start in range(0, len(whole), _PIECE):
            if cancelled is not None and cancelled():
                raise Cancelled("中止しました。何も変わっていません。")
            piece = whole[start : start + _PIECE]
            yield piece
            done += len(piece)
            if progress is not None:
                progress(done, total)
