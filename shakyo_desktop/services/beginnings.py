"""What a new store holds at first: who it belongs to, its keys, and what it starts to work with."""

from collections.abc import Iterable
from datetime import datetime

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services.known_organisations import family_of
from shakyo_desktop.services.own_keys import OwnKeys, keep_own_keys
from shakyo_desktop.services.setup_files import SetupFile
from shakyo_desktop.services.setup_intake import keep_setup
from shakyo_desktop.storage.stores import Stores


def begin_office(
    stores: Stores,
    own: Organisation,
    keys: OwnKeys,
    person_name: str,
    plans: Iterable[Plan],
    now: datetime,
    practice: bool = False,
) -> None:
    """Fill an office's new store: its keys, its roster's beginning, its plans."""
    _keep_identity(stores, own.kind, own.code, None, person_name, practice)
    keep_own_keys(stores, keys, now)
    stores.organisations.save(*family_of(own))
    for plan in plans:
        stores.plans.save(plan, now)


def begin_district(
    stores: Stores,
    own: str,
    keys: OwnKeys,
    setup: SetupFile,
    person_name: str,
    now: datetime,
    practice: bool = False,
) -> None:
    """Fill a district's new store: its keys, and what its office's setup says; pins the office's key."""
    _keep_identity(stores, OrganisationKind.DISTRICT, own, setup.office.code, person_name, practice)
    keep_own_keys(stores, keys, now)
    keep_setup(stores, setup, now)


def _keep_identity(
    stores: Stores, role: OrganisationKind, own: str, office: str | None, person_name: str, practice: bool
) -> None:
    settings = {
        "role": role.value,
        "org": own,
        "office": office,
        "person_name": repair_text(person_name, multiline=False).strip(),
        "practice": practice,
    }
    for key, value in settings.items():
        stores.settings.set(key, value)
