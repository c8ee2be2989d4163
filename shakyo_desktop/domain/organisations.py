"""The city, its wards and their districts, and the dates they agree on."""

import re
from dataclasses import dataclass
from datetime import date

from shakyo_desktop.domain.codes import OrganisationKind

ORGANISATION_CODE = re.compile(r"[0-9]{6}(-[0-9]{2,3})?")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A city, ward or district.

    ``code`` is the national six-digit code for city and wards, ``<ward code>-<nn>`` for districts;
    text, never reused. ``active`` is False for a district that no longer reports.
    """

    code: str
    name: str
    kind: OrganisationKind
    parent: str | None = None
    telephone: str = ""
    contact: str = ""
    has_computer: bool = True
    active: bool = True


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A date of the year's calendar.

    ``kind`` is interim, final, reminder or other; only interim and final are due and count down.
    """

    id: str
    fiscal_year: int
    kind: str
    name: str
    due: date


@dataclass(frozen=True, slots=True)
class Office:
    """A receiving office as districts know it: its signing certificate and where packages are sealed to.

    ``certificate`` is DER; ``recipients`` are the ``age1…`` strings of the active mailboxes and
    ``recovery`` the recovery recipient, always sealed to as well.
    """

    org: str
    certificate: bytes
    key: str
    recipients: tuple[str, ...]
    recovery: str
    telephone: str = ""


def parent_code(code: str) -> str:
    """The ward's code of a district's code; a code without a suffix is returned as it is."""
    return code.split("-", 1)[0]


def is_office_code(code: str) -> bool:
    """Whether a code is a ward's or the city's, not a district's."""
    return parent_code(code) == code
