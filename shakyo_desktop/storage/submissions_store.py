"""Every revision that was handed in, by the sender and by the office, and what was signed."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.keeping import Confirmation, EvidenceEntry, SequenceEntry
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.storage import exchange_tables as tables
from shakyo_desktop.storage.blobs_store import BlobsStore
from shakyo_desktop.storage.codec import Codec
from shakyo_desktop.storage.upserts import add_missing, put

_SUBMISSIONS = Codec(Submission, tables.submissions)
_EVIDENCE = Codec(EvidenceEntry, tables.evidence)
_SEQUENCES = Codec(SequenceEntry, tables.sequences)
_CONFIRMATIONS = Codec(Confirmation, tables.confirmations)


@cache
def _newest_first(*names: str) -> Select[Any]:
    """The statement for given columns, made once: every field's commit asks whether its year is locked."""
    columns = tables.submissions.c
    statement = _SUBMISSIONS.select().where(*(columns[name] == bindparam(name) for name in names))
    return statement.order_by(
        columns.org,
        columns.fiscal_year.desc(),
        columns.revision.desc(),
        func.coalesce(columns.received_at, columns.frozen_at).desc(),
        columns.package_id,
    )


class SubmissionsStore:
    """Submissions by package_id and by manifest, their evidence, and the numbered chains of packages."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs = BlobsStore(connection)

    def add(self, submission: Submission) -> None:
        """Keep a new submission."""
        self._connection.execute(tables.submissions.insert(), _SUBMISSIONS.row(submission))

    def replace(self, submission: Submission) -> None:
        """Write a submission over the stored one with the same package_id.

        Raises:
            NotFound: there is none.
        """
        table = tables.submissions
        statement = table.update().where(table.c.package_id == submission.package_id)
        if self._connection.execute(statement.values(_SUBMISSIONS.row(submission))).rowcount != 1:
            raise NotFound.of("その報告")

    def find(self, package_id: str) -> Submission | None:
        """The submission of a package, or None."""
        return self._first(package_id=package_id)

    def get(self, package_id: str) -> Submission:
        """The submission of a package.

        Raises:
            NotFound: there is none.
        """
        found = self.find(package_id)
        if found is None:
            raise NotFound.of("その報告")
        return found

    def by_manifest(self, manifest: str) -> Submission | None:
        """The submission whose package has this identity, or None."""
        return self._first(manifest=manifest)

    def _first(self, **equal: str) -> Submission | None:
        row = self._connection.execute(_SUBMISSIONS.select().filter_by(**equal)).first()
        return None if row is None else _SUBMISSIONS.read(row)

    def of_report(self, org: str, fiscal_year: int) -> tuple[Submission, ...]:
        """All revisions of a district's year, newest first, the withdrawn too."""
        return self._newest_first(org, fiscal_year)

    def of_year(self, fiscal_year: int) -> tuple[Submission, ...]:
        """All revisions of all districts in a fiscal year, by district and newest first, in one statement."""
        return self._newest_first(None, fiscal_year)

    def last(self) -> Submission | None:
        """The one received last, or where none was received the one made last; None when there is none."""
        columns = tables.submissions.c
        moment = func.coalesce(columns.received_at, columns.frozen_at)
        row = self._connection.execute(_SUBMISSIONS.select().order_by(moment.desc()).limit(1)).first()
        return None if row is None else _SUBMISSIONS.read(row)

    def of_org(self, org: str) -> tuple[Submission, ...]:
        """All revisions of a district in all fiscal years, newest year and revision first."""
        return self._newest_first(org, None)

    def _newest_first(self, org: str | None, fiscal_year: int | None) -> tuple[Submission, ...]:
        known = {"org": org, "fiscal_year": fiscal_year}
        this = {name: value for name, value in known.items() if value is not None}
        return _SUBMISSIONS.read_all(self._connection.execute(_newest_first(*this), this))

    def of_paper(self, paper_no: str) -> tuple[Submission, ...]:
        """The reports keyed from the paper with this 受付番号, the withdrawn too."""
        statement = _SUBMISSIONS.select().where(tables.submissions.c.paper_no == paper_no)
        return _SUBMISSIONS.read_all(self._connection.execute(statement))

    def newest(self, org: str, fiscal_year: int) -> Submission | None:
        """The highest revision that was not withdrawn, or None."""
        revisions = self.of_report(org, fiscal_year)
        return next((one for one in revisions if one.state != ReportState.WITHDRAWN), None)

    def link_evidence(self, manifest: str, entries: Iterable[EvidenceEntry]) -> None:
        """Keep the signed entries of a package in container order; their contents are in ``blobs``."""
        self.drop_evidence(manifest)
        rows = [_EVIDENCE.row(entry, manifest=manifest) for entry in entries]
        if rows:
            self._connection.execute(tables.evidence.insert(), rows)

    def evidence(self, manifest: str) -> tuple[EvidenceEntry, ...]:
        """The signed entries of a package in container order; the bytes are in ``blobs``."""
        columns = tables.evidence.c
        statement = _EVIDENCE.select().where(columns.manifest == manifest).order_by(columns.position)
        return _EVIDENCE.read_all(self._connection.execute(statement))

    def evidence_bytes(self, manifest: str, name: str) -> bytes:
        """One signed entry of a package.

        Raises:
            NotFound: no such package or entry is kept.
        """
        columns = tables.evidence.c
        statement = select(columns.sha256).where(columns.manifest == manifest, columns.name == name)
        sha256 = self._connection.scalar(statement.limit(1))
        if sha256 is None:
            raise NotFound.of("報告の中身")
        return self._blobs.get(sha256)

    def drop_evidence(self, manifest: str) -> None:
        """Forget the entries of a package; their bytes go with ``blobs.unreferenced``."""
        self._connection.execute(delete(tables.evidence).where(tables.evidence.c.manifest == manifest))

    def note_sequence(self, entry: SequenceEntry) -> None:
        """Remember a package's place in its chain, sent or received; a known manifest stays as it is."""
        add_missing(self._connection, tables.sequences, [_SEQUENCES.row(entry)])

    def sequence(self, key: str, recipient: str | None = None) -> tuple[SequenceEntry, ...]:
        """The packages of a key, to one organisation or to all, by seq."""
        columns = tables.sequences.c
        statement = _SEQUENCES.select().where(columns["key"] == key)
        if recipient is not None:
            statement = statement.where(columns.recipient == recipient)
        ordered = statement.order_by(columns.recipient, columns.seq, columns.at)
        return _SEQUENCES.read_all(self._connection.execute(ordered))

    def last_sequence(self, key: str, recipient: str) -> SequenceEntry | None:
        """The package with the highest seq of a chain, or None."""
        found = self.sequence(key, recipient)
        return found[-1] if found else None

    def sequence_by_package_id(self, package_id: str) -> tuple[SequenceEntry, ...]:
        """Every package that was sent or received under this package_id; more than one means trouble."""
        statement = _SEQUENCES.select().filter_by(package_id=package_id).order_by(tables.sequences.c.at)
        return _SEQUENCES.read_all(self._connection.execute(statement))

    def confirm(self, confirmation: Confirmation) -> None:
        """Keep that the 部会長 stands by a year's report, in place of an earlier word."""
        put(self._connection, tables.confirmations, _CONFIRMATIONS.row(confirmation))

    def confirmation(self, org: str, fiscal_year: int) -> Confirmation | None:
        """The 部会長's word on a year's report, or None."""
        statement = _CONFIRMATIONS.select().filter_by(org=org, fiscal_year=fiscal_year)
        row = self._connection.execute(statement).first()
        return None if row is None else _CONFIRMATIONS.read(row)
