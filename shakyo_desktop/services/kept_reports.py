"""Reports as they were signed: what is kept of them, and read back from that."""

from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange import names
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
    """The records of one revision, as they were signed."""
    tables = {
        names.stem(name): data
        for name, data in signed_entries(stores, submission.manifest).items()
        if name.startswith(TABLES)
    }
    # Signed packages were checked when they came: fields of a newer version stay unknown and harmless.
    year, _ = read_report_tables(tables, submission.org, submission.fiscal_year, newer=True)
    return year


def keep_entries(stores: Stores, manifest: str, entries: Entries) -> None:
    """Keep the signed entries of a package, its photos included; one copy in memory at a time."""
    stores.submissions.put_evidence(manifest, ((name, bytes(data)) for name, data in entries.items()))


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
