"""Who did what with a report at its office, and which files came in together.

What an older store knows of it is taken over: receipts, decisions and reopenings.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "review_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_steps")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_steps_package_id"), "review_steps", ["package_id"], unique=False)
    op.add_column("intake_log", sa.Column("run", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_intake_log_run", "intake_log", ["run"], unique=False)
    op.create_index("ix_intake_log_manifest", "intake_log", ["manifest"], unique=False)
    _take_over()


def _take_over() -> None:
    connection = op.get_bind()
    settings = {row[0]: row[1] for row in connection.execute(sa.text("SELECT key, value FROM settings"))}
    if settings.get("role") != '"ward"':
        return
    received = sa.text("SELECT package_id, received_at FROM submissions WHERE received_at IS NOT NULL")
    decided = sa.text("SELECT package_id, result, created_at FROM replies")
    steps = [(package_id, "received", "", at, "") for package_id, at in connection.execute(received)]
    for package_id, result, at in connection.execute(decided):
        steps.append((package_id, "requested" if result == "returned" else "accepted", "", at, ""))
    steps += [step for key, value in settings.items() if (step := _reopening(key, value))]
    if steps:
        names = ("package_id", "step", "by", "at", "note")
        rows = [dict(zip(names, step, strict=True)) for step in sorted(steps, key=lambda step: step[3])]
        table = sa.table("review_steps", *(sa.column(name) for name in names))
        connection.execute(table.insert(), rows)


def _reopening(key: str, value: str) -> tuple[str, str, str, str, str] | None:
    """An office kept it under ``reopened.<package_id>.<moment>``."""
    name, _, rest = key.partition(".")
    package_id, _, at = rest.partition(".")
    if name != "reopened" or "T" not in at:
        return None
    note = json.loads(value)
    moment = f"{at.removesuffix('+00:00')}.000000Z"
    return package_id, "reopened", str(note.get("who", "")), moment, str(note.get("reason", ""))
