"""The tables. Column names are the field names of the domain's dataclasses; ``codec`` relies on it.

Dates are ISO text, times UTC text of fixed width (so that text order is time order), mappings and tuples
canonical JSON text, bytes of any size rows of ``blobs``. A change here needs a migration.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A reference may point at a row that the same transaction writes later.
LATER: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"}


def columns(kind: Any, names: str, **options: Any) -> list[Column[Any]]:
    """Columns of one kind; a name that ends in ``?`` may be empty."""
    return [Column(name.rstrip("?"), kind, nullable=name.endswith("?"), **options) for name in names.split()]


def keys(*names_and_kinds: tuple[str, Any]) -> list[Column[Any]]:
    """Columns of the primary key, given by the program and never counted by the database."""
    return [Column(name, kind, primary_key=True, autoincrement=False) for name, kind in names_and_kinds]


def blob(name: str = "sha256", nullable: bool = False) -> Column[Any]:
    """A column that names bytes in ``blobs`` by their SHA-256 in hex."""
    return Column(name, Text, ForeignKey("blobs.sha256", **LATER), nullable=nullable, index=True)


def _record_table(name: str, *parts: Any) -> Table:
    """A record of a district: the office holds those of all districts and years."""
    identity = keys(("org", Text), ("fiscal_year", Integer), ("id", Text))
    return Table(name, metadata, *identity, *parts, Index(f"ix_{name}_id", "id"))


activities = _record_table(
    "activities",
    *columns(Text, "plan_id related_items kind granularity held_on? month? start_time? end_time?"),
    *columns(Integer, "item_number participants? helpers? sessions?"),
    *columns(Text, "outcome_state outcome_reason method? venue breakdown partners partners_text"),
    *columns(Text, "content note measures source keyed_by reasons unread deleted_at?"),
    *columns(Boolean, "participants_unknown"),
    # Holds all that sums need (``figures_store``): 140,000 activities in 0.05 s instead of 2.
    Index(
        "ix_activities_figures",
        *("fiscal_year", "plan_id", "item_number", "org", "outcome_state", "deleted_at"),
        *("granularity", "sessions", "participants", "helpers", "held_on", "month"),
    ),
    Index("ix_activities_held_on", "org", "held_on"),
)

photos = _record_table(
    "photos",
    *columns(Text, "activity_id caption deleted_at?"),
    blob(),
    *columns(Integer, "size width height position"),
    *columns(Boolean, "consent"),
    ForeignKeyConstraint(
        ["org", "fiscal_year", "activity_id"],
        ["activities.org", "activities.fiscal_year", "activities.id"],
        ondelete="CASCADE",
        **LATER,
    ),
    Index("ix_photos_activity", "org", "fiscal_year", "activity_id"),
)

item_statuses = _record_table(
    "item_statuses",
    *columns(Text, "plan_id state? state_reason self_rating? rating_reason typed_totals counted_totals"),
    *columns(Integer, "item_number target_value?"),
    *columns(Text, "totals_reason target_unit outcome challenge next_plan needs_support carried_over"),
    *columns(Text, "reasons unread"),
    # Not unique: a report that states an item twice is a fault to answer, and must be kept as it was signed.
    Index("ix_item_statuses_item", "fiscal_year", "plan_id", "item_number", "org"),
)

good_practices = _record_table(
    "good_practices",
    *columns(Text, "plan_id title story photo_ids unread deleted_at?"),
    *columns(Integer, "item_number"),
    *columns(Boolean, "consent"),
    Index("ix_good_practices_item", "fiscal_year", "plan_id", "item_number"),
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    *columns(Text, "table record_id field old new who at source"),
    Column("undoes", Integer, ForeignKey("history.id"), nullable=True),
    Index("ix_history_record", "table", "record_id", "id"),
)
# Only for the few rows that undo another: a field's commit writes one page less. Naming another database's
# option here would load its dialect at every start; there the index is a whole one.
Index(
    "ix_history_undoes",
    history.c.undoes,
    sqlite_where=history.c.undoes.is_not(None),
)

drafts = Table(
    "drafts",
    metadata,
    *keys(("table", Text), ("record_id", Text), ("field", Text)),
    *columns(Text, "text at"),
)

blobs = Table(
    "blobs",
    metadata,
    *keys(("sha256", Text)),
    *columns(Integer, "size"),
    *columns(LargeBinary, "data"),
)

settings = Table("settings", metadata, *keys(("key", Text)), *columns(Text, "value"))

deletions = Table(
    "deletions",
    metadata,
    *keys(("id", Text)),
    *columns(Integer, "fiscal_year"),
    *columns(Text, "deleted_at who kept_until counts manifests erased_at?"),
    *columns(Boolean, "kept_compilations"),
)

organisations = Table(
    "organisations",
    metadata,
    *keys(("code", Text)),
    *columns(Text, "name kind parent? telephone contact"),
    *columns(Boolean, "has_computer active"),
)

offices = Table(
    "offices",
    metadata,
    *keys(("org", Text), ("key", Text)),
    *columns(Text, "recipients recovery telephone"),
    *columns(LargeBinary, "certificate"),
)

schedule = Table(
    "schedule",
    metadata,
    *keys(("id", Text)),
    *columns(Integer, "fiscal_year", index=True),
    *columns(Text, "kind name due"),
)

setups = Table(
    "setups",
    metadata,
    *keys(("manifest", Text)),
    *columns(Text, "org key created_at stored_at"),
    *columns(Integer, "serial"),
    blob(),
)

plans = Table(
    "plans",
    metadata,
    *keys(("id", Text)),
    *columns(Text, "name owner goals directions nickname philosophy slogan rating_scale updated_at"),
    *columns(Integer, "first_fiscal_year last_fiscal_year position version"),
)

plan_items = Table(
    "plan_items",
    metadata,
    Column("plan_id", Text, ForeignKey("plans.id", ondelete="CASCADE", **LATER), primary_key=True),
    *keys(("number", Integer)),
    *columns(Integer, "position direction"),
    *columns(Text, "name kind reporter measures"),
    *columns(Boolean, "priority new"),
)

crosswalk = Table(
    "crosswalk",
    metadata,
    *keys(("plan_id", Text), ("item_number", Integer)),
    *keys(("other_plan_id", Text), ("other_item_number", Integer)),
)

plan_versions = Table(
    "plan_versions",
    metadata,
    *keys(("plan_id", Text), ("version", Integer)),
    *columns(Text, "content saved_by saved_at"),
)

plan_drafts = Table(
    "plan_drafts",
    metadata,
    *keys(("plan_id", Text)),
    *columns(Text, "content unread changed_at"),
    *columns(Integer, "base_version"),
)
