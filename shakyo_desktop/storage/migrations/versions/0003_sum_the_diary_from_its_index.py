"""An index that holds all that sums over the diary need, in place of one that only found the rows."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.drop_index("ix_activities_item", table_name="activities")
    op.create_index(
        "ix_activities_figures",
        "activities",
        [
            "fiscal_year",
            "plan_id",
            "item_number",
            "org",
            "outcome_state",
            "deleted_at",
            "granularity",
            "sessions",
            "participants",
            "helpers",
        ],
        unique=False,
    )
