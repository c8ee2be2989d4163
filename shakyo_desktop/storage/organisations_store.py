"""The roster, the offices that districts know, and the calendar."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.organisations import Office, Organisation, ScheduleEntry
from shakyo_desktop.storage import tables
from shakyo_desktop.storage.codec import Codec
from shakyo_desktop.storage.upserts import put

_ORGANISATIONS = Codec(Organisation, tables.organisations)
_OFFICES = Codec(Office, tables.offices)
_SCHEDULE = Codec(ScheduleEntry, tables.schedule)


class OrganisationsStore:
    """Organisations by code, offices by organisation and key, dates by fiscal year."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, *organisations: Organisation) -> None:
        """Add organisations or change those with the same code; none is ever removed."""
        put(self._connection, tables.organisations, [_ORGANISATIONS.row(one) for one in organisations])

    def find(self, code: str) -> Organisation | None:
        """The organisation with this code, or None."""
        statement = _ORGANISATIONS.select().where(tables.organisations.c.code == code)
        row = self._connection.execute(statement).first()
        return None if row is None else _ORGANISATIONS.read(row)

    def get(self, code: str) -> Organisation:
        """The organisation with this code.

        Raises:
            NotFound: there is none.
        """
        found = self.find(code)
        if found is None:
            raise NotFound.of(f"団体コード {code} の名簿の行")
        return found

    def all(
        self, kind: OrganisationKind | None = None, parent: str | None = None, active_only: bool = False
    ) -> tuple[Organisation, ...]:
        """Organisations in the order of their codes."""
        columns = tables.organisations.c
        statement = _ORGANISATIONS.select().order_by(columns.code)
        if kind is not None:
            statement = statement.where(columns.kind == kind.value)
        if parent is not None:
            statement = statement.where(columns.parent == parent)
        if active_only:
            statement = statement.where(columns.active)
        return _ORGANISATIONS.read_all(self._connection.execute(statement))

    def offices(self, org: str | None = None) -> tuple[Office, ...]:
        """The offices whose packages are trusted, all of them or those of one organisation."""
        statement = _OFFICES.select().order_by(tables.offices.c.org, tables.offices.c["key"])
        if org is not None:
            statement = statement.where(tables.offices.c.org == org)
        return _OFFICES.read_all(self._connection.execute(statement))

    def replace_offices(self, orgs: Iterable[str], offices: Iterable[Office]) -> None:
        """Put the offices of a newer setup in the place of those known of these organisations."""
        replaced = [{"replaced": org} for org in orgs]
        of_them = tables.offices.c.org == bindparam("replaced")
        self._connection.execute(delete(tables.offices).where(of_them), replaced)
        put(self._connection, tables.offices, [_OFFICES.row(office) for office in offices])

    def schedule(self, fiscal_year: int) -> tuple[ScheduleEntry, ...]:
        """The dates of a fiscal year, earliest first."""
        columns = tables.schedule.c
        statement = _SCHEDULE.select().where(columns.fiscal_year == fiscal_year)
        return _SCHEDULE.read_all(self._connection.execute(statement.order_by(columns.due, columns.id)))

    def full_schedule(self) -> tuple[ScheduleEntry, ...]:
        """The dates of every fiscal year, earliest first."""
        columns = tables.schedule.c
        return _SCHEDULE.read_all(
            self._connection.execute(_SCHEDULE.select().order_by(columns.due, columns.id))
        )

    def save_schedule(self, *entries: ScheduleEntry) -> None:
        """Add dates or change those with the same id."""
        put(self._connection, tables.schedule, [_SCHEDULE.row(entry) for entry in entries])

    def replace_schedule(self, entries: Iterable[ScheduleEntry]) -> None:
        """Put the dates of a newer setup in the place of all that are known."""
        self._connection.execute(delete(tables.schedule))
        self.save_schedule(*entries)

    def remove_schedule(self, entry_id: str) -> None:
        """Remove one date; nothing happens when there is none."""
        self._connection.execute(delete(tables.schedule).where(tables.schedule.c.id == entry_id))
