"""Packages this installation signed: kept before a byte leaves, the same one however often written."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from shakyo_desktop.domain.keeping import EvidenceEntry
from shakyo_desktop.domain.records import Photo
from shakyo_desktop.exchange.content import Extra, PhotoSource, SignedPackage
from shakyo_desktop.exchange.writer import write_signed
from shakyo_desktop.services.ahead import ahead
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.kept_reports import PHOTOS, note_place
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
    note_place(stores, signed.manifest, signed.info, at)


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
    total = 2 * sum(entry.size for entry in kept)

    def writing(done: int, _all: int) -> None:
        if progress is not None:
            progress(min(done, total // 2), total)

    def comparing(done: int, size: int) -> None:
        if progress is not None and size:
            progress(total // 2 + total // 2 * done // size, total)

    def produce(out: BinaryIO) -> None:
        with _in_order(context, kept) as entries:
            write_signed(entries, recipients, out, writing, cancelled)

    written = write_verified(folder, name, produce, comparing, cancelled)
    with context.database.transaction() as stores:
        note_written(stores, written, manifest)
    return written


@contextmanager
def _in_order(context: ServiceContext, kept: Sequence[EvidenceEntry]) -> Iterator[list[Extra]]:
    """The entries of a kept package; its photos are read ahead and must be loaded in their order."""
    photos = [one.sha256 for one in kept if one.name.startswith(PHOTOS)]
    with ahead(_blobs(context, photos)) as fetched:
        yield [
            Extra(
                one.name,
                one.sha256,
                one.size,
                fetched.__next__ if one.name.startswith(PHOTOS) else blob_loader(context, one.sha256),
            )
            for one in kept
        ]


def _blobs(context: ServiceContext, names: Iterable[str]) -> Generator[bytes, None, None]:
    with context.database.reading() as stores:
        for name in names:
            yield stores.blobs.get(name)


def blob_loader(context: ServiceContext, sha256: str) -> Callable[[], bytes]:
    """A function that reads one content when it is its turn."""

    def load() -> bytes:
        with context.database.reading() as stores:
            return stores.blobs.get(sha256)

    return load


def photo_source(context: ServiceContext, photo: Photo) -> PhotoSource:
    """A photo to send; its bytes are loaded when it is their turn."""
    return PhotoSource(photo.id, photo.sha256, photo.size, blob_loader(context, photo.sha256))
