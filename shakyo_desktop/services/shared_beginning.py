"""What two stores of one district's year were both made from, told by the histories of their records.

A store that was copied to a second computer carries the history of every record. What both histories say
happened before they parted; so it is known field by field who wrote afterwards. Records that share no
history fall back to the newest report that both stores know.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.field_values import RECORD_TYPES, table_of
from shakyo_desktop.domain.joining_years import fields_that_differ
from shakyo_desktop.domain.lineage import common_parent
from shakyo_desktop.domain.records import (
    Activity,
    Change,
    GoodPractice,
    ItemStatus,
    Photo,
    Record,
    YearRecords,
)
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.field_states import state_of, with_state
from shakyo_desktop.services.kept_reports import records_of
from shakyo_desktop.storage.stores import Stores

R = TypeVar("R", bound=Record)
History = Mapping[str, tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class StoreYear:
    """One store's year: what stands, what lies in the ごみ箱, every record's history, the reports made."""

    year: YearRecords
    gone: YearRecords
    history: History
    submissions: tuple[Submission, ...]


def read_year(stores: Stores, org: str, fiscal_year: int) -> StoreYear:
    """Everything of a district's year in one store, in a fixed number of statements."""
    year, gone = stores.records.year(org, fiscal_year), stores.records.thrown_away(org, fiscal_year)
    history: dict[str, tuple[Change, ...]] = {}
    for table in RECORD_TYPES:
        ids = [one.id for one in (*every(year), *every(gone)) if table_of(one) == table]
        history.update(stores.history.of_many(table, ids))
    return StoreYear(year, gone, history, stores.submissions.of_report(org, fiscal_year))


def shared_beginning(here: StoreYear, other: StoreYear, signed: YearRecords | None) -> YearRecords:
    """The records as they were when both stores parted.

    Args:
        signed: the newest report that both know, for records whose histories have nothing in common.
    """
    mine = {one.id: one for one in (*every(here.year), *every(here.gone))}
    before = {one.id: one for one in every(signed)} if signed else {}
    found: dict[str, Record] = {}
    for theirs in (*every(other.year), *every(other.gone)):
        ours = mine.get(theirs.id)
        if ours is None:
            continue
        pasts = here.history.get(ours.id, ()), other.history.get(ours.id, ())
        if _common(*pasts):
            found[ours.id] = _parted(ours, theirs, *pasts)
    before = {key: record for key, record in before.items() if key not in found}
    return _as_year(here.year, (*found.values(), *before.values()))


def newest_common(stores: Stores, here: StoreYear, other: StoreYear) -> YearRecords | None:
    """The newest report that both stores go back to; this one keeps it as it was signed."""
    known = {one.package_id: one for one in (*other.submissions, *here.submissions)}
    found = common_parent(_counting(here), _counting(other), known)
    kept = stores.submissions.find(found.package_id) if found else None
    return records_of(stores, kept) if kept else None


def every(year: YearRecords) -> tuple[Record, ...]:
    """All records of a year."""
    return (*year.item_statuses, *year.activities, *year.photos, *year.good_practices)


def _counting(side: StoreYear) -> list[str]:
    return [one.package_id for one in side.submissions if one.state is not ReportState.WITHDRAWN][:1]


def _parted(ours: R, theirs: R, mine: Sequence[Change], other: Sequence[Change]) -> R:
    """The record when both histories parted: a field only one side wrote in is as the other side has it."""
    common = _common(mine, other)
    record = ours
    for name in fields_that_differ(ours, theirs):
        own = [row for row in mine if row.field == name and _row(row) not in common]
        their = [row for row in other if row.field == name and _row(row) not in common]
        if own:
            record = with_state(record, name, own[0].old if their else state_of(theirs, name))
    return record


def _common(mine: Iterable[Change], other: Iterable[Change]) -> set[tuple[object, ...]]:
    return {_row(row) for row in mine} & {_row(row) for row in other}


def _row(change: Change) -> tuple[object, ...]:
    """A row of history is the same in both stores when all of it is; its number is each store's own."""
    return (change.field, str(change.old), str(change.new), change.who, change.at, change.source)


def _as_year(like: YearRecords, records: Iterable[Record]) -> YearRecords:
    found = tuple(records)
    return replace(
        YearRecords(like.org, like.fiscal_year),
        item_statuses=tuple(one for one in found if isinstance(one, ItemStatus)),
        activities=tuple(one for one in found if isinstance(one, Activity)),
        photos=tuple(one for one in found if isinstance(one, Photo)),
        good_practices=tuple(one for one in found if isinstance(one, GoodPractice)),
    )
