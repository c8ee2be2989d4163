"""The records of districts: a year in a fixed number of statements, or one at a time."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, bindparam, delete, func, select, tuple_

from shakyo_desktop.domain.codes import Granularity
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.field_values import RECORD_TYPES
from shakyo_desktop.domain.records import (
    ACTIVITIES,
    GOOD_PRACTICES,
    ITEM_STATUSES,
    PHOTOS,
    Activity,
    GoodPractice,
    ItemStatus,
    Photo,
    Record,
    RecordRef,
    YearRecords,
)
from shakyo_desktop.storage import tables
from shakyo_desktop.storage.codec import Codec
from shakyo_desktop.storage.exchange_tables import submissions
from shakyo_desktop.storage.search_store import IndexedPlace, SearchStore

R = TypeVar("R", Activity, ItemStatus, GoodPractice, Photo)

_CODECS: dict[str, Codec[Any]] = {
    table: Codec(kind, tables.metadata.tables[table]) for table, kind in RECORD_TYPES.items()
}
_CODEC_OF: dict[type[Any], Codec[Any]] = {kind: _CODECS[table] for table, kind in RECORD_TYPES.items()}
_ORDER: dict[str, tuple[Any, ...]] = {
    ACTIVITIES: (
        func.coalesce(tables.activities.c.held_on, tables.activities.c.month, ""),
        tables.activities.c.start_time,
        tables.activities.c.id,
    ),
    ITEM_STATUSES: (
        tables.item_statuses.c.plan_id,
        tables.item_statuses.c.item_number,
        tables.item_statuses.c.id,
    ),
    PHOTOS: (tables.photos.c.activity_id, tables.photos.c.position, tables.photos.c.id),
    GOOD_PRACTICES: (tables.good_practices.c.item_number, tables.good_practices.c.id),
}


_THIS = ("org", "fiscal_year", "id")
_AT_ONCE = 5_000


def _same(table: Table, *names: str) -> ColumnElement[bool]:
    return and_(*(table.c[name] == bindparam(f"this_{name}") for name in names))


# Statements of every field's commit are made once: making them took as long as the commit itself.
_UPDATES = {
    codec.table.name: codec.table.update().where(_same(codec.table, *_THIS)) for codec in _CODECS.values()
}


@cache
def _get_statement(table: str, this: tuple[str, ...]) -> Select[Any]:
    codec = _CODECS[table]
    return codec.select().where(_same(codec.table, *(name.removeprefix("this_") for name in this))).limit(1)


def _deleted_activities(org: str, fiscal_year: int) -> Select[tuple[str]]:
    """Photos go to the ごみ箱 with their activity and come back with it, without a mark of their own."""
    columns = tables.activities.c
    in_year = select(columns.id).where(columns.org == org, columns.fiscal_year == fiscal_year)
    return in_year.where(columns.deleted_at.is_not(None))


class RecordsStore:
    """Activities, item statuses, photos and good practices of any district and fiscal year."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def year(self, org: str, fiscal_year: int) -> YearRecords:
        """Everything of one district's year but what was deleted; four statements however much it is.

        Photos of deleted activities are left out with them.
        """
        return self._year(org, fiscal_year, deleted=False)

    def deleted(self, org: str, fiscal_year: int) -> YearRecords:
        """What lies in the ごみ箱; item statuses are never deleted."""
        return self._year(org, fiscal_year, deleted=True)

    def thrown_away(self, org: str, fiscal_year: int) -> YearRecords:
        """What lies in the ごみ箱, with the photos that lie there because their activity does."""
        gone = self.deleted(org, fiscal_year)
        columns = tables.photos.c
        statement = (
            _CODECS[PHOTOS]
            .select()
            .where(
                columns.org == org,
                columns.fiscal_year == fiscal_year,
                columns.deleted_at.is_(None),
                columns.activity_id.in_(_deleted_activities(org, fiscal_year)),
            )
        )
        along = _CODECS[PHOTOS].read_all(self._connection.execute(statement.order_by(*_ORDER[PHOTOS])))
        return replace(gone, photos=(*gone.photos, *along))

    def _year(self, org: str, fiscal_year: int, deleted: bool) -> YearRecords:
        found = {table: self._of_year(table, org, fiscal_year, deleted) for table in _CODECS}
        return YearRecords(org, fiscal_year, **found)

    def _of_year(self, table: str, org: str, fiscal_year: int, deleted: bool) -> tuple[Any, ...]:
        codec = _CODECS[table]
        columns = codec.table.c
        statement = codec.select().where(columns.org == org, columns.fiscal_year == fiscal_year)
        if "deleted_at" in columns:
            gone = columns.deleted_at
            statement = statement.where(gone.is_not(None) if deleted else gone.is_(None))
        elif deleted:
            return ()
        if table == PHOTOS and not deleted:
            statement = statement.where(columns.activity_id.not_in(_deleted_activities(org, fiscal_year)))
        return codec.read_all(self._connection.execute(statement.order_by(*_ORDER[table])))

    def item_statuses(self, org: str, fiscal_year: int) -> tuple[ItemStatus, ...]:
        """The item statuses of one district's year, without its diary."""
        return self._of_year(ITEM_STATUSES, org, fiscal_year, deleted=False)

    def photos_of(self, activity: Activity) -> tuple[Photo, ...]:
        """The photos of one activity that were not deleted, in their order."""
        columns = tables.photos.c
        statement = (
            _CODECS[PHOTOS]
            .select()
            .where(
                columns.org == activity.org,
                columns.fiscal_year == activity.fiscal_year,
                columns.activity_id == activity.id,
                columns.deleted_at.is_(None),
            )
        )
        return _CODECS[PHOTOS].read_all(self._connection.execute(statement.order_by(*_ORDER[PHOTOS])))

    def tally(
        self, org: str, fiscal_year: int, plan_id: str, item_number: int, month: str
    ) -> Activity | None:
        """The sums of one month (YYYY-MM) of an item, None when nobody wrote them; the oldest counts."""
        columns = tables.activities.c
        same = {"org": org, "fiscal_year": fiscal_year, "plan_id": plan_id, "item_number": item_number}
        statement = (
            _CODECS[ACTIVITIES]
            .select()
            .filter_by(**same, month=month, granularity=Granularity.MONTHLY_TOTAL.value)
            .where(columns.deleted_at.is_(None))
            .order_by(columns.id)
            .limit(1)
        )
        row = self._connection.execute(statement).first()
        found: Activity | None = None if row is None else _CODECS[ACTIVITIES].read(row)
        return found

    def years(self, org: str) -> list[int]:
        """The fiscal years that hold anything of a district, oldest first."""
        found: set[int] = set()
        for codec in _CODECS.values():
            column = codec.table.c.fiscal_year
            found.update(self._connection.scalars(select(column).where(codec.table.c.org == org).distinct()))
        return sorted(found)

    def get(self, ref: RecordRef, org: str | None = None, fiscal_year: int | None = None) -> Record:
        """One record, deleted or not. An office names district and year too: ids are the districts' own.

        Raises:
            NotFound: there is no such record.
        """
        known = {"org": org, "fiscal_year": fiscal_year, "id": ref.id}
        this = {f"this_{name}": value for name, value in known.items() if value is not None}
        row = self._connection.execute(_get_statement(ref.table, tuple(this)), this).first()
        if row is None:
            raise NotFound.of("その記録")
        record: Record = _CODECS[ref.table].read(row)
        return record

    def insert(self, record: Record) -> None:
        """Add a record with a new id."""
        codec = _CODEC_OF[type(record)]
        self._connection.execute(codec.table.insert(), codec.row(record))
        self._changed(record)

    def insert_all(self, records: Iterable[R]) -> None:
        """Add many records of one kind with one statement, or a few: their rows take room too."""
        several = list(records)
        for start in range(0, len(several), _AT_ONCE):
            rows = several[start : start + _AT_ONCE]
            codec = _CODEC_OF[type(rows[0])]
            self._connection.execute(codec.table.insert(), [codec.row(record) for record in rows])
        self._all_changed(several)

    def replace(self, record: Record) -> None:
        """Write a record over the stored one with the same id, in one statement.

        Raises:
            NotFound: there is no such record.
        """
        codec = _CODEC_OF[type(record)]
        values = codec.row(record)
        this = {f"this_{name}": values.pop(name) for name in _THIS}
        if self._connection.execute(_UPDATES[codec.table.name], {**values, **this}).rowcount != 1:
            raise NotFound.of("その記録")
        self._changed(record)

    def replace_all(self, records: Iterable[R]) -> None:
        """Write many records of one kind over the stored ones with one statement.

        Raises:
            NotFound: one of them is not there.
        """
        several = list(records)
        if not several:
            return
        codec = _CODEC_OF[type(several[0])]
        rows = [codec.row(record) for record in several]
        values = [{**{f"this_{name}": row.pop(name) for name in _THIS}, **row} for row in rows]
        if self._connection.execute(_UPDATES[codec.table.name], values).rowcount != len(several):
            raise NotFound.of("その記録")
        self._all_changed(several)

    def _all_changed(self, records: Iterable[Record]) -> None:
        for org, fiscal_year in sorted({(one.org, one.fiscal_year) for one in records}):
            SearchStore(self._connection).mark_changed(org, fiscal_year)

    def remove(self, record: Record) -> None:
        """Remove one record for good, as a blank one in whose place another comes."""
        table = _CODEC_OF[type(record)].table
        this = (table.c.org == record.org, table.c.fiscal_year == record.fiscal_year, table.c.id == record.id)
        self._connection.execute(delete(table).where(*this))
        self._changed(record)

    def _changed(self, record: Record) -> None:
        SearchStore(self._connection).mark_changed(record.org, record.fiscal_year)

    def replace_year(self, org: str, fiscal_year: int, records: YearRecords) -> None:
        """Put a received report in the place of what is held of that district and year, and index it.

        The bytes of its photos are put into ``blobs`` in the same transaction.
        """
        if (records.org, records.fiscal_year) != (org, fiscal_year):
            raise ValueError("a report can only replace its own district and year")
        self.delete_year(org, fiscal_year)
        self.insert_all(records.item_statuses)
        self.insert_all(records.activities)
        self.insert_all(records.photos)
        self.insert_all(records.good_practices)
        SearchStore(self._connection).index_year(records)

    def delete_year(self, org: str, fiscal_year: int) -> None:
        """Remove what is held of a district and year for good (an office taking an import back)."""
        for table in (PHOTOS, ACTIVITIES, ITEM_STATUSES, GOOD_PRACTICES):
            columns = _CODECS[table].table.c
            self._connection.execute(
                delete(_CODECS[table].table).where(columns.org == org, columns.fiscal_year == fiscal_year)
            )
        SearchStore(self._connection).forget_year(org, fiscal_year)

    def at_places(self, places: Iterable[IndexedPlace]) -> dict[IndexedPlace, Record]:
        """The records that a search found, in one statement for each table."""
        found: dict[IndexedPlace, Record] = {}
        by_table: dict[str, list[IndexedPlace]] = {}
        for place in places:
            by_table.setdefault(place.table, []).append(place)
        for table, wanted in by_table.items():
            codec = _CODECS[table]
            keys = tuple_(*(codec.table.c[name] for name in _THIS))
            statement = codec.select().where(keys.in_([(p.org, p.fiscal_year, p.record_id) for p in wanted]))
            for record in codec.read_all(self._connection.execute(statement)):
                found[IndexedPlace(record.org, record.fiscal_year, table, record.id)] = record
        return found

    def all_years(self) -> tuple[tuple[str, int], ...]:
        """Every district and fiscal year of which something was received or written.

        The diary is not looked through: a year has item statuses from its beginning, a report its submission.
        """
        found: set[tuple[str, int]] = set()
        for table in (tables.item_statuses, tables.good_practices, submissions):
            rows = self._connection.execute(select(table.c.org, table.c.fiscal_year).distinct())
            found.update((org, year) for org, year in rows)
        return tuple(sorted(found))
