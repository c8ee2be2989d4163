"""Plans with their items, and the pairs of items of two plans that stand for the same work."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.plan import Crosswalk, Direction, Goal, Item, Measure, Plan, RatingLevel
from shakyo_desktop.storage import tables
from shakyo_desktop.storage.codec import Codec, moment_text, to_json_text
from shakyo_desktop.storage.plan_versions_store import PlanVersionsStore
from shakyo_desktop.storage.upserts import put

_LISTS = {"goals": Goal, "directions": Direction, "rating_scale": RatingLevel}
_PLANS = Codec(Plan, tables.plans, without=[*_LISTS, "items"])
_ITEMS = Codec(Item, tables.plan_items, without=["measures"])
_CROSSWALK = Codec(Crosswalk, tables.crosswalk)


class PlansStore:
    """Plans in the order they were added; the order of goals, directions and items is the catalogue's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, plan: Plan, at: datetime, who: str = "") -> int:
        """Add a plan or replace the one with the same id; returns its version, which counts up from 1.

        Every version stays readable (``PlanVersionsStore``); ``who`` saved it.
        """
        return self.save_all([plan], at, who)[plan.id]

    def save_all(self, plans: Sequence[Plan], at: datetime, who: str = "") -> dict[str, int]:
        """The same for many plans, in as many statements as for one; returns their versions by id."""
        columns, items = tables.plans.c, tables.plan_items
        known = {
            row.id: row
            for row in self._connection.execute(select(columns.id, columns.version, columns.position))
        }
        places = count(max((row.position for row in known.values()), default=0) + 1)
        versions = {plan.id: known[plan.id].version + 1 if plan.id in known else 1 for plan in plans}
        rows = []
        for plan in plans:
            position = known[plan.id].position if plan.id in known else next(places)
            lists = {name: to_json_text([astuple(one) for one in getattr(plan, name)]) for name in _LISTS}
            this = {"version": versions[plan.id], "position": position, "updated_at": moment_text(at)}
            rows.append(_PLANS.row(plan, **this, **lists))
        put(self._connection, tables.plans, rows)
        if replaced := [{"replaced": plan.id} for plan in plans if plan.id in known]:
            self._connection.execute(delete(items).where(items.c.plan_id == bindparam("replaced")), replaced)
        put(self._connection, items, [row for plan in plans for row in _item_rows(plan)])
        PlanVersionsStore(self._connection).add_all(plans, versions, at, who)
        return versions

    def all(self) -> tuple[Plan, ...]:
        """Every plan, two statements in all."""
        items = self._items()
        extra = [tables.plans.c[name] for name in _LISTS]
        statement = _PLANS.select().add_columns(*extra).order_by(tables.plans.c.position)
        found = []
        for row in self._connection.execute(statement):
            lists = {
                name: tuple(kind(*values) for values in json.loads(text))
                for (name, kind), text in zip(_LISTS.items(), row[-len(_LISTS) :], strict=True)
            }
            found.append(_PLANS.read(row[: -len(_LISTS)], items=tuple(items[row.id]), **lists))
        return tuple(found)

    def _items(self) -> dict[str, list[Item]]:
        columns = tables.plan_items.c
        statement = _ITEMS.select().add_columns(columns.measures, columns.plan_id)
        items: dict[str, list[Item]] = defaultdict(list)
        for row in self._connection.execute(statement.order_by(columns.plan_id, columns.position)):
            measures = tuple(Measure(*values) for values in json.loads(row[-2]))
            items[row[-1]].append(_ITEMS.read(row[:-2], measures=measures))
        return items

    def get(self, plan_id: str) -> Plan:
        """The plan with this id.

        Raises:
            NotFound: there is none.
        """
        found = next((plan for plan in self.all() if plan.id == plan_id), None)
        if found is None:
            raise NotFound.of(f"計画 {plan_id} ")
        return found

    def for_year(self, fiscal_year: int) -> tuple[Plan, ...]:
        """The plans that are valid in a fiscal year."""
        return tuple(plan for plan in self.all() if plan.covers(fiscal_year))

    def version(self, plan_id: str) -> int:
        """How often a plan was saved; 0 when there is none."""
        columns = tables.plans.c
        return self._connection.scalar(select(columns.version).where(columns.id == plan_id)) or 0

    def remove(self, plan_id: str) -> None:
        """Remove a plan and its items; records keep its id."""
        self._connection.execute(delete(tables.plans).where(tables.plans.c.id == plan_id))

    def crosswalk(self) -> tuple[Crosswalk, ...]:
        """All pairs, in the order of plan and item."""
        statement = _CROSSWALK.select().order_by(*tables.crosswalk.primary_key.columns)
        return _CROSSWALK.read_all(self._connection.execute(statement))

    def replace_crosswalk(self, pairs: Iterable[Crosswalk]) -> None:
        """Put these pairs in the place of all that are known."""
        self._connection.execute(delete(tables.crosswalk))
        put(self._connection, tables.crosswalk, [_CROSSWALK.row(pair) for pair in set(pairs)])


def _item_rows(plan: Plan) -> Iterator[dict[str, Any]]:
    for position, item in enumerate(plan.items):
        measures = to_json_text([astuple(measure) for measure in item.measures])
        yield _ITEMS.row(item, plan_id=plan.id, position=position, measures=measures)
