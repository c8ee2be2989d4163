"""What comes out of a package that was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.records import GoodPractice, Photo, YearRecords
from shakyo_desktop.domain.submission import Reply
from shakyo_desktop.exchange.keys import check_number
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.records import SetupContent

Entries = Mapping[str, memoryview]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report: the year's records."""

    year: YearRecords


@dataclass(frozen=True, slots=True)
class LastReport:
    """A report of this district from before, as it was signed then; its key need not be known here."""

    info: PackageInfo
    manifest: str
    certificate: bytes
    year: YearRecords
    photos: Mapping[str, memoryview] = field(repr=False)
    entries: Entries = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """An answer; ``setup`` (and its own file) and ``last_report`` when it brings them."""

    reply: Reply
    shared_practices: tuple[GoodPractice, ...]
    setup: "OpenedPackage | None" = None
    setup_file: bytes = field(default=b"", repr=False)
    last_report: LastReport | None = None


@dataclass(frozen=True, slots=True)
class DistrictEvidence:
    """One district's report inside its ward's: verified with the certificate (DER) that the ward attests.

    ``year`` holds the records that the ward's tables speak of, ``entries`` the signed ones under their own
    names, without photos.
    """

    info: PackageInfo
    manifest: str
    certificate: bytes
    signed_at: datetime
    year: YearRecords
    entries: Mapping[str, bytes | memoryview] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WardReportContent:
    """A ward's report: its compilation, the practices it shares, and every district's signed evidence.

    ``photos`` are the records of the photos that travel, as their districts signed them.
    """

    compilation: WardCompilation
    practices: tuple[GoodPractice, ...]
    photos: tuple[Photo, ...]
    districts: Mapping[str, DistrictEvidence] = field(repr=False)


Content = ReportContent | AnswerContent | SetupContent | WardReportContent


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPackage:
    """A package that passed every check of steps 1–13.

    Attributes:
        manifest: its identity, SHA-256 of the manifest in hex.
        certificate: the signer's, DER.
        signed_at: signing time, equal to ``info.created``.
        photos: bytes by photo id; views into the decrypted package, which they keep in memory.
        entries: every entry by name, in container order; views likewise.
        warnings: ``clock.ahead`` and what ``TrustStore.judge`` said.
        hold_code: empty when it may be taken in; else why a person must decide: ``key.pending``,
            ``key.expired``, ``report.fork`` …
        unknown_items: fields and tables of a newer version that are not shown.
    """

    info: PackageInfo
    manifest: str
    certificate: bytes
    signed_at: datetime
    content: Content
    photos: Mapping[str, memoryview] = field(repr=False)
    entries: Entries = field(repr=False)
    warnings: tuple[str, ...] = ()
    hold_code: str = ""
    already_received: bool = False
    unknown_items: int = 0

    def check_number(self) -> str:
        """The sender's 12 digits as its cover sheet shows them (slow; see ``exchange.keys``)."""
        return check_number(self.certificate, self.info.sender.enc, self.info.sender.org)
