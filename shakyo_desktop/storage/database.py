"""The store: one encrypted file with everything in it, and the unit of work over it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from shakyo_desktop.domain.errors import StoreDamaged, StoreLocked, StoreMissing
from shakyo_desktop.storage import change_mark, failures, inspection, schema, schema_map
from shakyo_desktop.storage import connection as connections
from shakyo_desktop.storage.files import replace_file
from shakyo_desktop.storage.stores import Stores

DATABASE_FILE = "store.db"
"""Name of the database in a data folder."""


_CLOSED = "データは閉じてあります。\nデータは無事です。\n合い言葉か復旧シートの文字で、開いてください。"
_EXISTS = "ここにはもうデータがあります。\nデータは無事です。\n別のフォルダーを選んでください。"


def _is_key_of(folder: Path, key: bytes) -> bool:
    """Whether the slots beside a database were made for this key; False without slots."""
    from shakyo_desktop.storage import key_slots  # only needed when the store does not open

    with suppress(StoreDamaged, StoreMissing):
        return key_slots.fits(folder, key)
    return False


@contextmanager
def _damage_noticed(connection: Connection) -> Iterator[None]:
    """Damage is noticed before anything read is used. A connection that met it answers nothing more and goes;
    what is whole is read by another one."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(failures.meaning_of(error), StoreDamaged | StoreLocked):
            connection.invalidate(error)
        raise
    if connections.met_damage(connection.connection.dbapi_connection):
        connection.invalidate()
        raise failures.damaged()


def _take_away(part: Path) -> None:
    """Remove an unfinished database and what SQLite keeps beside it."""
    for name in (part.name, f"{part.name}-wal", f"{part.name}-shm"):
        part.with_name(name).unlink(missing_ok=True)


