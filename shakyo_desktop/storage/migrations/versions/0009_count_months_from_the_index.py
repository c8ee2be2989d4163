"""The index that sums over the diary read holds the days too, so that months are counted from it alone."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.drop_index("ix_activities_figures", table_name="activities")
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
            "held_on",
            "month",
        ],
        unique=False,
    )
