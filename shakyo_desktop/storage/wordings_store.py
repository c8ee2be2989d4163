"""The ward's wordings of good practices, and the stories and photos they are about."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, tuple_

from shakyo_desktop.domain.records import GoodPractice, Photo
from shakyo_desktop.domain.sharing import SharedWording
from shakyo_desktop.storage import tables
from shakyo_desktop.storage.codec import Codec
from shakyo_desktop.storage.exchange_tables import shared_wordings
from shakyo_desktop.storage.upserts import put

_WORDINGS = Codec(SharedWording, shared_wordings)
_PRACTICES = Codec(GoodPractice, tables.good_practices)
_PHOTOS = Codec(Photo, tables.photos)


class WordingsStore:
    """One wording per story; every method is one statement."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, wording: SharedWording) -> None:
        """Keep a wording in place of the one before; the history of its changes is kept elsewhere."""
        put(self._connection, shared_wordings, _WORDINGS.row(wording))

    def find(self, org: str, fiscal_year: int, practice_id: str) -> SharedWording | None:
        """The wording of one story, or None while nobody has worked on it."""
        statement = _WORDINGS.select().filter_by(org=org, fiscal_year=fiscal_year, practice_id=practice_id)
        row = self._connection.execute(statement).first()
        return None if row is None else _WORDINGS.read(row)

    def all(self, org: str | None = None, fiscal_year: int | None = None) -> tuple[SharedWording, ...]:
        """Every wording, or those of one district's year."""
        columns = shared_wordings.c
        statement = _WORDINGS.select().order_by(columns.fiscal_year.desc(), columns.org, columns.practice_id)
        if org is not None:
            statement = statement.where(columns.org == org)
        if fiscal_year is not None:
            statement = statement.where(columns.fiscal_year == fiscal_year)
        return _WORDINGS.read_all(self._connection.execute(statement))

    def practices(self, fiscal_year: int | None = None) -> tuple[GoodPractice, ...]:
        """The stories of all districts that were not deleted, newest year first."""
        columns = tables.good_practices.c
        statement = _PRACTICES.select().where(columns.deleted_at.is_(None))
        if fiscal_year is not None:
            statement = statement.where(columns.fiscal_year == fiscal_year)
        ordered = statement.order_by(
            columns.fiscal_year.desc(), columns.plan_id, columns.item_number, columns.org, columns.id
        )
        return _PRACTICES.read_all(self._connection.execute(ordered))

    def photos_of(self, practices: Iterable[GoodPractice]) -> dict[tuple[str, int, str], Photo]:
        """The photos that stories name, by district, fiscal year and id; none of a deleted activity."""
        wanted = [(one.org, one.fiscal_year, photo) for one in practices for photo in one.photo_ids]
        if not wanted:
            return {}
        photos, activities = tables.photos.c, tables.activities.c
        gone = select(activities.id).where(
            activities.org == photos.org,
            activities.fiscal_year == photos.fiscal_year,
            activities.id == photos.activity_id,
            activities.deleted_at.is_not(None),
        )
        statement = _PHOTOS.select().where(
            tuple_(photos.org, photos.fiscal_year, photos.id).in_(wanted),
            photos.deleted_at.is_(None),
            ~gone.exists(),
        )
        found = _PHOTOS.read_all(self._connection.execute(statement))
        return {(one.org, one.fiscal_year, one.id): one for one in found}
