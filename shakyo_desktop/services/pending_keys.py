"""Keys whose packages wait until somebody types the number of their cover sheet."""

from dataclasses import dataclass
from datetime import date, datetime

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.submission import HeldPackage, KeyRegistration
from shakyo_desktop.services.key_states import PENDING_CODES, as_on, state_on
from shakyo_desktop.storage.stores import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingKey:
    """A key that waits for its number. The number itself is never shown: it is typed from paper."""

    key: str
    org: str
    org_name: str
    telephone: str
    first_seen: datetime
    held: int
    renewal: bool
    known_other_keys: tuple[KeyRegistration, ...]


def pending_keys(stores: Stores, today: date) -> tuple[PendingKey, ...]:
    """Every key that waits, oldest first."""
    waiting: dict[str, list[HeldPackage]] = {}
    for held in stores.held.all():
        if held.code in PENDING_CODES:
            waiting.setdefault(held.key, []).append(held)
    found = [_pending(stores, packages, today) for packages in waiting.values()]
    return tuple(sorted(found, key=lambda one: one.first_seen))


def _pending(stores: Stores, packages: list[HeldPackage], today: date) -> PendingKey:
    first = packages[0]
    org = stores.organisations.find(first.org)
    registration = stores.keys.find(first.key)
    if registration is None:
        raise ValueError("held without a registration")
    return PendingKey(
        key=first.key,
        org=first.org,
        org_name=org.name if org else first.org,
        telephone=org.telephone if org else "",
        first_seen=registration.first_seen,
        held=len(packages),
        renewal=state_on(registration, today) is not KeyState.PENDING,
        known_other_keys=tuple(
            as_on(one, today)
            for one in stores.keys.registrations(first.org)
            if one.key != first.key and one.state is not KeyState.PENDING
        ),
    )
