"""Paper: what was keyed box by box, what was printed and confirmed, pictures of sheets."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "keyed_boxes",
        sa.Column("org", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("form", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("box", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("keyed_by", sa.Text(), nullable=False),
        sa.Column("keyed_at", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=True),
        sa.Column("second_by", sa.Text(), nullable=False),
        sa.Column("second_at", sa.Text(), nullable=True),
        sa.Column("differed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "org", "fiscal_year", "plan_id", "form", "version", "page", "box", name=op.f("pk_keyed_boxes")
        ),
    )
    op.create_table(
        "keying_places",
        sa.Column("org", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("second_pass", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("org", "fiscal_year", name=op.f("pk_keying_places")),
    )
    op.create_table(
        "paper_pages",
        sa.Column("org", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("form", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("printed_at", sa.Text(), nullable=True),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "org", "fiscal_year", "plan_id", "form", "version", "page", name=op.f("pk_paper_pages")
        ),
    )
    op.create_table(
        "paper_scans",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blobs.sha256"],
            name=op.f("fk_paper_scans_sha256"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_scans")),
    )
    with op.batch_alter_table("paper_scans", schema=None) as batch_op:
        batch_op.create_index("ix_paper_scans_sha256", ["sha256"], unique=False)
        batch_op.create_index(
            "ix_paper_scans_sheet", ["org", "fiscal_year", "form", "version", "page"], unique=False
        )
