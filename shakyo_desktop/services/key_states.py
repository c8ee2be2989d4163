"""What the register says about a key on a day: an approval runs out by itself after three years."""

from dataclasses import replace
from datetime import date, timedelta

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.submission import KeyRegistration

YEARS_OF_REGISTRATION = 3
SOON = timedelta(days=60)
"""How long before its end a registration is spoken of."""
PENDING_CODES = ("key.pending", "key.expired")
"""Why a package is held until its sender's number is typed."""
RENEWED, HANDOVER = "期限の更新", "引継ぎ"
"""Notes of the register's log that say why a state changed."""


def state_on(registration: KeyRegistration, day: date) -> KeyState:
    """The state on a day in Japan; the last day of a term still counts."""
    ended = registration.expires_on is not None and registration.expires_on < day
    if registration.state is KeyState.ACTIVE and ended:
        return KeyState.EXPIRED
    return registration.state


def as_on(registration: KeyRegistration, day: date) -> KeyRegistration:
    """The registration with its state on a day."""
    return replace(registration, state=state_on(registration, day))


def end_of_term(day: date) -> date:
    """The last day of a registration that is approved on ``day``; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + YEARS_OF_REGISTRATION)
    except ValueError:
        return day.replace(year=day.year + YEARS_OF_REGISTRATION, day=28)


def ends_soon(end: date, day: date) -> bool:
    """Whether the last day of a registration is near, or past, on ``day``."""
    return day >= end - SOON
