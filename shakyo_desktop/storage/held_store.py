"""Packages that wait for a person's decision, and the log of every file that was given to the intake."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.keeping import HeldUsage, IntakeLogEntry
from shakyo_desktop.domain.submission import HeldPackage
from shakyo_desktop.storage import exchange_tables as tables
from shakyo_desktop.storage.blobs_store import BlobsStore
from shakyo_desktop.storage.codec import Codec
from shakyo_desktop.storage.upserts import put

_HELD = Codec(HeldPackage, tables.held)
_LOG = Codec(IntakeLogEntry, tables.intake_log)


class HeldStore:
    """Held packages by the SHA-256 of their manifest, with the sealed file as received."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs = BlobsStore(connection)

    def put(self, package: HeldPackage, sealed: bytes) -> None:
        """Hold a package; one that is held already gets the new reason."""
        put(self._connection, tables.held, _HELD.row(package, sealed=self._blobs.add(sealed)))

    def change_code(self, manifest: str, code: str) -> None:
        """Hold a package for another reason from now on."""
        table = tables.held
        self._connection.execute(table.update().where(table.c.manifest == manifest).values(code=code))

    def find(self, manifest: str) -> HeldPackage | None:
        """One held package, or None."""
        row = self._connection.execute(_HELD.select().filter_by(manifest=manifest)).first()
        return None if row is None else _HELD.read(row)

    def all(
        self, *, key: str | None = None, org: str | None = None, code: str | None = None
    ) -> tuple[HeldPackage, ...]:
        """Held packages by key and seq: the order in which they are taken in."""
        wanted = {"key": key, "org": org, "code": code}
        columns = tables.held.c
        statement = _HELD.select().filter_by(**{name: value for name, value in wanted.items() if value})
        return _HELD.read_all(
            self._connection.execute(statement.order_by(columns["key"], columns.seq, columns.received_at))
        )

    def sealed(self, manifest: str) -> bytes:
        """The file as received.

        Raises:
            NotFound: no such package is held.
        """
        name = self._connection.scalar(select(tables.held.c.sealed).where(tables.held.c.manifest == manifest))
        if name is None:
            raise NotFound.of("保留中のファイル")
        return self._blobs.get_large(name)

    def remove(self, manifest: str) -> None:
        """Stop holding a package; its file goes too, unless something else refers to the same bytes."""
        table = tables.held
        name = self._connection.scalar(select(table.c.sealed).where(table.c.manifest == manifest))
        self._connection.execute(delete(table).where(table.c.manifest == manifest))
        if name is not None:
            self._blobs.delete_unreferenced([name])

    def usage(self, *, key: str | None = None, org: str | None = None) -> HeldUsage:
        """How many packages are held and their bytes: of one key, of one organisation, of all."""
        wanted = {"key": key, "org": org}
        statement = select(func.count(), func.coalesce(func.sum(tables.held.c.size), 0))
        statement = statement.select_from(tables.held)
        statement = statement.filter_by(**{name: value for name, value in wanted.items() if value})
        return HeldUsage(*self._connection.execute(statement).one())


class IntakeLogStore:
    """What became of each file, newest first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, entry: IntakeLogEntry) -> int:
        """Add a line and return its id."""
        row = _LOG.row(entry)
        del row["id"]
        result = self._connection.execute(tables.intake_log.insert(), row)
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def of_run(self, run: str) -> tuple[IntakeLogEntry, ...]:
        """The lines of one import, oldest first."""
        columns = tables.intake_log.c
        statement = _LOG.select().where(columns.run == run).order_by(columns.id)
        return _LOG.read_all(self._connection.execute(statement))

    def of_manifests(self, manifests: Iterable[str]) -> tuple[IntakeLogEntry, ...]:
        """Every line about these packages, oldest first."""
        columns = tables.intake_log.c
        statement = _LOG.select().where(columns.manifest.in_(list(manifests))).order_by(columns.id)
        return _LOG.read_all(self._connection.execute(statement))

    def newest(self, limit: int = 500) -> tuple[IntakeLogEntry, ...]:
        """The newest lines."""
        statement = _LOG.select().order_by(tables.intake_log.c.id.desc()).limit(limit)
        return _LOG.read_all(self._connection.execute(statement))
