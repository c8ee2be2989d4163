"""The version of the tables: made new, compared at every start, migrated when it is older."""

from pathlib import Path

from sqlcipher3 import dbapi2

from shakyo_desktop.domain.errors import StoreDamaged, StoreTooNew
from shakyo_desktop.storage import failures, inspection, schema_map
from shakyo_desktop.storage.connection import connect, make_engine, single
from shakyo_desktop.storage.files import replace_file
from shakyo_desktop.storage.indexing import index_everything
from shakyo_desktop.storage.paper_tables import metadata
from shakyo_desktop.storage.search_store import create_index

SCHEMA_VERSION = "0011"
"""The newest revision in ``migrations/versions``; numbered, so that text order is their order."""

FIRST_VERSION = "0001"

_VERSION_TABLE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"


def create(path: Path, key: bytes) -> None:
    """Make all tables of the current version in a new file, without the cost of the migrations."""
    connect(path, key, create=True).close()
    engine = make_engine(path, key, read_only=False)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection, checkfirst=False)
            create_index(connection)
            connection.exec_driver_sql(_VERSION_TABLE)
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (SCHEMA_VERSION,))
    finally:
        engine.dispose()


def bring_up_to_date(path: Path, key: bytes) -> None:
    """Migrate an older store, after a copy of it has been made beside it.

    Raises:
        StoreTooNew: a newer program wrote the file; it is left alone.
        StoreDamaged: the file is no store of ours.
    """
    with single(path, key) as connection:
        version = _version(connection)
    if version > SCHEMA_VERSION:
        raise StoreTooNew(
            "このデータは、新しい版のプログラムで作られています。\nデータは無事です。\n"
            "プログラムを新しい版にしてから開いてください。"
        )
    if version < FIRST_VERSION or not version.isdecimal():
        raise failures.damaged()
    if version < SCHEMA_VERSION:
        _keep_copy(path, key, version)
        _migrate(path, key)


def _version(connection: dbapi2.Connection) -> str:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except dbapi2.OperationalError as error:
        if failures.meaning_of(error) is not None:
            raise
        raise failures.damaged() from error  # opened, but the table is not there
    if row is None:
        raise StoreDamaged(failures.damaged().message)
    return str(row[0])


def copy_name(path: Path, version: str) -> Path:
    """Where the file of an older version is kept before it is migrated."""
    return path.with_name(f"{path.stem}.before-{version}{path.suffix}")


def _keep_copy(path: Path, key: bytes, version: str) -> None:
    kept = copy_name(path, version)
    if kept.exists():  # a migration that was cut short left the file as it was; the copy is good
        return
    part = kept.with_name(kept.name + ".part")
    try:
        part.unlink(missing_ok=True)
        inspection.copy(path, key, part)
        replace_file(part, kept)
    except OSError as error:
        raise failures.not_writable() from error


def _migrate(path: Path, key: bytes) -> None:
    """Run the missing migrations in one transaction: all of them or none."""
    from shakyo_desktop.storage.migrating import upgrade  # Alembic costs time that most starts do not need

    schema_map.forget(path)
    engine = make_engine(path, key, read_only=False)
    try:
        with engine.connect() as connection:
            # Rebuilding a table drops the old one, which must not delete the rows that refer to it.
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            with connection.begin():
                upgrade(connection, SCHEMA_VERSION)
                index_everything(connection)  # what is indexed may have changed its form
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise failures.damaged()
    finally:
        engine.dispose()
