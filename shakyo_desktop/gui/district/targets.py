"""What another screen may point at on the recording screens."""

from dataclasses import dataclass

from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.domain.submission import CorrectionRequest


@dataclass(frozen=True, slots=True)
class NewActivity:
    """Write a new activity of today, of this item when one is named."""

    plan_id: str = ""
    item_number: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a record, or of the status of an item when no record is named; "" is the whole record."""

    ref: RecordRef | None
    field: str = ""
    plan_id: str = ""
    item_number: int | None = None


def place_of(target: object) -> Place | None:
    """Return where a target points: a request, a problem, a reference, or (plan, item, field)."""
    match target:
        case Place():
            return target
        case CorrectionRequest():
            return Place(target.ref, target.field)
        case Problem():
            return Place(target.ref, target.field, target.plan_id or "", target.item_number)
        case RecordRef():
            return Place(target)
        case (str() as plan_id, int() as number):
            return Place(None, "", plan_id, number)
        case (str() as plan_id, int() as number, str() as field):
            return Place(None, field, plan_id, number)
        case _:
            return None
