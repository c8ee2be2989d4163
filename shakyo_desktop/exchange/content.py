"""What goes into a package, and what comes out of building it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.lines import Tables
from shakyo_desktop.exchange.package_info import PackageInfo, PackageType, ReplyInfo, ReportInfo

Loader = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class PhotoSource:
    """A photo to send: its SHA-256 (hex) and size in bytes are known, its bytes are loaded in their turn."""

    id: str
    sha256: str
    size: int
    load: Loader


@dataclass(frozen=True, slots=True)
class Extra:
    """Another entry of a package, by its full name inside the container."""

    name: str
    sha256: str
    size: int
    load: Loader

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> "Extra":
        """An entry whose bytes are at hand."""
        return cls(name, hashlib.sha256(data).hexdigest(), len(data), lambda: data)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageContent:
    """Everything a package is made of; the same content and key give the same signed bytes.

    ``created_at`` is UTC in whole seconds. ``recipients`` are the ``age1…`` strings to seal to, and
    ``sender_enc`` the one answers are sealed to. A setup has no recipient, seq 0 and no prev.
    ``tables`` come from ``exchange.records``; ``extras`` only travel in answers and ward reports (see below).
    """

    type: PackageType
    package_id: str
    created_at: datetime
    app_version: str
    recipient_org: str | None
    recipients: tuple[str, ...]
    sender_enc: str
    setup_serial: int
    seq: int
    prev: str | None
    tables: Tables
    report: ReportInfo | None = None
    reply: ReplyInfo | None = None
    photos: Sequence[PhotoSource] = ()
    extras: Sequence[Extra] = ()


@dataclass(frozen=True, slots=True)
class BuiltPackage:
    """A package that was written: its identity, the file's size, its signed entries without photos."""

    manifest: str
    size: int
    info: PackageInfo
    entries: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedPackage:
    """A package that is signed and not yet written: every entry in container order, the photos included."""

    manifest: str
    info: PackageInfo
    entries: tuple[Extra, ...] = field(repr=False)


def setup_extra(setup_file: bytes) -> Extra:
    """The newest setup, whole, for an answer to a district that has an older one."""
    return Extra.of_bytes(names.SETUP, setup_file)


def last_report_extras(
    fiscal_year: int, entries: Mapping[str, bytes], photos: Sequence[PhotoSource]
) -> tuple[Extra, ...]:
    """A report as it was signed, for an answer to a newly approved key.

    Args:
        entries: the report's signed entries under their own names, without its photos.
        photos: its photos, all of them.
    """
    folder = f"last_report/{fiscal_year:04d}"
    kept = [
        Extra.of_bytes(names.kept_name(folder, name), data)
        for name, data in entries.items()
        if name != names.MIMETYPE
    ]
    for photo in photos:
        name = names.kept_name(folder, names.photo_entry(photo.id))
        kept.append(Extra(name, photo.sha256, photo.size, photo.load))
    return tuple(kept)
