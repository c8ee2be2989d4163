"""Practice (練習): a folder of its own with visibly fictional people, which never mixes with real data."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.calendar import default_schedule
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.services.beginnings import begin_district, begin_office
from shakyo_desktop.services.context import JAPAN, utc_now
from shakyo_desktop.services.known_organisations import FICTIONAL_DISTRICT_NAMES, FICTIONAL_WARD, family_of
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.new_store import new_store
from shakyo_desktop.services.own_keys import new_own_keys
from shakyo_desktop.services.plans import shipped_plans
from shakyo_desktop.services.practice_records import practice_years
from shakyo_desktop.services.roster_list import next_code
from shakyo_desktop.services.setup_content import build_setup, setup_of
from shakyo_desktop.services.setup_files import SetupFile, open_setup

PRACTICE_LOCK = LockChoice(frozenset({"key_file"}))
"""Fictional data needs no protection, and practice must start without questions."""

PERSON = "みほん 花子"


def found_practice(
    data_dir: Path,
    role: OrganisationKind = OrganisationKind.DISTRICT,
    clock: Callable[[], datetime] = utc_now,
) -> str:
    """Make a practice store and return its organisation's code, which starts with 99.

    A district gets last year's finished report and the beginning of this year's; an office a roster.

    Raises:
        StoreMissing: the folder holds a store already (``store.exists``).
        NotSaved: the folder cannot be written.
    """
    now = clock().replace(microsecond=0)
    plans = _plans_for(fiscal_year_of(now.astimezone(JAPAN).date()))
    if role is OrganisationKind.DISTRICT:
        return _practise_as_district(data_dir, plans, now)
    return _practise_as_office(data_dir, plans, now)


def fictional_districts(names: Iterable[str] = FICTIONAL_DISTRICT_NAMES) -> tuple[Organisation, ...]:
    """Districts of the fictional ward, numbered from 1."""
    found: list[Organisation] = []
    for name in names:
        code = next_code(FICTIONAL_WARD.code, found)
        found.append(Organisation(code, name, OrganisationKind.DISTRICT, parent=FICTIONAL_WARD.code))
    return tuple(found)


def _plans_for(fiscal_year: int) -> tuple[Plan, ...]:
    """The shipped plans, stretched so that there is always one to practise with."""
    return tuple(
        replace(plan, last_fiscal_year=max(plan.last_fiscal_year, fiscal_year)) for plan in shipped_plans()
    )


def _practise_as_district(data_dir: Path, plans: tuple[Plan, ...], now: datetime) -> str:
    own, today = fictional_districts()[0].code, now.astimezone(JAPAN).date()
    with (
        new_store(data_dir, PRACTICE_LOCK, Mailbox.generate().recipient) as database,
        database.transaction() as stores,
    ):
        begin_district(stores, own, new_own_keys(own, None), _setup(plans, now), PERSON, now, practice=True)
        for year in practice_years(own, plans[0], today):
            stores.records.replace_year(own, year.fiscal_year, year)
    return own


def _practise_as_office(data_dir: Path, plans: tuple[Plan, ...], now: datetime) -> str:
    recovery = Mailbox.generate()
    own = FICTIONAL_WARD
    with new_store(data_dir, PRACTICE_LOCK, recovery.recipient) as database, database.transaction() as stores:
        begin_office(stores, own, new_own_keys(own.code, recovery), PERSON, plans, now, practice=True)
        stores.organisations.save(*fictional_districts())
    return own.code


def _setup(plans: tuple[Plan, ...], now: datetime) -> SetupFile:
    """The setup of an office that exists only for this moment."""
    keys = new_own_keys(FICTIONAL_WARD.code, Mailbox.generate())
    year = fiscal_year_of(now.astimezone(JAPAN).date())
    schedule = (*default_schedule(year - 1), *default_schedule(year))
    everybody = (*family_of(FICTIONAL_WARD), *fictional_districts())
    _, data = build_setup(keys, 1, setup_of(FICTIONAL_WARD, keys, everybody, plans, schedule), now)
    return open_setup(data, now)
