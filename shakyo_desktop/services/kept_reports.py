"""Reports as they were signed: what is kept of them, and read back from that."""

import hashlib
from datetime import datetime

from shakyo_desktop.domain.keeping import EvidenceEntry, SequenceEntry
from shakyo_desktop.domain.organisations import is_office_code
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.manifest import read_manifest
from shakyo_desktop.exchange.opened import Entries
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.records import read_report_tables
from shakyo_desktop.storage.stores import Stores

PHOTOS, TABLES = "photos/", "data/"


def signed_entries(stores: Stores, manifest: str) -> dict[str, bytes]:
    """The signed entries of a package without its photos, by name in container order."""
    return {
        entry.name: stores.blobs.get(entry.sha256)
        for entry in stores.submissions.evidence(manifest)
        if not entry.name.startswith(PHOTOS)
    }


def records_of(stores: Stores, submission: Submission) -> YearRecords:
    """The records of one revision, as they were signed; a ward's report has none of its own."""
    if is_office_code(submission.org):
        return YearRecords(submission.org, submission.fiscal_year)
    tables = {
        names.stem(name): data
        for name, data in signed_entries(stores, submission.manifest).items()
        if name.startswith(TABLES)
    }
    # Signed packages were checked when they came: fields of a newer version stay unknown and harmless.
    year, _ = read_report_tables(tables, submission.org, submission.fiscal_year, newer=True)
    return year


def keep_entries(stores: Stores, manifest: str, entries: Entries) -> None:
    """Keep the signed entries of a package, its photos included; what is here already is not copied.

    The manifest's digests are used, which were compared with the entries when the package was read.
    """
    digests = {file.name: file.sha256.hex() for file in read_manifest(bytes(entries[names.MANIFEST]))}
    kept = []
    for position, (name, data) in enumerate(entries.items()):
        digest = digests.get(name) or hashlib.sha256(data).hexdigest()
        kept.append(EvidenceEntry(position, name, digest, len(data)))
    missing = stores.blobs.missing(entry.sha256 for entry in kept)
    for entry in kept:
        if entry.sha256 in missing:
            stores.blobs.put(entry.sha256, bytes(entries[entry.name]))
    stores.submissions.link_evidence(manifest, kept)


def note_place(stores: Stores, manifest: str, info: PackageInfo, at: datetime) -> None:
    """Keep a package's place in its chain (package-format.md, "Sequence and revision")."""
    stores.submissions.note_sequence(
        SequenceEntry(
            manifest=manifest,
            key=info.sender.key,
            recipient=info.recipient.org or "",
            seq=info.seq,
            package_id=info.package_id,
            kind=info.type,
            at=at,
            prev=info.prev,
        )
    )


def submission_of(info: PackageInfo, manifest: str, file_name: str) -> Submission:
    """The revision that a report package says it is, before anybody received it."""
    report = info.report
    if report is None:
        raise ValueError("not a report")
    return Submission(
        package_id=info.package_id,
        manifest=manifest,
        org=report.org,
        fiscal_year=report.fiscal_year,
        stage=report.stage,
        assembly=report.assembly,
        revision=report.revision,
        supersedes=report.supersedes,
        key=info.sender.key,
        seq=info.seq,
        prev=info.prev,
        frozen_at=info.created,
        file_name=file_name,
    )
