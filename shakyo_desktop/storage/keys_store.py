"""Private keys of this installation, and the office's register of the districts' keys."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, update

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.keeping import KeyChange, OwnKey
from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.storage import exchange_tables as tables
from shakyo_desktop.storage.codec import Codec, moment_text
from shakyo_desktop.storage.upserts import put

_OWN = Codec(OwnKey, tables.own_keys)
_REGISTRATIONS = Codec(KeyRegistration, tables.registrations)
_LOG = Codec(KeyChange, tables.registration_log)


class KeysStore:
    """Own keys by their public half; registrations by the SHA-256 of the certificate."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_own(self, key: OwnKey) -> None:
        """Keep a private key of this installation."""
        self._connection.execute(tables.own_keys.insert(), _OWN.row(key))

    def own(self, purpose: str, *, retired: bool = False) -> tuple[OwnKey, ...]:
        """The keys for a purpose (``keeping.SIGNING``, ``MAILBOX``), newest first."""
        columns = tables.own_keys.c
        statement = _OWN.select().where(columns.purpose == purpose)
        if not retired:
            statement = statement.where(columns.retired_at.is_(None))
        ordered = statement.order_by(columns.created_at.desc(), columns.public)
        return _OWN.read_all(self._connection.execute(ordered))

    def retire_own(self, public: str, at: datetime) -> None:
        """Stop using a key; it is kept, because old packages are sealed to it."""
        columns = tables.own_keys.c
        self._connection.execute(
            update(tables.own_keys)
            .where(columns.public == public, columns.retired_at.is_(None))
            .values(retired_at=moment_text(at))
        )

    def save(self, registration: KeyRegistration, who: str, at: datetime, note: str = "") -> None:
        """Add a registration or change it; a change of its state is a line of the log.

        Args:
            registration: as it shall be from now on.
            who: the name of the person at the screen.
            at: now (UTC); also the time of the line.
            note: why, for the log.
        """
        before = self.find(registration.key)
        put(self._connection, tables.registrations, _REGISTRATIONS.row(registration))
        if before is not None and before.state == registration.state and not note:
            return
        line = KeyChange(
            0, registration.key, at, who, before.state if before else None, registration.state, note
        )
        row = _LOG.row(line)
        del row["id"]
        self._connection.execute(tables.registration_log.insert(), row)

    def forget(self, key: str) -> None:
        """Remove a key from the register, as one that was never approved; its lines in the log stay."""
        table = tables.registrations
        self._connection.execute(delete(table).where(table.c["key"] == key))

    def find(self, key: str) -> KeyRegistration | None:
        """The registration of a key, or None."""
        statement = _REGISTRATIONS.select().where(tables.registrations.c["key"] == key)
        row = self._connection.execute(statement).first()
        return None if row is None else _REGISTRATIONS.read(row)

    def registrations(
        self, org: str | None = None, states: Iterable[KeyState] | None = None
    ) -> tuple[KeyRegistration, ...]:
        """Registrations by organisation, the newest key of each first."""
        columns = tables.registrations.c
        statement = _REGISTRATIONS.select()
        if org is not None:
            statement = statement.where(columns.org == org)
        if states is not None:
            statement = statement.where(columns.state.in_([state.value for state in states]))
        ordered = statement.order_by(columns.org, columns.first_seen.desc(), columns["key"])
        return _REGISTRATIONS.read_all(self._connection.execute(ordered))

    def log(self, key: str | None = None) -> tuple[KeyChange, ...]:
        """The log of the register, of all keys or of one, oldest first."""
        columns = tables.registration_log.c
        statement = _LOG.select().order_by(columns.id)
        if key is not None:
            statement = statement.where(columns["key"] == key)
        return _LOG.read_all(self._connection.execute(statement))

    def forget_own(self) -> None:
        """Remove every private key: a copy restored elsewhere is a new installation."""
        self._connection.execute(tables.own_keys.delete())
