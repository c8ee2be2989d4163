"""The index of what districts reported: which records hold a text, in milliseconds however many there are.

SQLite's own FTS5 over pairs of characters: 見守り is kept as 見守 守り り. A phrase of pairs is exactly the
text, one character is the beginning of a pair; so any part of a word is found without a dictionary. The
index holds no readable text and is made of the records alone: it is in no dump and can be made anew. This
module is the only one that knows how it is kept; another database would have another module.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from shakyo_desktop.domain.records import ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, Record, YearRecords
from shakyo_desktop.domain.search import fold_text, searchable_texts

DERIVED = "search_"
"""How the names of the index's tables begin; they are no part of the tables that a dump shows."""

SCHEMA = (
    "CREATE VIRTUAL TABLE search_words USING fts5"
    "(words, content='', contentless_delete=1, tokenize='ascii', prefix='1')",
    "CREATE TABLE search_places (id INTEGER NOT NULL PRIMARY KEY, org TEXT NOT NULL,"
    " fiscal_year INTEGER NOT NULL, record_id TEXT NOT NULL)",
    "CREATE INDEX ix_search_places_year ON search_places (org, fiscal_year)",
    "CREATE TABLE search_years (org TEXT NOT NULL, fiscal_year INTEGER NOT NULL,"
    " records INTEGER NOT NULL, PRIMARY KEY (org, fiscal_year))",
)

_TABLES = (GOOD_PRACTICES, ITEM_STATUSES, ACTIVITIES)
_TABLE = 10**12  # a row's number is table, fiscal year and a count, so that the newest year comes first
_YEAR = 10**8
_AT_ONCE = 5_000
_END_OF_FIELD = "〓"  # in no folded text: nothing is found across two fields

_THIS_YEAR = "org = :org AND fiscal_year = :fiscal_year"
_FORGET_WORDS = text(
    f"DELETE FROM search_words WHERE rowid IN (SELECT id FROM search_places WHERE {_THIS_YEAR})"
)
_FORGET_PLACES = text(f"DELETE FROM search_places WHERE {_THIS_YEAR}")
_FORGET_YEAR = text(f"DELETE FROM search_years WHERE {_THIS_YEAR}")
_MARK_CHANGED = "DELETE FROM search_years WHERE org = ? AND fiscal_year = ?"
_ADD_WORDS = text("INSERT INTO search_words (rowid, words) VALUES (:id, :words)")
_ADD_PLACES = text(
    "INSERT INTO search_places (id, org, fiscal_year, record_id) VALUES (:id, :org, :fiscal_year, :record_id)"
)
_ADD_YEAR = text("INSERT INTO search_years (org, fiscal_year, records) VALUES (:org, :fiscal_year, :records)")
_LAST = text("SELECT max(id) FROM search_places WHERE id >= :first AND id < :last")
_FIND = text(
    "SELECT p.org, p.fiscal_year, p.record_id FROM search_words w JOIN search_places p ON p.id = w.rowid"
    " WHERE w.search_words MATCH :wanted AND w.rowid >= :first AND w.rowid < :last"
    " ORDER BY w.rowid DESC LIMIT :limit"
)


@dataclass(frozen=True, slots=True)
class IndexedPlace:
    """One record that holds what was searched for."""

    org: str
    fiscal_year: int
    table: str
    record_id: str


class SearchStore:
    """Finds records by any part of their texts; kept by ``RecordsStore`` in the transactions that write."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def index_year(self, year: YearRecords) -> None:
        """Index a district's year in place of what was indexed of it."""
        self.forget_year(year.org, year.fiscal_year)
        this = {"org": year.org, "fiscal_year": year.fiscal_year}
        count = 0
        tables: tuple[Iterable[Record], ...] = (year.good_practices, year.item_statuses, year.activities)
        for position, records in enumerate(tables):
            every = _rows(records, self._next(position, year.fiscal_year))
            while rows := list(islice(every, _AT_ONCE)):
                self._connection.execute(_ADD_WORDS, rows)
                self._connection.execute(_ADD_PLACES, [row | this for row in rows])
                count += len(rows)
        self._connection.execute(_ADD_YEAR, this | {"records": count})

    def forget_year(self, org: str, fiscal_year: int) -> None:
        """Take a district's year out of the index."""
        this = {"org": org, "fiscal_year": fiscal_year}
        for statement in (_FORGET_WORDS, _FORGET_PLACES, _FORGET_YEAR):
            self._connection.execute(statement, this)

    def forget_deleted(self) -> None:
        """Write the words anew: until then the index keeps those of deleted records and only skips them."""
        self._connection.execute(text("INSERT INTO search_words (search_words) VALUES ('optimize')"))

    def mark_changed(self, org: str, fiscal_year: int) -> None:
        """A record of an indexed year was written by itself: the year is indexed anew before the next search.

        One look-up that finds nothing for the own records, in the driver's words: every field's commit
        makes it.
        """
        self._connection.exec_driver_sql(_MARK_CHANGED, (org, fiscal_year))

    def indexed_years(self) -> dict[tuple[str, int], int]:
        """How many records with texts are indexed, by district and fiscal year."""
        rows = self._connection.execute(text("SELECT org, fiscal_year, records FROM search_years"))
        return {(org, year): records for org, year, records in rows}

    def find(self, terms: Sequence[str], table: str, limit: int) -> tuple[IndexedPlace, ...]:
        """At most ``limit`` records of a table that hold every term (``domain.search.terms_of``), newest year
        first."""
        first = _TABLES.index(table) * _TABLE
        wanted = " AND ".join(map(_phrase, terms))
        values = {"wanted": wanted, "first": first, "last": first + _TABLE, "limit": limit}
        rows = self._connection.execute(_FIND, values)
        return tuple(IndexedPlace(org, year, table, record_id) for org, year, record_id in rows)

    def problems(self) -> list[str]:
        """What is wrong with the index by its own check; empty when it is sound."""
        counted = {
            (org, year): count
            for org, year, count in self._connection.execute(
                text("SELECT org, fiscal_year, count(*) FROM search_places GROUP BY org, fiscal_year")
            )
        }
        wanted = {this: records for this, records in self.indexed_years().items() if records}
        same = all(counted.get(this) == records for this, records in wanted.items())
        return [] if same else ["search: the places of a year are not those that were indexed"]

    def _next(self, table: int, fiscal_year: int) -> int:
        first = table * _TABLE + fiscal_year * _YEAR
        last = self._connection.scalar(_LAST, {"first": first, "last": first + _YEAR})
        return first if last is None else int(last) + 1


def create_index(connection: Connection) -> None:
    """Make the empty index in a store that has none."""
    for statement in SCHEMA:
        connection.exec_driver_sql(statement)


def _rows(records: Iterable[Record], first: int) -> Iterator[dict[str, Any]]:
    number = first
    for record in records:
        words = _words(record)
        if words:
            yield {"id": number, "record_id": record.id, "words": words}
            number += 1


def _words(record: Record) -> str:
    parts = [pairs(folded) for value in searchable_texts(record).values() if (folded := fold_text(value))]
    return f" {_END_OF_FIELD} ".join(parts)


def pairs(folded: str) -> str:
    """Every character of a folded text with the one after it; the last stands alone."""
    return " ".join(map("".join, zip(folded, [*folded[1:], ""], strict=True)))


def _phrase(term: str) -> str:
    """One term as FTS5 asks for it. Terms hold letters and figures only, so nothing needs escaping."""
    if len(term) == 1:
        return f'"{term}" *'
    return '"' + " ".join(term[at : at + 2] for at in range(len(term) - 1)) + '"'
