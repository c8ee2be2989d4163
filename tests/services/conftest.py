"""Real encrypted stores of a fictional district and its ward, and a clock that a test can turn."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shakyo_desktop.domain.catalogue import read_plan_toml
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.paths import plans_dir
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.storage.database import DATABASE_FILE, Database

WARD = Organisation("990011", "みほん区事務所", OrganisationKind.WARD, parent="990000")
DISTRICT = Organisation("990011-01", "みほん東地区部会", OrganisationKind.DISTRICT, parent="990011")
STORE_KEY = bytes(range(32))
PLAN_ID = "chiba-shakyo-7"


class Clock:
    """Answers the same moment until it is turned."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 9, 12, 5, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **units: float) -> None:
        """Go on by a ``timedelta`` (days=1, minutes=5)."""
        self.moment += timedelta(**units)


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The plan of 21 items that ships with the program."""
    return read_plan_toml((plans_dir() / "plan-chiba-shakyo-7.toml").read_text(encoding="utf-8"))


@pytest.fixture
def clock() -> Clock:
    """Saturday 12 September 2026, 14:00 in Japan."""
    return Clock()


@pytest.fixture
def district(tmp_path: Path, plan: Plan, clock: Clock) -> Iterator[ServiceContext]:
    """The open store of みほん東地区部会, in which nothing is written yet."""
    folder = tmp_path / "district"
    database = Database.create(folder / DATABASE_FILE, STORE_KEY)
    with database.transaction() as stores:
        stores.organisations.save(WARD, DISTRICT)
        stores.plans.save(plan, clock())
        for key, value in {"role": "district", "org": DISTRICT.code, "office": WARD.code}.items():
            stores.settings.set(key, value)
        stores.settings.set("person_name", "見本花子")
    yield ServiceContext(database, folder, clock)
    database.close()
