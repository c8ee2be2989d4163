"""A number inside the store that tells whether anything changed since a copy was made.

It is SQLite's own ``user_version``: it travels inside every copy, costs no table, and is written with the
first change after a copy, in the same transaction, so that no crash can part the two. It is random instead of
counted up, so that a store that went back to an older copy never comes to a number it had before.
"""

import secrets
from typing import Any

from sqlalchemy import Connection


def rows_changed(connection: Connection) -> int:
    """How many rows this connection has changed since it was opened."""
    raw: Any = connection.connection.dbapi_connection
    return int(raw.total_changes)


def read(connection: Connection) -> int:
    """The mark as it stands."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)


def renew(connection: Connection) -> None:
    """Give the store another mark, as part of the running transaction."""
    connection.exec_driver_sql(f"PRAGMA user_version = {secrets.randbelow(2**31 - 1) + 1}")
