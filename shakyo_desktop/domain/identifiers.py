"""Record identifiers: UUID version 7 (RFC 9562), which sort by the moment they were made."""

import secrets
from datetime import UTC, datetime
from uuid import UUID

UUID7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
"""Regular expression of exactly the form that ``new_id`` writes."""


def new_id(now: datetime | None = None) -> str:
    """A new identifier in its 36-character lower-case form; ``now`` (aware) fixes its time part."""
    moment = now if now is not None else datetime.now(UTC)
    milliseconds = int(moment.timestamp() * 1000) & (1 << 48) - 1
    value = milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(UUID(int=value))
