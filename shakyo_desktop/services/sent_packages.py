"""Packages this installation signed: kept before a byte leaves, the same one however often written."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.keeping import EvidenceEntry, SequenceEntry
from shakyo_desktop.domain.records import Photo
from shakyo_desktop.exchange.content import Extra, PhotoSource, SignedPackage
from shakyo_desktop.exchange.writer import write_signed
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.own_files import note_written
from shakyo_desktop.services.verified_write import WrittenFile, write_verified
from shakyo_desktop.storage.stores import Stores

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_SEALED_FOR = "sealed_for"


def keep_signed(stores: Stores, signed: SignedPackage, recipients: Sequence[str], at: datetime) -> None:
    """Keep a signed package and its place in its chain; ``recipients`` are the ``age1…`` it is for.

    Photos must be in ``blobs`` already; everything else of the package is put there.
    """
    missing = stores.blobs.missing(entry.sha256 for entry in signed.entries)
    stores.blobs.put_all((one.sha256, one.load()) for one in signed.entries if one.sha256 in missing)
    entries = [
        EvidenceEntry(position, entry.name, entry.sha256, entry.size)
        for position, entry in enumerate(signed.entries)
    ]
    stores.submissions.link_evidence(signed.manifest, entries)
    stores.settings.set(f"{_SEALED_FOR}.{signed.manifest}", list(recipients))
    info = signed.info
    stores.submissions.note_sequence(
        SequenceEntry(
            manifest=signed.manifest,
            key=info.sender.key,
            recipient=info.recipient.org or "",
            seq=info.seq,
            package_id=info.package_id,
            kind=info.type,
            at=at,
            prev=info.prev,
        )
    )


def write_kept(
    context: ServiceContext,
    manifest: str,
    folder: Path,
    name: str,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> WrittenFile:
    """Write a kept package to a stick or folder, read it back and compare.

    Args:
        progress: bytes done and bytes in all, writing and reading back together.

    Raises:
        DestinationFailed, Cancelled: nothing half-written stays behind.
    """
    with context.database.reading() as stores:
        kept = stores.submissions.evidence(manifest)
        recipients: list[str] = stores.settings.get(f"{_SEALED_FOR}.{manifest}", [])
    entries = [Extra(one.name, one.sha256, one.size, blob_loader(context, one.sha256)) for one in kept]
    total = 2 * sum(entry.size for entry in entries)

    def writing(done: int, _all: int) -> None:
        if progress is not None:
            progress(min(done, total // 2), total)

    def comparing(done: int, size: int) -> None:
        if progress is not None and size:
            progress(total // 2 + total // 2 * done // size, total)

    written = write_verified(
        folder,
        name,
        lambda out: write_signed(entries, recipients, out, writing, cancelled),
        comparing,
        cancelled,
    )
    with context.database.transaction() as stores:
        note_written(stores, written, manifest)
    return written


def blob_loader(context: ServiceContext, sha256: str) -> Callable[[], bytes]:
    """A function that reads one content when it is its turn."""

    def load() -> bytes:
        with context.database.reading() as stores:
            return stores.blobs.get(sha256)

    return load


def photo_source(context: ServiceContext, photo: Photo) -> PhotoSource:
    """A photo to send; its bytes are loaded when it is their turn."""
    return PhotoSource(photo.id, photo.sha256, photo.size, blob_loader(context, photo.sha256))
