"""Alembic, called from the program: no command line, no settings file, the connection handed in.

A new migration: change ``tables``, then
`python -c "from shakyo_desktop.storage.migrating import new_revision as n; n('0002', 'Add weather')"`,
read what was written, and set ``schema.SCHEMA_VERSION``.
"""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlcipher3 import dbapi2

from shakyo_desktop import paths
from shakyo_desktop.storage.search_store import DERIVED


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings for our scripts, from source and frozen."""
    config = Config()
    config.set_main_option("script_location", str(paths.migrations_dir()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str) -> None:
    """Run the migrations that are missing inside the connection's transaction."""
    command.upgrade(configuration(connection), revision)


def head() -> str:
    """The newest revision that has a script."""
    revision = ScriptDirectory.from_config(configuration()).get_current_head()
    assert revision is not None
    return revision


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic compares a table with ours: the index of the search has statements of its own."""
    return kind != "table" or not (name or "").startswith(DERIVED)


def new_revision(number: str, message: str) -> None:
    """Write the script that leads from the newest revision to the tables as they are now (for developers)."""
    engine = create_engine("sqlite://", module=dbapi2)
    try:
        with engine.begin() as connection:
            upgrade(connection, "head")
            command.revision(configuration(connection), message, autogenerate=True, rev_id=number)
    finally:
        engine.dispose()
