"""Who has reported: one row per district, in a number of statements that does not grow with them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shakyo_desktop.domain.calendar import days_left
from shakyo_desktop.domain.codes import OrganisationKind, Reporter, ReportState, Stage
from shakyo_desktop.domain.organisations import Organisation, ScheduleEntry
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.domain.submission import Reply, Submission
from shakyo_desktop.services.joined_reports import JOINED
from shakyo_desktop.storage.stores import Stores

_DUE_KINDS = ("interim", "final")


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRow:
    """One district's line on the desk. ``state`` is None while nothing was taken in; ``held`` files wait.

    ``problems`` were counted when the report was taken in. ``days_left`` counts to the date that matters
    for this district now, negative when late; None when nothing is due any more.
    """

    org: str
    name: str
    telephone: str
    contact: str
    state: ReportState | None
    held: int
    received_at: datetime | None
    revision: int | None
    stage: Stage | None
    problems: int
    entered: int
    expected: int
    due: date | None
    days_left: int | None
    open_requests: int
    answer_written: bool
    package_id: str | None


@dataclass(frozen=True, slots=True)
class _Desk:
    """Everything the rows are made of, read once."""

    newest: dict[str, Submission]
    replies: dict[str, Reply]
    written: dict[str, bool]
    held: Counter[str]
    statuses: dict[str, list[ItemStatus]]
    plans: Sequence[Plan]
    schedule: Sequence[ScheduleEntry]
    today: date


def overview_of(stores: Stores, fiscal_year: int, today: date) -> tuple[DistrictRow, ...]:
    """The rows of a fiscal year, in the order of the roster."""
    newest: dict[str, Submission] = {}
    for one in stores.submissions.of_year(fiscal_year):
        if one.state is not ReportState.WITHDRAWN:
            newest.setdefault(one.org, one)
    replies: dict[str, Reply] = {}
    for reply in stores.replies.all(package_ids=[one.package_id for one in newest.values()]):
        replies.setdefault(reply.package_id, reply)
    statuses: dict[str, list[ItemStatus]] = {}
    for status in stores.figures.statuses([fiscal_year]):
        statuses.setdefault(status.org, []).append(status)
    desk = _Desk(
        newest=newest,
        replies=replies,
        written={answer: at is not None for answer, (_, at) in stores.replies.files().items()},
        held=Counter(held.org for held in stores.held.all() if held.code != JOINED),
        statuses=statuses,
        plans=stores.plans.for_year(fiscal_year),
        schedule=stores.organisations.schedule(fiscal_year),
        today=today,
    )
    districts = stores.organisations.all(OrganisationKind.DISTRICT, active_only=True)
    return tuple(_row(org, desk) for org in districts)


def _row(org: Organisation, desk: _Desk) -> DistrictRow:
    submission = desk.newest.get(org.code)
    reply = desk.replies.get(submission.package_id) if submission else None
    due = _due(submission, desk)
    entered = {(one.plan_id, one.item_number) for one in desk.statuses.get(org.code, ()) if one.state}
    return DistrictRow(
        org=org.code,
        name=org.name,
        telephone=org.telephone,
        contact=org.contact,
        state=submission.state if submission else None,
        held=desk.held[org.code],
        received_at=submission.received_at if submission else None,
        revision=submission.revision if submission else None,
        stage=submission.stage if submission else None,
        problems=submission.problems if submission else 0,
        entered=len(entered),
        expected=sum(1 for plan in desk.plans for item in plan.items if item.reporter is Reporter.DISTRICT),
        due=due,
        days_left=days_left(due, desk.today) if due else None,
        open_requests=len(reply.requests) if reply and submission and _is_asked(submission) else 0,
        answer_written=reply is not None and desk.written.get(reply.answer_id, False),
        package_id=submission.package_id if submission else None,
    )


def _is_asked(submission: Submission) -> bool:
    return submission.state is ReportState.REQUESTED


def _due(submission: Submission | None, desk: _Desk) -> date | None:
    """The date that counts: final once an interim report is in or its date has passed; none when done."""
    if submission is not None and submission.stage is Stage.FINAL and not _is_asked(submission):
        return None
    dates = {entry.kind: entry.due for entry in desk.schedule if entry.kind in _DUE_KINDS}
    interim, final = dates.get("interim"), dates.get("final")
    wants_interim = submission is None and interim is not None and interim >= desk.today
    return interim if wants_interim else final
