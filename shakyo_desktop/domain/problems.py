"""What a check says about a record: hard problems block handing in, soft ones ask for a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.fields import REASON_LENGTH
from shakyo_desktop.domain.records import GoodPractice, Photo, Record, RecordRef


class Level(StrEnum):
    """Neither level ever blocks saving."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Problem:
    """One rule that a record does not keep.

    Attributes:
        ref: the record, None for an item nobody has written about yet (``plan_id`` and ``item_number`` say
            which; a reason is then kept in the item's status, made for it).
        field: the field to go to, "" for the whole record.
        code: a stable word for programs (``activity.held_on.outside_year``).
        message: what is wrong and what to do, in plain Japanese.
        reason: what a person answered to a soft problem.
        asks_reason: False for a warning about a record that keeps no reasons.
    """

    ref: RecordRef | None
    field: str
    code: str
    level: Level
    message: str
    item_number: int | None = None
    plan_id: str | None = None
    reason: str = ""
    asks_reason: bool = True

    @property
    def reason_key(self) -> str:
        """Under which name ``record.reasons`` keeps the answer."""
        return reason_key(self.field, self.code)

    @property
    def answered(self) -> bool:
        """Whether a soft problem needs nothing more; a hard one is never answered, only put right.

        A reason longer than a report can carry answers nothing.
        """
        given = bool(self.reason.strip()) and len(self.reason) <= REASON_LENGTH
        return self.level is Level.SOFT and (given or not self.asks_reason)

    @property
    def blocks(self) -> bool:
        """Whether the year cannot be handed in yet because of it."""
        return not self.answered


def reason_key(field: str, code: str) -> str:
    """The name of an answer in ``record.reasons``."""
    return f"{field}:{code}"


class Findings:
    """Collects the problems of one record."""

    def __init__(self, record: Record, item_number: int | None, plan_id: str | None) -> None:
        self._record = record
        self._item_number = item_number
        self._plan_id = plan_id
        self.problems: list[Problem] = []

    def hard(self, field: str, code: str, message: str) -> None:
        """Add a problem that must be put right before handing in."""
        self._add(field, code, Level.HARD, message)

    def soft(self, field: str, code: str, message: str) -> None:
        """Add a problem that a reason answers."""
        self._add(field, code, Level.SOFT, message)

    def _add(self, field: str, code: str, level: Level, message: str) -> None:
        keeps_reasons = not isinstance(self._record, GoodPractice | Photo)
        self.problems.append(
            Problem(
                ref_of(self._record),
                field,
                code,
                level,
                message,
                self._item_number,
                self._plan_id,
                _reasons(self._record).get(reason_key(field, code), ""),
                keeps_reasons,
            )
        )


def _reasons(record: Record) -> Mapping[str, str]:
    return {} if isinstance(record, GoodPractice | Photo) else record.reasons
