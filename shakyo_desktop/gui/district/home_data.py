"""What the home screen shows of a year, read in one go off the window's thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shakyo_desktop.domain.calendar import days_left
from shakyo_desktop.domain.codes import ImplementationState, Reporter, ReportState, Stage
from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.fiscal_year import last_day
from shakyo_desktop.domain.organisations import ScheduleEntry
from shakyo_desktop.domain.records import Activity
from shakyo_desktop.domain.submission import CorrectionRequest, Reply, Submission
from shakyo_desktop.gui.district.record_names import item_names, request_place
from shakyo_desktop.services.checking import problems_of
from shakyo_desktop.services.found_drafts import FoundDraft
from shakyo_desktop.services.last_end import News
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.succession import Handover, Succession
from shakyo_desktop.services.year_view import YearView


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item of a plan as a small square; ``expected`` of the district itself."""

    plan_id: str
    number: int
    name: str
    state: ImplementationState | None
    expected: bool


@dataclass(frozen=True, slots=True)
class HomeData:
    """A year in short.

    ``goes_on_at`` is the item to continue with, None when all is entered and right; ``places`` say where each
    of the ``requests`` points; ``news`` is there when the last work was cut short and nobody was told yet.
    """

    fiscal_year: int
    items: tuple[ItemState, ...]
    goes_on_at: tuple[str, int] | None
    due: ScheduleEntry | None
    days_left: int | None
    late: bool
    requests: tuple[CorrectionRequest, ...]
    places: tuple[str, ...]
    last: Submission | None
    reply: Reply | None
    drafts: tuple[FoundDraft, ...]
    activities: int
    newest_activity: Activity | None
    registration_ends: date | None
    today: date
    news: News | None = None
    handover: Handover | None = None
    succession: Succession | None = None

    @property
    def total(self) -> int:
        """How many items the year's plans have."""
        return len(self.items)

    @property
    def written(self) -> int:
        """How many items have a state, whoever reports them."""
        return sum(1 for item in self.items if item.state is not None)

    @property
    def entered(self) -> int:
        """How many of the items that the district reports have a state."""
        return sum(1 for item in self.items if item.expected and item.state is not None)

    @property
    def expected(self) -> int:
        """How many items the district reports."""
        return sum(1 for item in self.items if item.expected)


def read_home(services: Services, fiscal_year: int) -> HomeData:
    """Read everything the home screen shows."""
    today = services.context.today()
    view = services.recording.open_year(fiscal_year)
    items = _items(view)
    submissions = services.submission.submissions(fiscal_year)
    replies = services.replies.replies()
    of_year = {one.package_id for one in submissions}
    here = [one for one in replies if one.package_id in of_year]
    requests, names = services.replies.open_requests(fiscal_year), item_names(view)
    due = _due(services, fiscal_year, submissions)
    return HomeData(
        fiscal_year=fiscal_year,
        items=items,
        goes_on_at=_goes_on_at(view, items, today),
        due=due,
        days_left=days_left(due.due, today) if due else None,
        late=due is not None and due.due < today,
        requests=requests,
        places=tuple(request_place(one, names.get(one.record_id, "")) for one in requests),
        last=submissions[0] if submissions else None,
        reply=max(here, key=lambda one: one.created_at, default=None),
        drafts=services.recording.drafts(),
        activities=len(view.records.activities),
        newest_activity=max(
            (one for one in view.records.activities if one.held_on), key=_held_on, default=None
        ),
        registration_ends=services.replies.registration_end(),
        today=today,
        news=services.last_end.news(),
        handover=services.handover.last(),
        succession=services.handover.succession(),
    )


def state_words(submission: Submission | None) -> str:
    """Return 未提出, or what was last handed in and what became of it."""
    if submission is None:
        return "まだ提出していません"
    words = {
        ReportState.EXPORTED: "提出ファイルを作りました。USBメモリで事務所に渡したら、返事を待ちます",
        ReportState.RECEIVED: "事務所が受け取りました",
        ReportState.REQUESTED: "事務所から確認のお願いがあります",
        ReportState.ACCEPTED: "確定しました",
        ReportState.WITHDRAWN: "取り下げました",
    }.get(submission.state, submission.state.label)
    return f"第{submission.revision}版（{submission.stage.label}）{words}"


def due_words(data: HomeData) -> str:
    """Return the deadline and how far it is."""
    if data.due is None or data.days_left is None:
        return "事務所が決めた期限は、まだ届いていません"
    when = f"{data.due.name} {era_date(data.due.due)} まで"
    if data.days_left < 0:
        return f"{when}（{-data.days_left}日すぎています）"
    return f"{when}（今日まで）" if data.days_left == 0 else f"{when}（あと{data.days_left}日）"


def registration_words(end: date, today: date) -> str:
    """Return what to do about the end of this computer's registration at the office."""
    day = era_date(end)
    when = f"{day}ごろに期限（3年）になります" if end >= today else f"{day}ごろに期限（3年）を過ぎたようです"
    return (
        f"このパソコンの登録は、{when}。入力はそのまま続けられます。\n"
        "事務所に送付票を渡して、登録を続けてもらってください。続ける手続きがすんでいれば、何もしなくてかまいません。"
    )


def _held_on(activity: Activity) -> tuple[date, str]:
    return activity.held_on or date.min, activity.id


def _items(view: YearView) -> tuple[ItemState, ...]:
    states = {(one.plan_id, one.item_number): one.state for one in view.records.item_statuses}
    return tuple(
        ItemState(
            plan.id,
            item.number,
            item.name,
            states.get((plan.id, item.number)),
            item.reporter is Reporter.DISTRICT,
        )
        for plan in view.plans
        for item in plan.items
    )


def _goes_on_at(view: YearView, items: Sequence[ItemState], today: date) -> tuple[str, int] | None:
    """The first item without a state, else the first with something to settle."""
    for item in items:
        if item.expected and item.state is None:
            return item.plan_id, item.number
    stage = Stage.FINAL if today > last_day(view.records.fiscal_year) else Stage.INTERIM
    for problem in problems_of(view, stage, today):
        if problem.blocks and problem.plan_id and problem.item_number:
            return problem.plan_id, problem.item_number
    return None


def _due(services: Services, year: int, submissions: Sequence[Submission]) -> ScheduleEntry | None:
    """The next date; when all have passed and the year is not accepted, the last one that was missed."""
    ahead = services.calendar.next_due(year)
    if ahead is not None:
        return ahead
    final = services.calendar.next_due(year, Stage.FINAL)
    accepted = any(one.state is ReportState.ACCEPTED and one.stage is Stage.FINAL for one in submissions)
    return None if accepted else final
