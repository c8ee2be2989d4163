"""The wordings in which good practices are shared, and the index of the search."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "shared_wordings",
        sa.Column("org", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("practice_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("photo_ids", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Text(), nullable=False),
        sa.Column("item_number", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("org", "fiscal_year", "practice_id", name=op.f("pk_shared_wordings")),
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5"
        "(words, content='', contentless_delete=1, tokenize='ascii', prefix='1')"
    )
    op.execute(
        "CREATE TABLE search_places (id INTEGER NOT NULL PRIMARY KEY, org TEXT NOT NULL,"
        " fiscal_year INTEGER NOT NULL, record_id TEXT NOT NULL)"
    )
    op.execute("CREATE INDEX ix_search_places_year ON search_places (org, fiscal_year)")
    op.execute(
        "CREATE TABLE search_years (org TEXT NOT NULL, fiscal_year INTEGER NOT NULL,"
        " records INTEGER NOT NULL, PRIMARY KEY (org, fiscal_year))"
    )
