"""The people the bad packages are made for, with real stores: a ward, its district and its city."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from shakyo_desktop.bootstrap import wire_services
from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.exchange.keys import Mailbox, SigningKey
from shakyo_desktop.services.beginnings import begin_office
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.own_keys import OwnKeys, keep_own_keys
from shakyo_desktop.services.registry import Services
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from shakyo_desktop.storage.stores import Stores
from tests.exchange import people

WAITING = ("held", "intake_log", "registrations", "registration_log", "blobs")
"""The tables that a package may touch that waits for a person."""


@dataclass(frozen=True)
class Holder:
    """One of the people, with what is asked before and after a file came."""

    services: Services
    folder: Path

    def dump(self) -> str:
        """Everything in the store."""
        out = io.StringIO()
        self.services.doctor.dump(out)
        return out.getvalue()

    def records(self) -> str:
        """Everything in the store but what may change when a package waits."""
        tables = self.dump().split('{"table":"')
        return "".join(table for table in tables if not table.startswith(WAITING))

    def files(self) -> list[str]:
        """Every file of the data folder."""
        return sorted(str(path) for path in self.folder.rglob("*"))

    def state(self) -> tuple[str, list[str]]:
        return self.dump(), self.files()


def registration(key: SigningKey, enc: str, state: KeyState = KeyState.ACTIVE, **changes: object):
    """A key as it stands in an office's register."""
    known = KeyRegistration(
        key=key.fingerprint,
        org=key.org,
        certificate=key.certificate,
        enc=enc,
        check_number="123456789012",
        state=state,
        first_seen=people.MADE,
        approved_at=people.MADE,
    )
    return replace(known, **changes)


def _ward(stores: Stores) -> None:
    keys = OwnKeys(people.WARD_KEY, (people.WARD_BOX,), people.RECOVERY)
    begin_office(stores, people.ORGANISATIONS[1], keys, "みほん 事務", (people.PLAN,), people.MADE)
    stores.organisations.save(*people.ORGANISATIONS)
    known = registration(people.DISTRICT_KEY, people.DISTRICT_BOX.recipient)
    stores.keys.save(known, "みほん 事務", people.MADE)


def _district(stores: Stores) -> None:
    keep_own_keys(
        stores, OwnKeys(people.DISTRICT_KEY, (people.DISTRICT_BOX,), Mailbox.generate()), people.MADE
    )
    stores.organisations.save(*people.ORGANISATIONS)
    stores.organisations.replace_offices([people.WARD], [people.OFFICE])
    stores.plans.save(people.PLAN, people.MADE)
    for name, value in {"role": "district", "org": people.DISTRICT, "office": people.WARD}.items():
        stores.settings.set(name, value)


def _city(stores: Stores) -> None:
    keys = OwnKeys(SigningKey.generate(people.CITY), (people.CITY_BOX,), people.CITY_RECOVERY)
    begin_office(stores, people.ORGANISATIONS[0], keys, "みほん 市職員", (people.PLAN,), people.MADE)
    stores.organisations.save(*people.ORGANISATIONS[:2])
    known = registration(people.WARD_KEY, people.WARD_BOX.recipient)
    stores.keys.save(known, "みほん 市職員", people.MADE)


FILLED: dict[str, Callable[[Stores], None]] = {"ward": _ward, "district": _district, "city": _city}
KEYS = {people.WARD_KEYS: "ward", people.DISTRICT_KEYS: "district", people.CITY_KEYS: "city"}


def found_holder(name: str, folder: Path) -> Holder:
    """The store of one of them in an empty folder; it is the day after the packages were made there."""
    database = Database.create(folder / DATABASE_FILE, bytes(32))
    with database.transaction() as stores:
        FILLED[name](stores)
    context = ServiceContext(database, folder, lambda: people.MADE + timedelta(days=1))
    return Holder(wire_services(context), folder)
