"""Between two officers: what this store knows of a handover that it made, or that it came from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shakyo_desktop.domain.keeping import SIGNING
from shakyo_desktop.storage.stores import Stores

HANDED_OVER = "handed_over"
"""Setting of a predecessor's store: when and into which file it was handed over."""
TAKEN_OVER = "taken_over"
"""Setting of a successor's store: when, from a copy of which moment, from whom."""


class Standing(StrEnum):
    """How far a successor's new registration is."""

    NOT_HANDED_IN = "not_handed_in"
    WAITING = "waiting"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Handover:
    """A handover copy that was made here."""

    at: datetime
    file_name: str


@dataclass(frozen=True, slots=True)
class Succession:
    """What a successor goes on from; ``registered_at`` is when the office's first answer was made (UTC)."""

    at: datetime
    made_at: datetime
    predecessor: str
    standing: Standing
    registered_at: datetime | None = None


def last_handover(stores: Stores) -> Handover | None:
    """The newest handover copy made here, or None."""
    row = stores.settings.get(HANDED_OVER)
    return Handover(datetime.fromisoformat(row["at"]), row["file_name"]) if row else None


def succession(stores: Stores) -> Succession | None:
    """What was taken over and how far its registration is; None in a store that nobody handed over.

    The office registers a key before it answers it: an answer to a report of the own key says so.
    """
    row = stores.settings.get(TAKEN_OVER)
    if row is None:
        return None
    own = stores.keys.own(SIGNING, retired=True)  # a key that was made anew later stays one of this person's
    sent = [entry for key in own for entry in stores.submissions.sequence(key.public)]
    replies = [stores.replies.of_package(one.package_id) for one in sent]
    answered = min((one.created_at for one in replies if one), default=None)
    if answered is not None:
        standing = Standing.REGISTERED
    else:
        standing = Standing.WAITING if sent else Standing.NOT_HANDED_IN
    return Succession(
        datetime.fromisoformat(row["at"]),
        datetime.fromisoformat(row["made_at"]),
        str(row["predecessor"]),
        standing,
        answered,
    )
