"""How many checks were open when a report was taken in, so that the desk need not check all reports again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    column = sa.Column("problems", sa.Integer(), nullable=False, server_default="0")
    op.add_column("submissions", column)
