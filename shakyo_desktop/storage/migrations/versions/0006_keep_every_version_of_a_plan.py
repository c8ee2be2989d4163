"""Every version of a plan is kept, and a draft that is not saved as one yet."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_PARTS = {
    "goals": ("number", "name"),
    "directions": ("number", "goal", "name"),
    "rating_scale": ("code", "symbol", "words"),
}
_MEASURE = ("code", "label", "unit", "total")
_HEAD = ["id", "name", "owner", "first_fiscal_year", "last_fiscal_year", "nickname", "philosophy", "slogan"]
_ITEM = ["number", "direction", "name", "kind", "reporter"]


def upgrade() -> None:
    versions = op.create_table(
        "plan_versions",
        sa.Column("plan_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "version", name=op.f("pk_plan_versions")),
    )
    op.create_table(
        "plan_drafts",
        sa.Column("plan_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("unread", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_drafts")),
    )
    connection = op.get_bind()
    items = (
        connection.execute(sa.text("SELECT * FROM plan_items ORDER BY plan_id, position")).mappings().all()
    )
    for plan in connection.execute(sa.text("SELECT * FROM plans")).mappings().all():
        own = [_item(item) for item in items if item["plan_id"] == plan["id"]]
        parts = {name: _named(plan[name], fields) for name, fields in _PARTS.items()}
        content = {**{name: plan[name] for name in _HEAD}, **parts, "items": own}
        row = {
            "plan_id": plan["id"],
            "version": plan["version"],
            "content": json.dumps(content, ensure_ascii=False),
            "saved_by": "",
            "saved_at": plan["updated_at"],
        }
        connection.execute(versions.insert(), row)


def _item(row: sa.RowMapping) -> dict[str, object]:
    flags = {name: bool(row[name]) for name in ("priority", "new")}
    return {**{name: row[name] for name in _ITEM}, **flags, "measures": _named(row["measures"], _MEASURE)}


def _named(text: str, fields: tuple[str, ...]) -> list[dict[str, object]]:
    return [dict(zip(fields, values, strict=True)) for values in json.loads(text)]