def _stamp(path: Path) -> object:
    """What changes when a closed store is written in; None where it is gone."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size


def _prepare(path: Path, key: bytes) -> None:
    """Bring a store up to date; raises as ``Database.open``."""
    if not path.is_file():
        raise StoreMissing("データが見つかりません。\n置き場所を確かめてください。")
    if path.stat().st_size < connections.PAGE_SIZE:
        raise failures.damaged()
    try:
        with failures.translated():
            schema.bring_up_to_date(path, key)
    except StoreLocked as error:
        if _is_key_of(path.parent, key):
            raise failures.damaged() from error
        raise


@dataclass(frozen=True, slots=True)
class _Open:
    """The key of an open store and its pools of connections, which hold it too."""

    key: bytes = field(repr=False)
    writer: Engine
    reader: Engine

    @classmethod
    def of(cls, path: Path, key: bytes) -> "_Open":
        make = connections.make_engine
        return cls(key, make(path, key, read_only=False), make(path, key, read_only=True))


class Database:
    """An open store. Every method may be called from any thread.

    Writers queue for one connection; readers see the last committed state and never wait.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        """Prepare an existing file of the current schema; use ``open`` or ``create``."""
        self.path = path
        self._open: _Open | None = _Open.of(path, key)
        self._left: object = None
        self._inside = threading.local()
        self._marked = False  # whether the change mark is newer than the last copy

    @classmethod
    def create(cls, path: Path, key: bytes) -> "Database":
        """Make a new, empty store and open it; it appears under its name only when it is whole.

        Args:
            path: where; the folder is made when it is missing.
            key: 32 random bytes, kept by ``key_slots``.

        Raises:
            StoreMissing: there is a store already.
            NotSaved: the folder cannot be written.
        """
        if path.exists():
            raise StoreMissing(_EXISTS, code="store.exists")
        part = path.with_name(path.name + ".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _take_away(part)
            with failures.translated():
                part.touch(mode=0o600)
                schema.create(part, key)
            replace_file(part, path)
        except OSError as error:
            raise failures.not_writable() from error
        finally:
            with suppress(OSError):
                _take_away(part)
        return cls.open(path, key)

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Database":
        """Open a store; one of an older version is copied aside and brought up to date first.

        Raises:
            StoreMissing: there is no such file.
            StoreLocked: the key does not fit.
            StoreDamaged: the file is not a store, or fails its check although the slots know the key.
            StoreTooNew: a newer program wrote it.
            NotSaved: the folder cannot be written.
        """
        _prepare(path, key)
        return cls(path, key)

    @contextmanager
    def transaction(self, *, marks: bool = True) -> Iterator[Stores]:
        """Work that is committed as a whole at the end, or not at all when anything is raised.

        Args:
            marks: False for what is noted about copies themselves, which is no reason for another copy.

        Raises:
            NotSaved: it could not be committed; nothing has changed.
            StoreDamaged: a page fails its check.
        """
        if getattr(self._inside, "writing", False):
            raise RuntimeError("a transaction inside a transaction of the same thread would wait for itself")
        opened = self._opened()
        self._inside.writing = True
        try:
            with (
                self._damage_told_apart(),
                opened.writer.begin() as connection,
                _damage_noticed(connection),
            ):
                before = change_mark.rows_changed(connection)
                yield Stores(connection)
                if marks and not self._marked and change_mark.rows_changed(connection) != before:
                    change_mark.renew(connection)
                    self._marked = True
        except BaseException:
            self._marked = False
            raise
        finally:
            self._inside.writing = False

    @contextmanager
    def reading(self) -> Iterator[Stores]:
        """One consistent view for reading; it waits for no writer, and changes are refused.

        Raises:
            StoreDamaged: a page fails its check.
        """
        opened = self._opened()
        with self._damage_told_apart(), opened.reader.begin() as connection, _damage_noticed(connection):
            yield Stores(connection)

    @contextmanager
    def _damage_told_apart(self) -> Iterator[None]:
        """Once a store is open its key is known to fit, so that a page that cannot be read is damage."""
        try:
            with failures.translated():
                yield
        except StoreLocked as error:
            raise failures.damaged() from error

    def change_mark(self) -> int:
        """A number that differs whenever anything was committed since ``settled_mark`` answered it."""
        opened = self._opened()
        with self._damage_told_apart(), opened.reader.begin() as connection:
            return change_mark.read(connection)

    def settled_mark(self) -> int:
        """The change mark, once every writer that waits is done; whatever is committed later changes it."""
        opened = self._opened()
        with self._damage_told_apart(), opened.writer.begin() as connection:
            self._marked = False
            return change_mark.read(connection)

    @property
    def key(self) -> bytes:
        """The store key, for sealing it to a further slot (``key_slots``).

        Raises:
            StoreLocked: the store was closed (code ``store.closed``).
        """
        return self._opened().key

    @staticmethod
    def change_key(path: Path, key: bytes, new_key: bytes) -> None:
        """Encrypt a store that nobody has open with another key; its slots have to be made anew.

        Raises:
            NotSaved: there is no room; it is as it was.
            StoreDamaged, StoreLocked: a page fails its check, or the key is another one.
        """
        with failures.translated():
            inspection.change_key(path, key, new_key)

    def close(self) -> None:
        """Close every connection and forget the key; the write-ahead log is folded into the file."""
        opened, self._open = self._open, None
        if opened is not None:
            opened.reader.dispose()
            opened.writer.dispose()
            self._left = _stamp(self.path)

    def open_again(self, key: bytes) -> bool:
        """Open a store that was closed; True when somebody else wrote in it meanwhile. Raises as ``open``."""
        self.close()
        same = _stamp(self.path) == self._left
        _prepare(self.path, key)
        self._open, self._marked = _Open.of(self.path, key), False
        return not same

    def _opened(self) -> _Open:
        opened = self._open
        if opened is None:
            raise StoreLocked(_CLOSED, code="store.closed")
        return opened

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def integrity_problems(self) -> list[str]:
        """Check every page and reference; an empty list means sound. Reads the whole file."""
        with failures.translated():
            return inspection.integrity_problems(self.path, self.key)

    def erase_deleted(self) -> bool:
        """Make sure that nothing of what was deleted is left in the file or its log; takes as long as a copy.

        Returns:
            False when somebody was reading all the while: to be done again.

        Raises:
            NotSaved: there is no room for it; the store is as it was.
            StoreDamaged: a page fails its check; the store is as it was.
        """
        with self._damage_told_apart():
            inspection.refuse_damaged(self.path, self.key)
        with self.transaction() as stores:
            stores.search.forget_deleted()
        with self._damage_told_apart():
            schema_map.forget(self.path)  # every table begins elsewhere then
            return inspection.erase(self.path, self.key)

    def seal_problems(self) -> list[str]:
        """Check the seal of every page, which is most of what can break and a tenth of the time.

        Raises:
            StoreDamaged: the file cannot be read at all.
        """
        self._opened()
        with self._damage_told_apart():
            return inspection.seal_problems(self.path, self.key)

    def keep_map(self) -> None:
        """Keep beside the store where its tables begin (``schema_map``), unless there is no room."""
        self._opened()
        with suppress(OSError, dbapi2.Error):
            schema_map.keep(self.path, self.key)

    def dump(self, out: TextIO) -> None:
        """Write everything as canonical NDJSON, the same for the same content; bytes only as their hash.

        Raises:
            StoreDamaged: a page fails its check.
        """
        opened = self._opened()
        with self._damage_told_apart(), opened.reader.begin() as connection, _damage_noticed(connection):
            inspection.dump(connection, out)

    def backup_to(self, path: Path, *, own_keys: bool = True) -> None:
        """Write a verified copy with the same key; other work goes on meanwhile.

        Args:
            path: the file to make or to replace; it changes only when the copy is proven.
            own_keys: False leaves the private keys of this installation out.

        Raises:
            NotSaved: the copy could not be written; nothing has changed.
            StoreDamaged: the copy fails its check.
        """
        part = path.with_name(path.name + ".part")
        key = self.key
        try:
            part.unlink(missing_ok=True)
            with self._damage_told_apart():
                inspection.copy(self.path, key, part, own_keys=own_keys)
                problems = inspection.integrity_problems(part, key)
            if problems:
                raise StoreDamaged(failures.damaged().message)
            replace_file(part, path)
        except OSError as error:
            raise failures.not_writable() from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
