"""Facts the program keeps beside the records: drafts, own keys, set-ups, evidence, the intake's log."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from shakyo_desktop.domain.codes import ImplementationState, KeyState
from shakyo_desktop.domain.records import RecordRef

SIGNING = "signing"
MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class Draft:
    """Text of one field that was typed and not yet committed; found again after a crash."""

    ref: RecordRef
    field: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """The diary of one district, plan, item and fiscal year in figures.

    Cancelled, postponed and deleted activities are left out. A figure is None when no activity
    states it, which is not 0; ``uncounted`` activities state no number of participants.
    """

    org: str
    fiscal_year: int
    plan_id: str
    item_number: int
    activities: int
    sessions: int | None
    participants: int | None
    helpers: int | None
    uncounted: int


class ItemState(NamedTuple):
    """What a district reported about one item, no more than a cell of the matrix shows."""

    org: str
    fiscal_year: int
    plan_id: str
    item_number: int
    state: ImplementationState | None


@dataclass(frozen=True, slots=True)
class MonthCount:
    """One month ("YYYY-MM") of the diary of one district and item; figures as in ``ActivityCount``."""

    org: str
    item_number: int
    month: str
    sessions: int | None
    participants: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey:
    """A private key of this installation; ``purpose`` is SIGNING or MAILBOX.

    ``public`` is the certificate's SHA-256 in hex, or the ``age1…`` recipient; ``secret`` is what
    ``exchange.keys`` reads back. Retired mailboxes are kept for ever: old packages are sealed to them.
    """

    public: str
    purpose: str
    org: str
    secret: bytes = field(repr=False)
    created_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One line of the register's log: who moved a key from one state to another, when and why."""

    id: int
    key: str
    at: datetime
    who: str
    old: KeyState | None
    new: KeyState
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """A setup file as issued (office) or taken in (district).

    ``key`` signed it; ``manifest``, the SHA-256 of its manifest, is its identity.
    """

    manifest: str
    org: str
    key: str
    serial: int
    created_at: datetime
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One entry of a package's container as it was signed; its bytes are kept by ``sha256`` (hex)."""

    position: int
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceEntry:
    """A package in the numbered chain of (signing key, recipient organisation), sent or received.

    ``prev`` is the manifest of the package before it, as it was signed.
    """

    manifest: str
    key: str
    recipient: str
    seq: int
    package_id: str
    kind: str
    at: datetime
    prev: str | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The 部会長 has read the report and stands by it; ``content`` names what was read (a hash)."""

    org: str
    fiscal_year: int
    chair_name: str
    at: datetime
    content: str = ""


@dataclass(frozen=True, slots=True)
class HeldUsage:
    """How many packages wait for a decision and how many bytes they take."""

    count: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeLogEntry:
    """One file that was given to the intake, and what became of it. ``id`` is 0 until it is stored.

    ``run`` names the import it came with: all files that were handed over at once. Empty in older lines.
    """

    file_name: str
    verdict: str
    code: str
    at: datetime
    manifest: str = ""
    org: str = ""
    who: str = ""
    run: str = ""
    id: int = 0
