"""Real encrypted stores of the people the packages are made for, copied afresh for every sequence."""

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
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
from tests.exchange import people
from tests.exchange.fixed_keys import mailbox, signing_key

KEY = bytes(32)
HOLDER_OF = {"report": "ward", "answer": "district", "setup": "district", "ward_report": "city"}


@dataclass(frozen=True)
class Holder:
    """An open store and its folder."""

    services: Services
    folder: Path

    def state(self) -> dict[str, str]:
        """The digest of every file that can hold something; a reader's own shared memory is none."""
        return {
            str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.name.endswith("-shm")
        }


@contextmanager
def fresh(name: str) -> Iterator[Holder]:
    """A store of its own: ``ward``, ``district`` or ``city``."""
    folder = Path(tempfile.mkdtemp(prefix="shakyo-fuzz-"))
    try:
        for path in _template(name).iterdir():
            shutil.copy(path, folder)
        database = Database.open(folder / DATABASE_FILE, KEY)
        services = wire_services(ServiceContext(database, folder, lambda: people.NOW))
        try:
            services.intake.log()  # the first look makes the database's journal
            yield Holder(services, folder)
        finally:
            services.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _template(name: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="shakyo-fuzz-stores-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with Database.create(folder / DATABASE_FILE, KEY) as database:
        {"ward": _ward, "district": _district, "city": _city}[name](database)
    return folder


def _ward(database: Database) -> None:
    keys = OwnKeys(people.WARD_KEY, (people.WARD_BOX,), people.RECOVERY)
    known = _registered(people.DISTRICT_KEY, people.DISTRICT_BOX)
    with database.transaction() as stores:
        begin_office(stores, people.ORGANISATIONS[1], keys, "みほん 事務", (people.PLAN,), people.MADE)
        stores.organisations.save(*people.ORGANISATIONS)
        stores.keys.save(known, "みほん 事務", people.MADE)


def _district(database: Database) -> None:
    keys = OwnKeys(people.DISTRICT_KEY, (people.DISTRICT_BOX,), mailbox("district recovery"))
    settings = {"role": "district", "org": people.DISTRICT, "office": people.WARD, "person_name": "みほん"}
    with database.transaction() as stores:
        keep_own_keys(stores, keys, people.MADE)
        stores.organisations.save(*people.ORGANISATIONS)
        stores.organisations.replace_offices([people.WARD], [people.OFFICE])
        stores.plans.save(people.PLAN, people.MADE)
        for name, value in settings.items():
            stores.settings.set(name, value)


def _city(database: Database) -> None:
    keys = OwnKeys(signing_key(people.CITY, "city"), (people.CITY_BOX,), people.CITY_RECOVERY)
    known = _registered(people.WARD_KEY, people.WARD_BOX)
    with database.transaction() as stores:
        begin_office(stores, people.ORGANISATIONS[0], keys, "みほん 市職員", (people.PLAN,), people.MADE)
        stores.organisations.save(*people.ORGANISATIONS[:2])
        stores.keys.save(known, "みほん 市職員", people.MADE)


def _registered(key: SigningKey, box: Mailbox) -> KeyRegistration:
    return KeyRegistration(
        key=key.fingerprint,
        org=key.org,
        certificate=key.certificate,
        enc=box.recipient,
        check_number="123456789012",
        state=KeyState.ACTIVE,
        first_seen=people.MADE,
        approved_at=people.MADE,
    )


@cache
def standing(name: str) -> Holder:
    """A store that stays open for readers that write nothing, or nothing that matters."""
    opened = fresh(name)
    holder = opened.__enter__()
    atexit.register(opened.__exit__, None, None, None)
    return holder
