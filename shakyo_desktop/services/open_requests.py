"""The requests that were sent to districts and not answered yet, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.records import Record, YearRecords
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.joined_reports import counted_records
from shakyo_desktop.services.papers import request_words
from shakyo_desktop.storage.stores import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    """A request that waits for its district.

    ``item``, ``place`` (which record) and ``field`` are words, empty for the whole report. ``days`` is its
    age; ``days_late`` counts from its own date, 0 when that has not passed or there is none.
    """

    org: str
    item: str
    place: str
    field: str
    text: str
    due: date | None
    asked_at: datetime
    days: int
    days_late: int

    @property
    def where(self) -> str:
        """What it is about, in one line."""
        parts = (self.item, self.place, self.field)
        return "　".join(part for part in parts if part) or "報告の全体"


def open_requests_of(
    stores: Stores, fiscal_year: int, today: date, orgs: Iterable[str] | None = None
) -> tuple[OpenRequest, ...]:
    """What these districts, or all of them, have not answered; by district, in the order of the letter."""
    wanted = None if orgs is None else set(orgs)
    waiting: dict[str, Submission] = {}
    seen: set[str] = set()
    for one in stores.submissions.of_year(fiscal_year):
        if one.state is ReportState.WITHDRAWN or one.org in seen:
            continue
        seen.add(one.org)
        if one.state is ReportState.REQUESTED and (wanted is None or one.org in wanted):
            waiting[one.package_id] = one
    return tuple(found for submission in waiting.values() for found in _of_report(stores, submission, today))


def _of_report(stores: Stores, submission: Submission, today: date) -> Iterable[OpenRequest]:
    reply = stores.replies.of_package(submission.package_id)
    if reply is None:
        return
    plans = {plan.id: plan for plan in stores.plans.all()}
    records = _by_id(counted_records(stores, submission))
    for request in reply.requests:
        item, place, field = request_words(request, records.get(request.record_id), plans)
        yield OpenRequest(
            org=submission.org,
            item=item,
            place=place,
            field=field,
            text=request.text,
            due=request.due,
            asked_at=reply.created_at,
            days=(today - reply.created_at.astimezone(JAPAN).date()).days,
            days_late=max(0, (today - request.due).days) if request.due else 0,
        )


def _by_id(year: YearRecords) -> dict[str, Record]:
    every: tuple[Record, ...] = (*year.item_statuses, *year.activities, *year.photos, *year.good_practices)
    return {record.id: record for record in every}
