"""Signed entries verified again: those kept of a package, and a report that an answer carries back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.binding import judge_clock
from shakyo_desktop.exchange.opened import LastReport
from shakyo_desktop.exchange.opened_tables import read_tables
from shakyo_desktop.exchange.package_info import PackageInfo, read_package_info
from shakyo_desktop.exchange.photo_checks import check_photos
from shakyo_desktop.exchange.refusal import refused, require
from shakyo_desktop.exchange.shape import check_entries, check_shape
from shakyo_desktop.exchange.signed import Bytes, SignedEntries, verify_signed

LAST_REPORT = "last_report/"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What kept entries prove: this package was signed by this certificate (DER)."""

    info: PackageInfo
    manifest: str
    certificate: bytes
    signed_at: datetime


def verify_evidence(
    entries: Mapping[str, Bytes], certificate: bytes | None = None, *, without_photos: bool = False
) -> Evidence:
    """Verify signature, digests and package.json of kept entries, in any order.

    Args:
        certificate: the signer's DER when it is known; None takes the one in the signature.
        without_photos: photos were not kept with the entries.

    Raises:
        PackageRefused: the code of the first rule that is broken.
    """
    signed, info = verify_kept(entries, without_photos=without_photos)
    require(certificate in (None, signed.certificate.der), "sig.unknown_key", "another certificate")
    return Evidence(info, signed.manifest, signed.certificate.der, signed.signed_at)


def read_last_report(entries: Mapping[str, memoryview], own_org: str) -> LastReport | None:
    """The report an answer carries back to its district; None when it carries none.

    Its key is often a predecessor's and unknown here, or the office's that keyed it from paper: what counts
    is that the office, who signed the answer, has taken it in, and that it is this district's own.

    Raises:
        PackageRefused: the code of the first rule that is broken.
    """
    kept = {name: data for name, data in entries.items() if name.startswith(LAST_REPORT)}
    if not kept:
        return None
    years = {name.split("/")[1] for name in kept}
    require(len(years) == 1, "data.files", "two last reports")
    own = {names.original_name(name): data for name, data in kept.items()}
    signed, info = verify_kept(own, without_photos=False)
    report = info.report if info.type == "report" else None
    if report is None:
        raise refused("bind.report", "not a report")
    require(report.org == own_org, "bind.report", "another district's")
    check_entries(info, own)
    year = read_tables(info, signed.tables()).content
    if not isinstance(year, YearRecords) or f"{year.fiscal_year:04d}" not in years:
        raise refused("bind.report", "year")
    check_photos(year.photos, signed)
    photos = {names.stem(name): data for name, data in own.items() if name.startswith("photos/")}
    return LastReport(info, signed.manifest, signed.certificate.der, year, photos, own)


def verify_kept(entries: Mapping[str, Bytes], *, without_photos: bool) -> tuple[SignedEntries, PackageInfo]:
    """Kept entries in any order, and their package.json: signature, digests, sender, shape.

    Raises:
        PackageRefused: the code of the first rule that is broken.
    """
    ordered = {name: entries[name] for name in sorted(entries, key=names.order_key)}
    signed = verify_signed(ordered, without_photos=without_photos)
    info, _ = read_package_info(signed.package_info)
    certificate = signed.certificate
    require((info.sender.key, info.sender.org) == (certificate.fingerprint, certificate.org), "bind.sender")
    judge_clock(info, signed.signed_at, signed.signed_at)
    check_shape(info)
    return signed, info
