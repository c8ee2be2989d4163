"""The tables of a report: one district's fiscal year as it was written.

A line holds the fields of the domain record without the district and the year, which package.json
says, without unread text (a report with any cannot be made) and without deleted records.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from shakyo_desktop.domain.codes import (
    ActivityKind,
    Beneficiary,
    Granularity,
    ImplementationState,
    Method,
    OutcomeState,
    Partner,
    SelfRating,
    Source,
    Support,
)
from shakyo_desktop.domain.fields import MAX_NUMBER
from shakyo_desktop.domain.records import (
    ACTIVITIES,
    GOOD_PRACTICES,
    ITEM_STATUSES,
    PHOTOS,
    Activity,
    GoodPractice,
    ItemStatus,
    Photo,
    YearRecords,
)
from shakyo_desktop.exchange import wire
from shakyo_desktop.exchange.jpeg import MAX_PHOTO, MAX_SIDE
from shakyo_desktop.exchange.lines import TableForm, fields_of, row_of
from shakyo_desktop.exchange.refusal import require
from shakyo_desktop.exchange.wire import ClockTime, Code, Count, FieldName, ItemNumber, Uuid7

PlanId = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z][0-9A-Za-z._-]{0,59}\Z")]
TargetValue = Annotated[int, Meta(ge=0, le=9_999_999_999)]
MeasureValue = Annotated[int, Meta(ge=0, le=MAX_NUMBER)] | wire.Text60 | bool
Totals = Annotated[dict[Code, Count], Meta(max_length=60)]


class ItemStatusLine(wire.Wire, frozen=True, kw_only=True):
    """``records.ItemStatus``: targets in thousandths."""

    id: Uuid7
    plan_id: PlanId
    item_number: ItemNumber
    state: ImplementationState | None
    state_reason: wire.Text200
    self_rating: SelfRating | None
    rating_reason: wire.Text200
    typed_totals: Totals
    counted_totals: Totals
    totals_reason: wire.Text200
    target_value: TargetValue | None
    target_unit: wire.Text20
    outcome: wire.Text300
    challenge: wire.Text300
    next_plan: wire.Text300
    needs_support: Annotated[list[Support], Meta(max_length=20)]
    carried_over: Annotated[list[FieldName], Meta(max_length=100)]
    reasons: wire.Reasons


class ActivityLine(wire.Wire, frozen=True, kw_only=True):
    """``records.Activity``: distances in metres; null is blank and not 0."""

    id: Uuid7
    plan_id: PlanId
    item_number: ItemNumber
    related_items: Annotated[list[ItemNumber], Meta(max_length=60)]
    kind: ActivityKind
    granularity: Granularity
    held_on: date | None
    month: wire.Month | None
    start_time: ClockTime | None
    end_time: ClockTime | None
    outcome_state: OutcomeState
    outcome_reason: wire.Text200
    method: Method | None
    venue: wire.Text60
    participants: Count | None
    participants_unknown: bool
    breakdown: Annotated[dict[Beneficiary, Count], Meta(max_length=10)]
    helpers: Count | None
    sessions: Count | None
    partners: Annotated[list[Partner], Meta(max_length=20)]
    partners_text: wire.Text100
    content: wire.Text200
    note: wire.Text400
    measures: Annotated[dict[Code, MeasureValue], Meta(max_length=40)]
    source: Source
    keyed_by: wire.Text60
    reasons: wire.Reasons


class PhotoLine(wire.Wire, frozen=True, kw_only=True):
    """``records.Photo``: ``size`` in bytes, the sides in pixels; the picture is the entry of its id."""

    id: Uuid7
    activity_id: Uuid7
    sha256: wire.Sha256Hex
    size: Annotated[int, Meta(ge=1, le=MAX_PHOTO)]
    width: Annotated[int, Meta(ge=1, le=MAX_SIDE)]
    height: Annotated[int, Meta(ge=1, le=MAX_SIDE)]
    position: Count
    caption: wire.Text60
    consent: bool


class GoodPracticeLine(wire.Wire, frozen=True, kw_only=True):
    """``records.GoodPractice``; its photos are among those of the report."""

    id: Uuid7
    plan_id: PlanId
    item_number: ItemNumber
    title: wire.Text60
    story: wire.Text2000
    consent: bool
    photo_ids: Annotated[list[Uuid7], Meta(max_length=60)]


STATUS_TABLE = TableForm(ITEM_STATUSES, ItemStatusLine, frozenset({"outcome", "challenge", "next_plan"}))
ACTIVITY_TABLE = TableForm(ACTIVITIES, ActivityLine, frozenset({"content", "note"}))
PHOTO_TABLE = TableForm(PHOTOS, PhotoLine)
PRACTICE_TABLE = TableForm(GOOD_PRACTICES, GoodPracticeLine, frozenset({"story"}))
REPORT_TABLES = (ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, PHOTOS)


def report_tables(year: YearRecords) -> dict[str, tuple[bytes, ...]]:
    """A year's records as the tables of a report.

    Deleted records, photos of deleted activities and mentions of photos that are not sent are left
    out. ``ValueError`` when a record still holds text that could not be read.
    """
    activities = [activity for activity in year.activities if activity.deleted_at is None]
    practices = [practice for practice in year.good_practices if practice.deleted_at is None]
    records: list[Activity | GoodPractice | ItemStatus] = [*activities, *practices, *year.item_statuses]
    if any(record.unread for record in records):
        raise ValueError("a record holds unread text")
    photos = photos_to_send(year)
    sent = {photo.id for photo in photos}
    practice_rows = []
    for practice in practices:
        row = row_of(practice, GoodPracticeLine.__struct_fields__)
        row["photo_ids"] = [photo_id for photo_id in practice.photo_ids if photo_id in sent]
        practice_rows.append(row)
    return {
        ACTIVITIES: ACTIVITY_TABLE.write_records(activities),
        GOOD_PRACTICES: PRACTICE_TABLE.write(practice_rows),
        ITEM_STATUSES: STATUS_TABLE.write_records(year.item_statuses),
        PHOTOS: PHOTO_TABLE.write_records(photos),
    }


def photos_to_send(year: YearRecords) -> tuple[Photo, ...]:
    """The photos a report of this year carries: not deleted, of activities that are not deleted."""
    activities = {activity.id for activity in year.activities if activity.deleted_at is None}
    return tuple(
        photo for photo in year.photos if photo.deleted_at is None and photo.activity_id in activities
    )


def read_report_tables(
    tables: Mapping[str, bytes | memoryview], org: str, fiscal_year: int, newer: bool
) -> tuple[YearRecords, int]:
    """A report's records, and the number of unknown fields of a newer minor version.

    Raises:
        PackageRefused: ``json.…``, ``data.schema``, ``data.order``, ``data.reference``, ``text.…``.
    """
    activity_lines, unknown_activities = ACTIVITY_TABLE.read(tables[ACTIVITIES], newer)
    practice_lines, unknown_practices = PRACTICE_TABLE.read(tables[GOOD_PRACTICES], newer)
    status_lines, unknown_statuses = STATUS_TABLE.read(tables[ITEM_STATUSES], newer)
    photo_lines, unknown_photos = PHOTO_TABLE.read(tables[PHOTOS], newer)
    activity_ids = {line.id for line in activity_lines}
    photo_ids = {line.id for line in photo_lines}
    require(all(line.activity_id in activity_ids for line in photo_lines), "data.reference", PHOTOS)
    require(
        all(photo_ids.issuperset(line.photo_ids) for line in practice_lines), "data.reference", GOOD_PRACTICES
    )
    whose: dict[str, Any] = {"org": org, "fiscal_year": fiscal_year}
    year = YearRecords(
        org,
        fiscal_year,
        item_statuses=tuple(ItemStatus(**whose, **fields_of(line)) for line in status_lines),
        activities=tuple(Activity(**whose, **fields_of(line)) for line in activity_lines),
        photos=tuple(Photo(**whose, **fields_of(line)) for line in photo_lines),
        good_practices=tuple(GoodPractice(**whose, **fields_of(line)) for line in practice_lines),
    )
    return year, unknown_activities + unknown_practices + unknown_statuses + unknown_photos
