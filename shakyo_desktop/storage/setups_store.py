"""Setup files, as issued by an office or taken in by a district, whole and with their own signature."""

from sqlalchemy import Connection, Row, select

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.keeping import Setup
from shakyo_desktop.storage.blobs_store import BlobsStore
from shakyo_desktop.storage.codec import Codec
from shakyo_desktop.storage.tables import setups
from shakyo_desktop.storage.upserts import add_missing

_SETUPS = Codec(Setup, setups)


class SetupsStore:
    """Every setup ever stored, by the SHA-256 of its manifest."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs = BlobsStore(connection)

    def add(self, setup: Setup, package: bytes) -> None:
        """Keep a setup and its file; one that is kept already stays as it is."""
        row = _SETUPS.row(setup, sha256=self._blobs.add(package))
        add_missing(self._connection, setups, [row])

    def all(self, org: str | None = None) -> tuple[Setup, ...]:
        """Setups, all or of one office, the highest serial first."""
        return _SETUPS.read_all(self._newest_first(org))

    def newest(self, org: str | None = None) -> Setup | None:
        """The setup with the highest serial, of any office or of one, or None."""
        row = next(iter(self._newest_first(org)), None)
        return None if row is None else _SETUPS.read(row)

    def _newest_first(self, org: str | None) -> list[Row[tuple[object, ...]]]:
        columns = setups.c
        statement = _SETUPS.select().order_by(columns.serial.desc(), columns.stored_at.desc())
        if org is not None:
            statement = statement.where(columns.org == org)
        return list(self._connection.execute(statement))

    def package(self, manifest: str) -> bytes:
        """The setup's file, as it was issued.

        Raises:
            NotFound: there is no such setup.
        """
        sha256 = self._connection.scalar(select(setups.c.sha256).where(setups.c.manifest == manifest))
        if sha256 is None:
            raise NotFound.of("設定ファイル")
        return self._blobs.get(sha256)
