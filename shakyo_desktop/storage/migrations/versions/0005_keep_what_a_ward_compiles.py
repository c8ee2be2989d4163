"""What a ward compiles: versions as snapshots, the ward's words and its council's about them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "compilations",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("ward", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("compiled_at", sa.Text(), nullable=False),
        sa.Column("compiled_by", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("include_unconfirmed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compilations")),
    )
    op.create_index(
        "ix_compilations_version",
        "compilations",
        ["plan_id", "fiscal_year", "version", "ward"],
        unique=True,
    )
    op.create_table(
        "councils",
        _of_compilation("councils"),
        sa.Column("held_on", sa.Text(), nullable=True),
        sa.Column("attendance", sa.Text(), nullable=False),
        sa.Column("verification", sa.Text(), nullable=False),
        sa.Column("unread", sa.Text(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("compilation_id", name=op.f("pk_councils")),
    )
    op.create_table(
        "findings",
        _of_compilation("findings"),
        sa.Column("scope", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("challenge", sa.Text(), nullable=False),
        sa.Column("approach", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("compilation_id", "scope", "number", name=op.f("pk_findings")),
    )


def _of_compilation(table: str) -> sa.Column[str]:
    reference = sa.ForeignKey(
        "compilations.id",
        name=op.f(f"fk_{table}_compilation_id"),
        ondelete="CASCADE",
        initially="DEFERRED",
        deferrable=True,
    )
    return sa.Column("compilation_id", sa.Text(), reference, nullable=False)
