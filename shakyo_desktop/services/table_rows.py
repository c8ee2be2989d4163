"""Rows of a table set against the records of an earlier year, and written into them with their history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from shakyo_desktop.domain.codes import Granularity, OrganisationKind, ReportState, Source
from shakyo_desktop.domain.earlier_year import RecordLine, TableRecord, compare_table
from shakyo_desktop.domain.field_values import ref_of, with_field
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import Activity, Change, ItemStatus, Record
from shakyo_desktop.domain.totals import count_totals, effective_totals
from shakyo_desktop.services.field_states import CREATED, state_of, with_carried_over
from shakyo_desktop.services.new_records import Beginning, blank_activity, blank_status
from shakyo_desktop.storage.stores import Stores

Totals = Mapping[tuple[str, str, int], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class HeldRecords:
    """What is held of a fiscal year: the own one, or at an office those of its districts."""

    fiscal_year: int
    plans: tuple[Plan, ...]
    orgs: tuple[Organisation, ...]
    statuses: tuple[ItemStatus, ...]
    activities: tuple[Activity, ...]
    counted: Totals
    reported: frozenset[str]
    """At an office: the districts whose signed report is here. What they signed is not touched."""


def held_records(stores: Stores, fiscal_year: int) -> HeldRecords:
    """Read a year in a number of statements that does not depend on how many districts there are."""
    known = stores.settings.some("org", "role")
    plans = stores.plans.for_year(fiscal_year)
    if known["role"] == OrganisationKind.DISTRICT.value:
        own = stores.organisations.get(known["org"])
        year = stores.records.year(own.code, fiscal_year)
        counted = _count(plans, own.code, year.activities)
        statuses = year.item_statuses
        return HeldRecords(fiscal_year, plans, (own,), statuses, year.activities, counted, frozenset())
    orgs = stores.organisations.all(OrganisationKind.DISTRICT)
    codes = {org.code for org in orgs}
    statuses = tuple(one for one in stores.figures.statuses([fiscal_year]) if one.org in codes)
    counts = {(one.org, one.plan_id, one.item_number): one.counted_totals for one in statuses}
    reports = stores.submissions.of_year(fiscal_year)
    reported = frozenset(one.org for one in reports if one.state is not ReportState.WITHDRAWN)
    return HeldRecords(fiscal_year, plans, orgs, statuses, (), counts, reported)


def effective(held: HeldRecords) -> Totals:
    """The totals that stand for every district and item, typed over or counted."""
    typed = {(one.org, one.plan_id, one.item_number): one for one in held.statuses}
    keys = {*held.counted, *typed}
    return {key: effective_totals(typed.get(key), held.counted.get(key, {})) for key in keys}


def set_against(rows: Iterable[TableRecord], held: HeldRecords) -> tuple[RecordLine, ...]:
    """Every row with the record that it is about."""
    return compare_table(rows, held.statuses, held.activities, held.counted)


@dataclass(frozen=True, slots=True)
class WrittenRows:
    """What was written: its rows of history, how many values and records, and of whom."""

    first: int
    last: int
    values: int
    records: int
    orgs: tuple[str, ...]


def write_rows(
    stores: Stores, lines: Sequence[RecordLine], held: HeldRecords, who: str, now: datetime, *, keep: bool
) -> WrittenRows | None:
    """Write what the rows bring; None when that is nothing. Statements do not grow with the rows."""
    plans = {plan.id: plan for plan in held.plans}
    made: dict[type, list[Any]] = {ItemStatus: [], Activity: []}
    changed: dict[type, list[Any]] = {ItemStatus: [], Activity: []}
    changes: list[Change] = []
    orgs: set[str] = set()
    values = 0
    for at, line in enumerate(lines):
        taken = line.taken(keep)
        if not taken and not line.new_activity:
            continue
        when = now + timedelta(milliseconds=at)  # ids rise from row to row, and the diary keeps their order
        before = line.before or _begun(line.row, plans[line.row.plan_id], held.fiscal_year, who, when)
        after: Record = before
        if line.new_activity:
            changes.append(Change(0, ref_of(before), CREATED, None, None, who, now, Source.IMPORT))
        for one in taken:
            was = after
            after = with_carried_over(with_field(was, one.field, one.wanted), one.field, False)
            if after != was:  # a new activity says 実施した already
                old, new = state_of(was, one.field), state_of(after, one.field)
                changes.append(Change(0, ref_of(before), one.field, old, new, who, now, Source.IMPORT))
        (changed if line.before else made)[type(after)].append(after)
        values += len(taken)
        orgs.add(before.org)
    if not changes:
        return None
    for kind in (ItemStatus, Activity):
        stores.records.insert_all(made[kind])
        stores.records.replace_all(changed[kind])
    first, last = stores.history.append_all(changes)
    count = sum(len(records) for group in (made, changed) for records in group.values())
    return WrittenRows(first, last, values, count, tuple(sorted(orgs)))


def _begun(row: TableRecord, plan: Plan, fiscal_year: int, who: str, now: datetime) -> ItemStatus | Activity:
    """The record that a row makes, before its values."""
    begin = Beginning(row.org, fiscal_year, now, who, Source.IMPORT)
    item: Item | None = plan.item(row.item_number)
    assert item is not None  # a row of an unknown item is a problem of the table
    if not row.when:
        return blank_status(begin, plan, item)
    blank = blank_activity(begin, plan.id, item, None)
    if len(row.when) == len("2025-06"):
        return replace(blank, granularity=Granularity.MONTHLY_TOTAL, held_on=None, month=row.when)
    held_on = date.fromisoformat(row.when)
    return replace(blank, granularity=Granularity.EVENT, held_on=held_on, month=None)


def _count(plans: Iterable[Plan], org: str, activities: Sequence[Activity]) -> Totals:
    return {
        (org, plan.id, item.number): count_totals(item, [one for one in activities if one.plan_id == plan.id])
        for plan in plans
        for item in plan.items
    }
