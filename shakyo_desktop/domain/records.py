"""The records a volunteer writes. Field names here are the field names in packages and the database.

A field that holds something the program could not read keeps None, and the text as it was typed
stands in ``unread`` under the field's name: it blocks submission and nothing else.
Fields of a mapping are named with a dot: ``breakdown.elderly``, ``measures.visits``,
``typed_totals.sessions``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from shakyo_desktop.domain.codes import (
    ActivityKind,
    Granularity,
    ImplementationState,
    Method,
    OutcomeState,
    SelfRating,
    Source,
)

MeasureValue = int | str | bool
FieldValue = int | str | bool | date | tuple[str, ...] | tuple[int, ...] | None

# Table names, the same in the database, in packages and in correction requests.
ITEM_STATUSES = "item_statuses"
ACTIVITIES = "activities"
PHOTOS = "photos"
GOOD_PRACTICES = "good_practices"


@dataclass(frozen=True, slots=True)
class RecordRef:
    """Points at one record: the table's name and the record's id (UUIDv7 text)."""

    table: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """活動記録: one activity held (``held_on``), or one month's tally (``month``, "YYYY-MM").

    ``participants`` and ``helpers`` count person-times; None means blank, which is not 0, and
    ``participants_unknown`` says that nobody counted. ``breakdown`` is by ``Beneficiary`` code.
    ``measures`` are by kind, see ``domain.fields.KIND_MEASURES``; distances in metres.
    """

    id: str
    org: str
    fiscal_year: int
    plan_id: str
    item_number: int
    related_items: tuple[int, ...] = ()
    kind: ActivityKind = ActivityKind.OTHER
    granularity: Granularity = Granularity.EVENT
    held_on: date | None = None
    month: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    outcome_state: OutcomeState = OutcomeState.HELD
    outcome_reason: str = ""
    method: Method | None = None
    venue: str = ""
    participants: int | None = None
    participants_unknown: bool = False
    breakdown: Mapping[str, int] = field(default_factory=dict)
    helpers: int | None = None
    sessions: int | None = None
    partners: tuple[str, ...] = ()
    partners_text: str = ""
    content: str = ""
    note: str = ""
    measures: Mapping[str, MeasureValue] = field(default_factory=dict)
    source: Source = Source.DIRECT
    keyed_by: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A re-encoded picture of an activity; its bytes are kept by ``sha256`` (hex)."""

    id: str
    org: str
    fiscal_year: int
    activity_id: str
    sha256: str
    size: int
    width: int
    height: int
    position: int = 0
    caption: str = ""
    consent: bool = False
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatus:
    """取組状況: one item of one plan in one fiscal year of one district.

    ``typed_totals`` holds what a person typed over the count of the diary, by total code
    (``domain.totals``); ``counted_totals`` is what the diary gave when the report was frozen.
    ``target_value`` is in thousandths of ``target_unit``. ``carried_over`` names the fields taken
    from last year and not yet confirmed. ``reasons`` answers soft problems, by problem code.
    """

    id: str
    org: str
    fiscal_year: int
    plan_id: str
    item_number: int
    state: ImplementationState | None = None
    state_reason: str = ""
    self_rating: SelfRating | None = None
    rating_reason: str = ""
    typed_totals: Mapping[str, int] = field(default_factory=dict)
    counted_totals: Mapping[str, int] = field(default_factory=dict)
    totals_reason: str = ""
    target_value: int | None = None
    target_unit: str = ""
    outcome: str = ""
    challenge: str = ""
    next_plan: str = ""
    needs_support: tuple[str, ...] = ()
    carried_over: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodPractice:
    """成果事例: a story to share, with the consent of those in it; ``photo_ids`` are photos of activities."""

    id: str
    org: str
    fiscal_year: int
    plan_id: str
    item_number: int
    title: str = ""
    story: str = ""
    consent: bool = False
    photo_ids: tuple[str, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)
    deleted_at: datetime | None = None


def blank_like(status: ItemStatus) -> ItemStatus:
    """The same item's status with its id, nobody having written anything."""
    return ItemStatus(
        id=status.id,
        org=status.org,
        fiscal_year=status.fiscal_year,
        plan_id=status.plan_id,
        item_number=status.item_number,
    )


Record = Activity | ItemStatus | GoodPractice | Photo


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a record's history: one field, one commit. Values are JSON-ready as stored."""

    id: int
    ref: RecordRef
    field: str
    old: object
    new: object
    who: str
    at: datetime
    source: Source
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class YearRecords:
    """Everything a district recorded in one fiscal year, deleted records left out."""

    org: str
    fiscal_year: int
    item_statuses: tuple[ItemStatus, ...] = ()
    activities: tuple[Activity, ...] = ()
    photos: tuple[Photo, ...] = ()
    good_practices: tuple[GoodPractice, ...] = ()
