"""Which earlier years came from a table: what is kept of every take-in, and whose figures rest on one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from shakyo_desktop.domain.compilation import Arrival, SourceReport
from shakyo_desktop.storage.stores import Stores

_KEY = "table_year."


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenTable:
    """One take-in: its rows of history (``first`` to ``last``), and the organisations it gave values to.

    ``undone`` once it was taken back: nothing of it counts any more.
    """

    id: str
    fiscal_year: int
    file_name: str
    at: datetime
    who: str
    values: int
    records: int
    orgs: tuple[str, ...]
    first: int
    last: int
    undone: bool = False


def note_taken(stores: Stores, taken: TakenTable) -> None:
    """Keep a take-in, or what became of it."""
    stores.settings.set(f"{_KEY}{taken.id}", {**asdict(taken), "at": taken.at.isoformat()})


def taken_tables(stores: Stores) -> tuple[TakenTable, ...]:
    """Every take-in, newest first; ids are in the order of time."""
    found = stores.settings.all(_KEY).values()
    return tuple(sorted((_read(one) for one in found), key=lambda one: one.id, reverse=True))


def orgs_from_tables(stores: Stores) -> dict[int, frozenset[str]]:
    """The organisations whose year rests on a table that was not taken back, by fiscal year."""
    years: dict[int, frozenset[str]] = {}
    for one in taken_tables(stores):
        if not one.undone:
            years[one.fiscal_year] = years.get(one.fiscal_year, frozenset()) | frozenset(one.orgs)
    return years


def from_table(sources: Iterable[SourceReport], orgs: Iterable[str]) -> tuple[str, ...]:
    """The expected districts without a signed report whose values came from a table, in the same order."""
    known = frozenset(orgs)
    return tuple(one.org for one in sources if one.arrival is Arrival.MISSING and one.org in known)


def _read(kept: dict[str, Any]) -> TakenTable:
    return TakenTable(**{**kept, "at": datetime.fromisoformat(kept["at"]), "orgs": tuple(kept["orgs"])})
