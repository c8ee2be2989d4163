"""Reports as they were signed, read back from what is kept of them."""

from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange import names
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
