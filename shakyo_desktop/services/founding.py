"""The first start: an office founds its store, a district joins its office, anybody may practise.

These functions work on a folder, before there are services; ``join`` and ``found_practice`` live in
modules of their own and are offered here too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput, StoreLocked
from shakyo_desktop.domain.organisations import ORGANISATION_CODE, Organisation
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.services.beginnings import begin_office
from shakyo_desktop.services.context import utc_now
from shakyo_desktop.services.joining import Joined, SetupPreview, district_of, join, read_setup
from shakyo_desktop.services.known_organisations import known_organisations
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.new_store import new_store
from shakyo_desktop.services.own_keys import make_sheet, new_own_keys
from shakyo_desktop.services.plans import shipped_plans
from shakyo_desktop.services.practice import found_practice
from shakyo_desktop.services.roster_list import tidy_organisation
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE, Database

__all__ = [
    "Founded",
    "Joined",
    "LockChoice",
    "SetupPreview",
    "confirm_recovery",
    "district_of",
    "found_office",
    "found_practice",
    "join",
    "known_organisations",
    "read_setup",
]


@dataclass(frozen=True, slots=True)
class Founded:
    """A new office. The recovery identity is printed and typed back before anything else is done."""

    org: str
    recovery_identity: str = field(repr=False)
    recovery_sheet_pdf: bytes = field(repr=False)


def found_office(
    data_dir: Path,
    organisation: Organisation,
    person_name: str,
    locks: LockChoice,
    clock: Callable[[], datetime] = utc_now,
    plans: Iterable[Plan] | None = None,
) -> Founded:
    """Make the store of a ward or city office: its keys, its roster's beginning, the shipped plans.

    Args:
        organisation: the office itself, with the telephone number its districts may call.
        plans: other plans than the shipped ones.

    Raises:
        BadInput: the name is missing, the code is not six digits, the passphrase is too short.
        StoreMissing: the folder holds a store already (``store.exists``).
        NotSaved: the folder cannot be written.
    """
    own = _checked_office(organisation)
    now = clock().replace(microsecond=0)
    recovery = Mailbox.generate()
    with new_store(data_dir, locks, recovery.recipient) as database, database.transaction() as stores:
        catalogues = shipped_plans() if plans is None else plans
        begin_office(stores, own, new_own_keys(own.code, recovery), person_name, catalogues, now)
    return Founded(own.code, recovery.identity, make_sheet(own, recovery, now).pdf)


def _checked_office(organisation: Organisation) -> Organisation:
    own = tidy_organisation(organisation)
    if own.kind is OrganisationKind.DISTRICT:
        raise ValueError("a district joins its office with a setup file")
    if ORGANISATION_CODE.fullmatch(own.code) is None or "-" in own.code:
        raise BadInput(f"団体コード「{own.code}」は使えません。半角の数字6けたで書いてください。")
    return own


def confirm_recovery(data_dir: Path, typed: str, clock: Callable[[], datetime] = utc_now) -> bool:
    """Whether the text typed from the recovery sheet opens the store; when it does, that is remembered.

    Set-up ends only after this (package-format.md, "Keys without an operator").
    """
    try:
        key = key_slots.open_with_recovery(data_dir, typed)
    except StoreLocked:
        return False
    with Database.open(data_dir / DATABASE_FILE, key) as database, database.transaction() as stores:
        stores.settings.set("recovery_confirmed_at", clock().isoformat())
    return True
