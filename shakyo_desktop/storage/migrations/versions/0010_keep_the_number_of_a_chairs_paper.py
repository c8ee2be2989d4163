"""A report that an office keyed for its district is kept with the number of the chair's paper."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    with op.batch_alter_table("submissions") as table:
        table.add_column(sa.Column("paper_no", sa.Text(), nullable=False, server_default=""))
