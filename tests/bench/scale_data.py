"""A ward of five years: 70 districts × 5 years × 2,000 activities, copied by the database itself.

One district writes one year through the program's own stores; the database copies its rows for every other
district and year, with ids and dates of their own. 700,000 activities take a quarter of a minute.
"""

from pathlib import Path

from sqlalchemy import Connection

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import Assembly, OrganisationKind, ReportState, Stage
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services
from shakyo_desktop.storage import tables
from tests.bench.data import KEY_FILE, NOW, YEAR, clock, fill_year

DISTRICTS, YEARS, ACTIVITIES = 70, 5, 2000
_INDEXES = sorted(tables.activities.indexes, key=lambda index: str(index.name))
_STATES = ["not_started", "preparing", "running", "partial", "suspended", "ended", "not_applicable"]


def org_of(number: int) -> str:
    """The code of a district, counted from 1."""
    return f"{FICTIONAL_WARD.code}-{number:02d}"


def make_large_ward(folder: Path, districts: int = DISTRICTS, activities: int = ACTIVITIES) -> Services:
    """A ward with all its years received; the caller closes it."""
    found_office(folder, FICTIONAL_WARD, "みほん 事務", KEY_FILE, clock=clock)
    ward = open_services(folder, clock=clock)
    orgs = [org_of(number) for number in range(1, districts + 1)]
    kind, parent = OrganisationKind.DISTRICT, FICTIONAL_WARD.code
    with ward.context.database.transaction() as stores:
        names = enumerate(orgs, start=1)
        stores.organisations.save(
            *(Organisation(org, f"みほん第{at}地区部会", kind, parent=parent) for at, org in names)
        )
        for org in orgs:
            for year in range(YEAR - YEARS + 1, YEAR + 1):
                stores.submissions.add(_submission(org, year))
    first = YEAR - YEARS + 1
    fill_year(ward, orgs[0], ward.plans.plans()[0], first, activities, 0)
    with ward.context.database.transaction() as stores:
        connection = stores.figures._connection
        for index in _INDEXES:  # made once at the end, in half the time
            index.drop(connection)
        for org in orgs:
            for year in range(first, YEAR + 1):
                if (org, year) != (orgs[0], first):
                    _copy(connection, orgs[0], first, org, year)
        _mix_states(connection)
        for index in _INDEXES:
            index.create(connection)
    return ward


def _copy(connection: Connection, source: str, first: int, org: str, year: int) -> None:
    """Copy a district's year; every row gets an id and a date of its own."""
    for table in (tables.activities, tables.item_statuses):
        other = {
            "org": f"'{org}'",
            "fiscal_year": str(year),
            "id": "substr(id, 1, 24) || lower(hex(randomblob(6)))",
            "held_on": f"date(held_on, '+{year - first} years')",
        }
        names = [column.name for column in table.columns]
        quoted = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(other.get(name, f'"{name}"') for name in names)
        connection.exec_driver_sql(
            f'INSERT INTO {table.name} ({quoted}) SELECT {values} FROM "{table.name}"'
            f" WHERE org = '{source}' AND fiscal_year = {first}"
        )


def _mix_states(connection: Connection) -> None:
    """Every 実施状況 somewhere, and some 未報告."""
    cases = " ".join(f"WHEN {at} THEN '{state}'" for at, state in enumerate(_STATES))
    connection.exec_driver_sql(
        "UPDATE item_statuses SET state = CASE (rowid * 7 + item_number) % 9"
        f" {cases} WHEN 7 THEN 'running' ELSE NULL END"
    )


def _submission(org: str, year: int) -> Submission:
    return Submission(
        package_id=new_id(),
        manifest=new_id(),
        org=org,
        fiscal_year=year,
        stage=Stage.FINAL if year < YEAR else Stage.INTERIM,
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
