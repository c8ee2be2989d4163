"""Alembic, called from the program: no command line, no settings file, the connection handed in."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from shakyo_desktop import paths


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
