"""Every version of every plan as it was saved, and the drafts that are not saved yet."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, select

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.plan import Plan, PlanDraft, PlanVersion
from shakyo_desktop.storage.codec import Codec, moment_text, to_json_text
from shakyo_desktop.storage.tables import plan_drafts, plan_versions
from shakyo_desktop.storage.upserts import put

_VERSIONS = Codec(PlanVersion, plan_versions)


class PlanVersionsStore:
    """A version is written once and never changed; there is at most one draft of a plan."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_all(self, plans: Iterable[Plan], versions: Mapping[str, int], at: datetime, who: str) -> None:
        """Keep plans as these versions, by their ids."""
        rows = [
            _VERSIONS.row(PlanVersion(plan.id, versions[plan.id], who, at), content=_written(plan))
            for plan in plans
        ]
        put(self._connection, plan_versions, rows)

    def all(self, plan_id: str) -> tuple[PlanVersion, ...]:
        """The versions of a plan, the newest first."""
        columns = plan_versions.c
        statement = _VERSIONS.select().where(columns.plan_id == plan_id).order_by(columns.version.desc())
        return _VERSIONS.read_all(self._connection.execute(statement))

    def get(self, plan_id: str, version: int) -> Plan:
        """The plan as it was in this version.

        Raises:
            NotFound: there is no such version.
        """
        columns = plan_versions.c
        statement = select(columns.content).where(columns.plan_id == plan_id, columns.version == version)
        content = self._connection.scalar(statement)
        if content is None:
            raise NotFound.of(f"計画の{version}版")
        return _read(content)

    def keep_draft(self, draft: PlanDraft, at: datetime) -> None:
        """Keep a draft in the place of the plan's earlier one."""
        row = {
            "plan_id": draft.plan.id,
            "content": _written(draft.plan),
            "unread": to_json_text(dict(draft.unread)),
            "base_version": draft.base_version,
            "changed_at": moment_text(at),
        }
        put(self._connection, plan_drafts, row)

    def draft(self, plan_id: str) -> PlanDraft | None:
        """The draft of a plan, or None."""
        return next((draft for draft in self.drafts() if draft.plan.id == plan_id), None)

    def drafts(self) -> tuple[PlanDraft, ...]:
        """Every draft, by the plan's id."""
        statement = select(plan_drafts).order_by(plan_drafts.c.plan_id)
        return tuple(
            PlanDraft(_read(row.content), row.base_version, json.loads(row.unread))
            for row in self._connection.execute(statement)
        )

    def discard_draft(self, plan_id: str) -> None:
        """Forget a plan's draft; nothing happens when there is none."""
        self._connection.execute(delete(plan_drafts).where(plan_drafts.c.plan_id == plan_id))


def _written(plan: Plan) -> str:
    return msgspec.json.encode(plan).decode()


def _read(content: str) -> Plan:
    return msgspec.json.decode(content, type=Plan)
