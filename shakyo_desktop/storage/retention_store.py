"""What a store holds of a fiscal year, taking a year out whole, and the notes of what was deleted."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, or_, select, update

from shakyo_desktop.domain.fiscal_year import first_day
from shakyo_desktop.domain.records import ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, PHOTOS
from shakyo_desktop.domain.retention import COUNTED, Deletion, HeldYear
from shakyo_desktop.storage import compiled_tables as compiled
from shakyo_desktop.storage import exchange_tables as exchange
from shakyo_desktop.storage import paper_tables as paper
from shakyo_desktop.storage import tables
from shakyo_desktop.storage.blobs_store import BlobsStore
from shakyo_desktop.storage.codec import Codec, moment_text
from shakyo_desktop.storage.search_store import SearchStore

_DELETIONS = Codec(Deletion, tables.deletions)
_RECORDS = (PHOTOS, ACTIVITIES, ITEM_STATUSES, GOOD_PRACTICES)
_OF_A_YEAR = (
    *(tables.metadata.tables[name] for name in _RECORDS),
    exchange.submissions,
    exchange.confirmations,
    exchange.shared_wordings,
    paper.keyed_boxes,
    paper.keying_places,
    paper.paper_pages,
    paper.paper_scans,
)
"""Every table whose rows say of which fiscal year they are, but the compilations and the calendar."""

_COUNTED: dict[str, Table] = {
    **{name: tables.metadata.tables[name] for name in (ACTIVITIES, PHOTOS, ITEM_STATUSES)},
    "reports": exchange.submissions,
    "scans": paper.paper_scans,
    "compilations": compiled.compilations,
}
_SETTINGS_OF_A_YEAR = ("reopened", "keying", "colleague")
_MANY = 5000


@dataclass(frozen=True, slots=True)
class _Packages:
    """The packages about a year: reports and answers by package_id, and all their manifests."""

    reports: tuple[str, ...]
    answers: tuple[str, ...]
    manifests: tuple[str, ...]


class RetentionStore:
    """Fiscal years as a whole, whichever district they are of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def held_years(self, waiting: Mapping[int, int]) -> tuple[HeldYear, ...]:
        """Every fiscal year of which anything is kept, oldest first; a fixed number of statements.

        Args:
            waiting: by year, how many files wait for a decision; whoever opens them knows.
        """
        counted = {name: self._by_year(table) for name, table in _COUNTED.items()}
        replies = (
            select(exchange.submissions.c.fiscal_year, func.count())
            .join(exchange.replies, exchange.replies.c.package_id == exchange.submissions.c.package_id)
            .group_by(exchange.submissions.c.fiscal_year)
        )
        counted["replies"] = {year: int(number) for year, number in self._connection.execute(replies)}
        counted["held"] = dict(waiting)
        sizes = self._by_year(tables.photos, func.sum(tables.photos.c.size))
        others = (self._by_year(table) for table in _OF_A_YEAR)
        years = sorted({year for found in (*counted.values(), *others) for year in found})
        return tuple(
            HeldYear(year, {name: counted[name].get(year, 0) for name in COUNTED}, sizes.get(year, 0))
            for year in years
        )

    def _by_year(self, table: Table, what: ColumnElement[Any] | None = None) -> dict[int, int]:
        number = func.count() if what is None else what
        statement = select(table.c.fiscal_year, number).group_by(table.c.fiscal_year)
        return {year: int(found or 0) for year, found in self._connection.execute(statement)}

    def take_out(self, fiscal_year: int, *, keep_compilations: bool, held: Iterable[str]) -> tuple[str, ...]:
        """Delete all that is kept of a year and return the manifests of its signed packages.

        ``held`` are the manifests of those that wait for a decision, which are sealed. The places of the
        packages in their chains stay, so that an old file is known when it comes again. The bytes are gone
        from the file only after ``Database.erase_deleted``.
        """
        packages = self._packages(fiscal_year, held)
        compilations = () if keep_compilations else self._compilations(fiscal_year)
        self._forget_history(fiscal_year, compilations)
        self._forget_settings(fiscal_year, (*packages.reports, *packages.answers, *packages.manifests))
        self._forget_packages(packages)
        for org, year in SearchStore(self._connection).indexed_years():
            if year == fiscal_year:
                SearchStore(self._connection).forget_year(org, year)
        for table in _OF_A_YEAR:
            self._connection.execute(delete(table).where(table.c.fiscal_year == fiscal_year))
        self._delete(compiled.compilations.c.id, compilations)
        self._forget_orphans(fiscal_year)
        blobs = BlobsStore(self._connection)
        blobs.delete(blobs.unreferenced())
        return packages.manifests

    def add(self, deletion: Deletion) -> None:
        """Keep the note of a deletion."""
        self._connection.execute(tables.deletions.insert(), _DELETIONS.row(deletion))

    def erased(self, at: datetime) -> None:
        """Note that nothing deleted so far is left in the file."""
        table = tables.deletions
        statement = update(table).where(table.c.erased_at.is_(None))
        self._connection.execute(statement.values(erased_at=moment_text(at)))

    def deletions(self) -> tuple[Deletion, ...]:
        """Every note, newest first."""
        statement = _DELETIONS.select().order_by(tables.deletions.c.deleted_at.desc(), tables.deletions.c.id)
        return _DELETIONS.read_all(self._connection.execute(statement))

    def is_deleted(self, manifest: str) -> bool:
        """Whether a package was deleted with its year."""
        return any(manifest in one.manifests for one in self.deletions())

    def _packages(self, fiscal_year: int, held: Iterable[str]) -> _Packages:
        submissions, replies, chain = exchange.submissions, exchange.replies, exchange.sequences
        rows = self._connection.execute(
            select(submissions.c.package_id, submissions.c.manifest).where(
                submissions.c.fiscal_year == fiscal_year
            )
        ).all()
        reports = tuple(row.package_id for row in rows)
        answers = self._found(replies.c.answer_id, replies.c.package_id, reports)
        written = self._found(chain.c.manifest, chain.c.package_id, (*reports, *answers))
        manifests = dict.fromkeys((*(row.manifest for row in rows), *written, *held))
        return _Packages(reports, answers, tuple(manifests))

    def _compilations(self, fiscal_year: int) -> tuple[str, ...]:
        table = compiled.compilations
        return tuple(self._connection.scalars(select(table.c.id).where(table.c.fiscal_year == fiscal_year)))

    def _forget_history(self, fiscal_year: int, compilations: Iterable[str]) -> None:
        """Old and new values of the year's records, wordings and compilations, and their drafts."""
        for name in _RECORDS:
            table = tables.metadata.tables[name]
            ids = select(table.c.id).where(table.c.fiscal_year == fiscal_year)
            for kept in (tables.history, tables.drafts):
                self._connection.execute(delete(kept).where(kept.c.table == name, kept.c.record_id.in_(ids)))
        history = tables.history.c
        of_year = history.record_id.like(f"%/{fiscal_year}/%")
        self._connection.execute(
            delete(tables.history).where(history.table == exchange.shared_wordings.name, of_year)
        )
        for one in compilations:
            words = or_(history.record_id == one, history.record_id.startswith(f"{one}."))
            self._connection.execute(
                delete(tables.history).where(history.table.in_(("councils", "findings")), words)
            )

    def _forget_orphans(self, fiscal_year: int) -> None:
        """Changes of records that are gone, as those that a later version of a report no longer had.

        Of which year they were is not known any more; a year is written in until the end of the next.
        """
        history = tables.history.c
        before = history.at < first_day(fiscal_year + 2).isoformat()
        for name in _RECORDS:
            here = select(tables.metadata.tables[name].c.id)
            gone = (history.table == name, before, history.record_id.not_in(here))
            self._connection.execute(delete(tables.history).where(*gone))

    def _forget_settings(self, fiscal_year: int, packages: Iterable[str]) -> None:
        """What is remembered of the year's packages; such settings carry their names, or district and year.

        The hash of a file that was written here stays, so that it is known when it comes back.
        """
        names, year, columns = set(packages), str(fiscal_year), tables.settings.c
        for key, value in self._connection.execute(select(columns.key, columns.value)).all():
            parts = key.split(".")
            of_year = parts[0] in _SETTINGS_OF_A_YEAR and year in parts[1:]
            of_table = parts[0] == "table_year" and json.loads(value)["fiscal_year"] == fiscal_year
            points = parts[0] != "written" and value.strip('"') in names
            if of_year or of_table or points or names.intersection(parts):
                self._connection.execute(delete(tables.settings).where(columns.key == key))

    def _forget_packages(self, packages: _Packages) -> None:
        for table in (exchange.review_comments, exchange.review_marks, exchange.review_steps):
            self._delete(table.c.package_id, packages.reports)
        self._delete(exchange.replies.c.answer_id, packages.answers)  # their requests go with them
        self._delete(exchange.evidence.c.manifest, packages.manifests)
        self._delete(exchange.intake_log.c.manifest, packages.manifests)
        self._delete(exchange.held.c.manifest, packages.manifests)

    def _found(
        self, wanted: ColumnElement[Any], by: ColumnElement[Any], names: Iterable[str]
    ) -> tuple[str, ...]:
        """The values of a column in the rows that another column picks."""
        found: list[str] = []
        for part in _parts(names):
            statement: Select[Any] = select(wanted).where(by.in_(part), wanted.is_not(None))
            found += self._connection.scalars(statement)
        return tuple(found)

    def _delete(self, column: Any, names: Iterable[str]) -> None:
        for part in _parts(names):
            self._connection.execute(delete(column.table).where(column.in_(part)))


def _parts(names: Iterable[str]) -> Iterable[list[str]]:
    every = list(names)
    return (every[start : start + _MANY] for start in range(0, len(every), _MANY))
