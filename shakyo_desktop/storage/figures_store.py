"""Questions over many records at once, answered by the database: the matrix, sums, places."""

from collections.abc import Iterable

from sqlalchemy import Connection, Exists, Table, case, exists, func, or_, select

from shakyo_desktop.domain.codes import Granularity, ImplementationState, OutcomeState
from shakyo_desktop.domain.keeping import ActivityCount, ItemState, MonthCount
from shakyo_desktop.domain.records import GoodPractice, ItemStatus
from shakyo_desktop.storage import tables
from shakyo_desktop.storage.codec import Codec

_STATUSES = Codec(ItemStatus, tables.item_statuses)
_PRACTICES = Codec(GoodPractice, tables.good_practices)
_STATE: dict[str | None, ImplementationState | None] = {
    None: None,
    **{state.value: state for state in ImplementationState},
}
_HAPPENED = (OutcomeState.HELD.value, OutcomeState.SUBSTITUTE.value)
_SESSIONS = func.sum(
    func.coalesce(
        tables.activities.c.sessions, case((tables.activities.c.granularity == Granularity.EVENT.value, 1))
    )
)


class FiguresStore:
    """Reads only; every method is one statement."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def statuses(self, fiscal_years: Iterable[int], plan_id: str | None = None) -> tuple[ItemStatus, ...]:
        """The item statuses of all districts in these years: the matrix, in one statement."""
        columns = tables.item_statuses.c
        statement = _STATUSES.select().where(columns.fiscal_year.in_(list(fiscal_years)))
        if plan_id is not None:
            statement = statement.where(columns.plan_id == plan_id)
        return _STATUSES.read_all(self._connection.execute(statement))

    def items_with_records(self, fiscal_years: Iterable[int], plan_id: str) -> frozenset[int]:
        """The items of a plan that any record of these years is about, in one statement.

        Every item is looked up by itself: no diary is walked through.
        """
        years, items = list(fiscal_years), tables.plan_items.c

        def about(table: Table) -> Exists:
            columns = table.c
            return exists().where(
                columns.fiscal_year.in_(years),
                columns.plan_id == plan_id,
                columns.item_number == items.number,
            )

        reported = about(tables.item_statuses).where(tables.item_statuses.c.state.is_not(None))
        told = about(tables.good_practices)
        statement = select(items.number).where(
            items.plan_id == plan_id, or_(about(tables.activities), reported, told)
        )
        return frozenset(self._connection.scalars(statement))

    def states(self, fiscal_years: Iterable[int]) -> tuple[ItemState, ...]:
        """The 実施状況 of all districts, plans and items in these years: the matrix, in one statement.

        In the order the records were made, so that the first of an item stated twice can count.
        """
        columns = tables.item_statuses.c
        statement = (
            select(columns.org, columns.fiscal_year, columns.plan_id, columns.item_number, columns.state)
            .where(columns.fiscal_year.in_(list(fiscal_years)))
            .order_by(columns.id)
        )
        rows = self._connection.execute(statement)
        return tuple(ItemState(*row[:4], _STATE[row[4]]) for row in rows)

    def month_counts(self, fiscal_year: int, plan_id: str) -> tuple[MonthCount, ...]:
        """A year's diary by district, item and month, in one statement, without undated entries."""
        columns = tables.activities.c
        month = func.substr(func.coalesce(columns.held_on, columns.month), 1, 7)
        group = (columns.org, columns.item_number, month)
        statement = (
            select(*group, _SESSIONS, func.sum(columns.participants))
            .where(
                columns.fiscal_year == fiscal_year,
                columns.plan_id == plan_id,
                columns.deleted_at.is_(None),
                columns.outcome_state.in_(_HAPPENED),
                month.is_not(None),
            )
            .group_by(*group)
        )
        return tuple(MonthCount(*row) for row in self._connection.execute(statement))

    def activity_counts(
        self, fiscal_years: Iterable[int], plan_id: str | None = None, org: str | None = None
    ) -> tuple[ActivityCount, ...]:
        """The diary in figures, per district, year, plan and item, in one statement."""
        columns = tables.activities.c
        group = (columns.org, columns.fiscal_year, columns.plan_id, columns.item_number)
        statement = (
            select(
                *group,
                func.count(),
                _SESSIONS,
                func.sum(columns.participants),
                func.sum(columns.helpers),
                func.count() - func.count(columns.participants),
            )
            .where(
                columns.fiscal_year.in_(list(fiscal_years)),
                columns.deleted_at.is_(None),
                columns.outcome_state.in_(_HAPPENED),
            )
            .group_by(*group)
            .order_by(*group)
        )
        if plan_id is not None:
            statement = statement.where(columns.plan_id == plan_id)
        if org is not None:
            statement = statement.where(columns.org == org)
        return tuple(ActivityCount(*row) for row in self._connection.execute(statement))

    def shareable_practices(self, fiscal_year: int, plan_id: str) -> tuple[GoodPractice, ...]:
        """The good practices of all districts in a year that may be shown, in one statement."""
        columns = tables.good_practices.c
        statement = _PRACTICES.select().where(
            columns.fiscal_year == fiscal_year,
            columns.plan_id == plan_id,
            columns.consent,
            columns.deleted_at.is_(None),
        )
        return _PRACTICES.read_all(self._connection.execute(statement))

    def single_entries(self, org: str, fiscal_year: int, plan_id: str) -> dict[tuple[int, str], int]:
        """How many entries of single days the diary holds, by item number and month (YYYY-MM)."""
        columns = tables.activities.c
        month = func.substr(columns.held_on, 1, 7)
        statement = (
            select(columns.item_number, month, func.count())
            .where(
                columns.org == org,
                columns.fiscal_year == fiscal_year,
                columns.plan_id == plan_id,
                columns.granularity == Granularity.EVENT.value,
                columns.held_on.is_not(None),
                columns.deleted_at.is_(None),
            )
            .group_by(columns.item_number, month)
        )
        return {(number, when): int(count) for number, when, count in self._connection.execute(statement)}

    def venues(self, org: str, limit: int = 200) -> tuple[str, ...]:
        """The places a district has used, most used first."""
        columns = tables.activities.c
        statement = (
            select(columns.venue)
            .where(columns.org == org, columns.venue != "", columns.deleted_at.is_(None))
            .group_by(columns.venue)
            .order_by(func.count().desc(), columns.venue)
            .limit(limit)
        )
        return tuple(self._connection.scalars(statement))

    def usual_words(self, org: str, plan_id: str, longest: int, limit: int) -> dict[int, tuple[str, ...]]:
        """What a district wrote about its activities, by item, most used first; ``longest`` in characters."""
        columns = tables.activities.c
        times = func.count()
        statement = (
            select(columns.item_number, columns.content)
            .where(columns.org == org, columns.plan_id == plan_id, columns.deleted_at.is_(None))
            .where(columns.content != "", func.length(columns.content) <= longest)
            .group_by(columns.item_number, columns.content)
            .order_by(columns.item_number, times.desc(), columns.content)
        )
        found: dict[int, list[str]] = {}
        for number, content in self._connection.execute(statement):
            known = found.setdefault(number, [])
            if len(known) < limit:
                known.append(content)
        return {number: tuple(words) for number, words in found.items()}

    def photo_sums(self, org: str, fiscal_year: int) -> tuple[int, int]:
        """How many photos a district's year has and how many bytes they take, without deleted ones."""
        columns = tables.photos.c
        statement = select(func.count(), func.coalesce(func.sum(columns.size), 0)).where(
            columns.org == org, columns.fiscal_year == fiscal_year, columns.deleted_at.is_(None)
        )
        row = self._connection.execute(statement).one()
        return int(row[0]), int(row[1])
