"""A fictional ward's open store, without the slow parts of a real first start."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD, family_of
from shakyo_desktop.services.plans import shipped_plans
from shakyo_desktop.storage.database import DATABASE_FILE, Database

WARD = FICTIONAL_WARD
NOW = datetime(2026, 9, 12, 5, 0, tzinfo=UTC)


def district(number: int, name: str) -> Organisation:
    """A district of the fictional ward."""
    return Organisation(f"{WARD.code}-{number:02d}", name, OrganisationKind.DISTRICT, parent=WARD.code)


@contextmanager
def office_context(folder: Path) -> Iterator[ServiceContext]:
    """A ward with its family, its plans and its role; it has no keys."""
    with Database.create(folder / DATABASE_FILE, bytes(32)) as database:
        with database.transaction() as stores:
            stores.organisations.save(*family_of(WARD))
            for plan in shipped_plans():
                stores.plans.save(plan, NOW)
            for key, value in {"role": "ward", "org": WARD.code, "person_name": "みほん 事務"}.items():
                stores.settings.set(key, value)
        yield ServiceContext(database, folder, lambda: NOW)
