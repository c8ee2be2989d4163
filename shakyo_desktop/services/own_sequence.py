"""The next number of a package this installation sends: one chain per signing key and recipient.

A restored office cannot know what it sent after the copy was made; every chain then goes on 1,000 higher,
without a predecessor (package-format.md, "Handover and new computers"). Receipts are numbered on likewise,
so that no number stands on two of them.
"""

from datetime import datetime

from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.storage.stores import Stores

JUMP = 1_000
_FLOOR = "sequence_floor"
_SERIAL_FLOOR = "setup_serial_floor"
_RECEIPTS = "receipt_jump"
_RECEIPTS_UNTIL = "receipt_jump_until"
"""Setting: the last fiscal year of which receipts may be out there that this store does not know."""
SETUP_CONTENT = "setup_content"
"""Setting: the digest of what the newest setup says; without it the next setup is a new one."""


def next_place(stores: Stores, key: str, recipient: str) -> tuple[int, str | None]:
    """``seq`` and ``prev`` (a manifest in hex) of the next package of this key to an organisation."""
    floor = int(stores.settings.get(_FLOOR, 1))
    last = stores.submissions.last_sequence(key, recipient)
    if last is None or last.seq < floor:
        return floor, None
    return last.seq + 1, last.manifest


def next_serial(stores: Stores, org: str) -> int:
    """The serial of the next setup file of an office."""
    last = stores.setups.newest(org)
    return max(last.serial + 1 if last else 1, int(stores.settings.get(_SERIAL_FLOOR, 1)))


def next_receipt_number(stores: Stores, office: str, fiscal_year: int) -> int:
    """Count a receipt of an office and fiscal year; no number is given out twice."""
    count = stores.replies.next_receipt_number(office, fiscal_year)
    may_be_out = fiscal_year <= int(stores.settings.get(_RECEIPTS_UNTIL, fiscal_year))
    return count + int(stores.settings.get(_RECEIPTS, 0)) if may_be_out else count


def jump_ahead(stores: Stores, key: str, org: str, now: datetime) -> None:
    """Make every chain of a restored office, its setup serial and its receipts go on 1,000 higher."""
    highest = max((entry.seq for entry in stores.submissions.sequence(key)), default=0)
    stores.settings.set(_FLOOR, max(highest, int(stores.settings.get(_FLOOR, 0))) + JUMP)
    stores.settings.set(_SERIAL_FLOOR, next_serial(stores, org) - 1 + JUMP)
    receipts = max(_highest_receipt(stores, org), int(stores.settings.get(_RECEIPTS, 0)))
    until = max(int(stores.settings.get(_RECEIPTS_UNTIL, 0)), fiscal_year_of(now.astimezone(JAPAN).date()))
    stores.settings.set(_RECEIPTS, receipts + JUMP)
    stores.settings.set(_RECEIPTS_UNTIL, until)
    stores.settings.remove(SETUP_CONTENT)  # a later setup may be out there with other content


def _highest_receipt(stores: Stores, office: str) -> int:
    """The highest number on a receipt that is known here, in case the count itself is lost."""
    numbers = (one.receipt_no.rpartition("-")[2] for one in stores.replies.all() if one.office == office)
    return max((int(number) for number in numbers if number.isdecimal()), default=0)
