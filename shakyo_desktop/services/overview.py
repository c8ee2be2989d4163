"""Who has reported: one row per district, in a number of statements that does not grow with them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from shakyo_desktop.domain.calendar import FINAL, INTERIM, days_left, default_schedule, reminder_for
from shakyo_desktop.domain.codes import OrganisationKind, Reporter, ReportState, Stage
from shakyo_desktop.domain.desk_states import DeskState, desk_state
from shakyo_desktop.domain.organisations import Organisation, ScheduleEntry
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.domain.review_steps import ReviewStep, standing_check
from shakyo_desktop.domain.submission import Reply, Submission
from shakyo_desktop.services.joined_reports import JOINED
from shakyo_desktop.storage.stores import Stores

_WITHDRAWN = ReportState.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRow:
    """One district's line on the desk. ``state`` is None while nothing was taken in; ``held`` files wait.

    ``problems`` were counted when the report was taken in. ``days_left`` counts to the date that matters
    for this district now, negative when late; None when nothing is due any more. ``due_stage`` says what is
    due, ``reminder`` from which day the office reminds of it. ``open_requests`` were sent and not answered,
    ``requests_due`` is the first of their dates; ``checked_by`` took the first of two steps. ``proxy`` says
    that the report was keyed here from paper (代行入力): its answer goes on paper.
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
    desk: DeskState = DeskState.MISSING
    due_stage: Stage | None = None
    reminder: date | None = None
    requests_due: date | None = None
    checked_by: str = ""
    proxy: bool = False

    @property
    def days_late(self) -> int:
        """Days since the due date; 0 when it has not passed or nothing is due."""
        return max(0, -(self.days_left or 0))

    def owes(self, today: date) -> bool:
        """Whether a letter is due: late, to be reminded of a report, or with requests unanswered."""
        reminded = self.state is None and self.reminder is not None and self.reminder <= today
        return self.days_late > 0 or reminded or self.open_requests > 0


@dataclass(frozen=True, slots=True)
class _Desk:
    """Everything the rows are made of, read once."""

    newest: dict[str, Submission]
    replies: dict[str, Reply]
    written: dict[str, bool]
    held: Counter[str]
    asked: set[str]
    begun: set[str]
    steps: dict[str, list[ReviewStep]]
    statuses: dict[str, list[ItemStatus]]
    plans: Sequence[Plan]
    schedule: Sequence[ScheduleEntry]
    today: date


def overview_of(stores: Stores, fiscal_year: int, today: date) -> tuple[DistrictRow, ...]:
    """The rows of a fiscal year, in the order of the roster."""
    counting = [one for one in stores.submissions.of_year(fiscal_year) if one.state is not _WITHDRAWN]
    newest: dict[str, Submission] = {}
    for one in counting:
        newest.setdefault(one.org, one)
    ids = [one.package_id for one in newest.values()]
    replies: dict[str, Reply] = {}
    for reply in stores.replies.all(package_ids=ids):
        replies.setdefault(reply.package_id, reply)
    statuses: dict[str, list[ItemStatus]] = {}
    for status in stores.figures.statuses([fiscal_year]):
        statuses.setdefault(status.org, []).append(status)
    desk = _Desk(
        newest=newest,
        replies=replies,
        written={answer: at is not None for answer, (_, at) in stores.replies.files().items()},
        held=Counter(held.org for held in stores.held.all() if held.code != JOINED),
        asked=_asked_before(counting),
        begun={*stores.review.comment_counts(ids), *stores.review.mark_counts(ids)},
        steps=stores.review.steps(ids),
        statuses=statuses,
        plans=stores.plans.for_year(fiscal_year),
        schedule=stores.organisations.schedule(fiscal_year) or default_schedule(fiscal_year),
        today=today,
    )
    districts = stores.organisations.all(OrganisationKind.DISTRICT, active_only=True)
    return tuple(_row(org, desk) for org in districts)


def _asked_before(counting: Sequence[Submission]) -> set[str]:
    """The districts whose revision before the newest was sent back; revisions come newest first."""
    seen: Counter[str] = Counter()
    found = set()
    for one in counting:
        seen[one.org] += 1
        if seen[one.org] == 2 and one.state is ReportState.REQUESTED:
            found.add(one.org)
    return found


def _row(org: Organisation, desk: _Desk) -> DistrictRow:
    submission = desk.newest.get(org.code)
    reply = desk.replies.get(submission.package_id) if submission else None
    due, stage = _due(submission, desk)
    entered = {(one.plan_id, one.item_number) for one in desk.statuses.get(org.code, ()) if one.state}
    row = DistrictRow(
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
        open_requests=0,
        answer_written=reply is not None and desk.written.get(reply.answer_id, False),
        package_id=submission.package_id if submission else None,
        due_stage=stage if due else None,
        proxy=submission is not None and submission.is_proxy,
        reminder=reminder_for(desk.schedule, due) if due else None,
    )
    return _with_review(row, reply, desk)


def _with_review(row: DistrictRow, reply: Reply | None, desk: _Desk) -> DistrictRow:
    """The same row with what the office did so far."""
    steps = desk.steps.get(row.package_id or "", ())
    checked = standing_check(steps)
    requests = reply.requests if reply and row.state is ReportState.REQUESTED else ()
    return replace(
        row,
        desk=desk_state(
            row.state,
            held=row.held > 0,
            begun=checked is not None or row.package_id in desk.begun,
            asked_before=row.org in desk.asked,
        ),
        open_requests=len(requests),
        requests_due=min((one.due for one in requests if one.due), default=None),
        checked_by=checked.by if checked else "",
    )


def _due(submission: Submission | None, desk: _Desk) -> tuple[date | None, Stage]:
    """The date that counts: final once an interim report is in or its date has passed; none when done."""
    asked = submission is not None and submission.state is ReportState.REQUESTED
    if submission is not None and submission.stage is Stage.FINAL and not asked:
        return None, Stage.FINAL
    dates = {entry.kind: entry.due for entry in desk.schedule if entry.kind in (INTERIM, FINAL)}
    interim = dates.get(INTERIM)
    if submission is None and interim is not None and interim >= desk.today:
        return interim, Stage.INTERIM
    return dates.get(FINAL), Stage.FINAL
