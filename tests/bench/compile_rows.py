"""Compiling a ward's year at ×1, ×10 and ×100 of the districts; the diaries are never read."""

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import (
    Assembly,
    ImplementationState,
    Reporter,
    ReportState,
    SelfRating,
    Stage,
)
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.organisations import Organisation, OrganisationKind
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services
from tests.bench.data import KEY_FILE, NOW, YEAR, clock
from tests.bench.measuring import Row, compare

DISTRICTS = (7, 70, 700)
_TEXT = "見守りの担い手が増え、毎月の打合せで気づきを共有しています。" * 6
_REPEATS = 5


def compile_curve(folder: Path, sizes: tuple[int, ...] = DISTRICTS) -> list[Row]:
    """How compiling grows, and what it costs beyond reading, for wards that report two years of every item.

    A ward of ten times the districts may take ten times as long.
    """
    rows: list[Row] = []
    before = 0.0
    for count in sizes:
        row = _row_of_size(folder, count)
        if before:
            growth = "the ward of a tenth, times 10"
            rows.append(Row("compile", growth, row.ours, before * 10, 1.5, row.note))
        if count == DISTRICTS[1]:
            rows.append(row)
        before = row.ours
    return rows


def _row_of_size(folder: Path, count: int) -> Row:
    found_office(folder / f"compile-{count}", FICTIONAL_WARD, "みほん 事務", KEY_FILE, clock=clock)
    ward = open_services(folder / f"compile-{count}", clock=clock)
    try:
        plan = ward.plans.plans()[0]
        _report(ward, plan, count)
        return compile_row(ward, plan.id, YEAR, folder)
    finally:
        ward.close()


def compile_row(ward: Services, plan_id: str, fiscal_year: int, folder: Path) -> Row:
    """Compile a ward's year against reading the same rows from a plain file and adding them up.

    Args:
        ward: an open store with reports of this year and the last.
        folder: where the plain file is made.
    """
    plain = folder / f"plain-{new_id()}.db"
    count = _copy_plain(ward, plan_id, fiscal_year, plain)

    def ours() -> object:
        return ward.compilation.compile(plan_id, fiscal_year, include_unconfirmed=True)

    ours_ms, plain_ms = compare(ours, lambda: _add_up(plain), _REPEATS)
    districts = len(ward.compilation.sources(fiscal_year))
    note = f"{districts} districts, {count:,} item statuses of two years"
    return Row("compile", "raw sqlite3 rows + json + sums", ours_ms, plain_ms, 6.0, note)


def _report(ward: Services, plan: Plan, count: int) -> None:
    orgs = [f"{FICTIONAL_WARD.code}-{number:02d}" for number in range(1, count + 1)]
    kind, parent = OrganisationKind.DISTRICT, FICTIONAL_WARD.code
    with ward.context.database.transaction() as stores:
        stores.organisations.save(*(Organisation(org, f"みほん{org}", kind, parent=parent) for org in orgs))
        for org in orgs:
            for year in (YEAR - 1, YEAR):
                stores.submissions.add(_submission(org, year))
                stores.records.insert_all(_statuses(org, year, plan))


def _submission(org: str, year: int) -> Submission:
    return Submission(
        package_id=new_id(),
        manifest=new_id(),
        org=org,
        fiscal_year=year,
        stage=Stage.FINAL,
        assembly=Assembly.NONE,
        revision=1,
        supersedes=None,
        key="k",
        seq=1,
        prev=None,
        frozen_at=NOW,
        received_at=NOW,
        state=ReportState.ACCEPTED,
    )


def _statuses(org: str, year: int, plan: Plan) -> list[ItemStatus]:
    return [
        ItemStatus(
            id=new_id(),
            org=org,
            fiscal_year=year,
            plan_id=plan.id,
            item_number=item.number,
            state=ImplementationState.RUNNING,
            self_rating=SelfRating.GOOD,
            counted_totals={"sessions": 12, "person_times": 340, "helpers": 40, "places": 2},
            outcome=_TEXT,
            challenge=_TEXT,
            next_plan=_TEXT,
        )
        for item in plan.items
        if item.reporter is Reporter.DISTRICT
    ]


def _copy_plain(ward: Services, plan_id: str, fiscal_year: int, path: Path) -> int:
    with ward.context.database.reading() as stores:
        statuses = stores.figures.statuses([fiscal_year - 1, fiscal_year], plan_id)
    names = list(asdict(statuses[0])) if statuses else []
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(f"CREATE TABLE statuses ({', '.join(names)})")
        marks = ", ".join("?" for _ in names)
        rows = ([_plain(value) for value in asdict(one).values()] for one in statuses)
        raw.executemany(f"INSERT INTO statuses VALUES ({marks})", rows)
    return len(statuses)


def _plain(value: object) -> object:
    return json.dumps(value) if isinstance(value, dict | tuple) else value


def _add_up(path: Path) -> dict[tuple[int, int, str], int]:
    """The least that any program does: read every row, its totals and texts, and add up."""
    sums: dict[tuple[int, int, str], int] = defaultdict(int)
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        for row in raw.execute("SELECT * FROM statuses"):
            counted = json.loads(row["counted_totals"])
            counted.update(json.loads(row["typed_totals"]))
            for code, value in counted.items():
                sums[row["fiscal_year"], row["item_number"], code] += value
    return sums
