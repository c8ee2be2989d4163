"""The tables of what a ward compiles; the same conventions as ``tables``."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from shakyo_desktop.storage.exchange_tables import metadata as metadata
from shakyo_desktop.storage.tables import LATER, columns, keys

compilations = Table(
    "compilations",
    metadata,
    *keys(("id", Text)),
    *columns(Text, "ward plan_id compiled_at compiled_by snapshot"),
    *columns(Integer, "fiscal_year version received expected"),
    *columns(Boolean, "include_unconfirmed"),
    Index("ix_compilations_version", "plan_id", "fiscal_year", "version", "ward", unique=True),
)


def _of_compilation() -> Column[str]:
    reference = ForeignKey("compilations.id", ondelete="CASCADE", **LATER)
    return Column("compilation_id", Text, reference, primary_key=True)


findings = Table(
    "findings",
    metadata,
    _of_compilation(),
    *keys(("scope", Text), ("number", Integer)),
    *columns(Text, "outcome challenge approach"),
)

councils = Table(
    "councils",
    metadata,
    _of_compilation(),
    *columns(Text, "held_on? attendance verification unread"),
    *columns(Boolean, "approved"),
)
