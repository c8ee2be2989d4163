"""代行入力: the paper of a district without a computer, keyed at its office, becomes that district's report.

The office signs it with its own key and addresses it to itself: it is kept as evidence like every report
and never travels as a file of its own. What stands for the district is the 部会長's paper, whose 受付番号 is
kept.
"""

import unicodedata
from dataclasses import dataclass

from shakyo_desktop.domain.checks import Level, Problem, to_settle
from shakyo_desktop.domain.codes import Assembly, ReportState, Stage
from shakyo_desktop.domain.compare import differences
from shakyo_desktop.domain.errors import BadInput, NotReady
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services.checking import CheckingService, problems_of
from shakyo_desktop.services.clock_check import likely_today
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import desk_of, not_to_be_keyed
from shakyo_desktop.services.freezing import frozen_year
from shakyo_desktop.services.kept_reports import records_of
from shakyo_desktop.services.keyed_places import KeyedPlace, keyed_places
from shakyo_desktop.services.proxy_freezing import freeze_keyed
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.services.whole_imports import WholeImports
from shakyo_desktop.services.year_view import YearView, view_year
from shakyo_desktop.storage.stores import Stores

NAME_LENGTH, NUMBER_LENGTH = 40, 40
_KEPT = "入力した内容はこのパソコンに残っています。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyState:
    """Where a district's keyed year stands. ``places`` say for each open problem which box it is about.

    ``last`` is the newest report that counts, whoever made it; ``locked`` says in words why nothing can be
    keyed or reported now. ``changed`` is False when the newest report says the same already. ``keyed`` counts
    what was keyed. ``waiting`` files of the district wait for a person's decision. ``sent_on`` says that the
    office has handed its own report of the year to its city.
    """

    org: str
    name: str
    has_computer: bool
    problems: tuple[Problem, ...]
    places: dict[Problem, KeyedPlace]
    last: Submission | None
    locked: str
    changed: bool
    keyed: int
    waiting: int
    sent_on: bool
    plans: tuple[Plan, ...]

    @property
    def open(self) -> tuple[Problem, ...]:
        """What has to be put right or answered first."""
        return tuple(to_settle(self.problems))

    @property
    def undoable(self) -> bool:
        """Whether the newest report was made here and nothing was decided about it."""
        return self.last is not None and self.last.is_proxy and self.last.state is ReportState.RECEIVED


class ProxyReportService:
    """Makes reports of what an office keyed for one of its districts."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def state(self, org: str, fiscal_year: int, stage: Stage) -> ProxyState:
        """Everything that stands between a keyed year and its report; every item gets its status first."""
        RecordingService(self._context, org).open_year(fiscal_year)
        with self._context.database.reading() as stores:
            desk = desk_of(self._context, stores, org)
            view = view_year(desk, fiscal_year)
            problems = problems_of(view, stage, likely_today(self._context))
            last = stores.submissions.newest(org, fiscal_year)
            locking = desk.locking(fiscal_year)
            whose = stores.organisations.get(org)
            keyed = stores.paper.of_year(org, fiscal_year)
            return ProxyState(
                org=org,
                name=whose.name,
                has_computer=whose.has_computer,
                problems=problems,
                places=keyed_places(view, to_settle(problems), keyed),
                last=last,
                locked=not_to_be_keyed(locking).message if locking else "",
                changed=_is_changed(stores, view, last, stage),
                keyed=sum(1 for _, box in keyed if box.text.strip()),
                waiting=sum(1 for held in stores.held.all() if held.org == org),
                sent_on=_is_sent_on(stores, fiscal_year),
                plans=view.plans,
            )

    def answer(self, org: str, problem: Problem, reason: str) -> None:
        """Keep the reason that the district's paper gives for a soft problem.

        Raises:
            NotReady: the problem is hard, or the year is locked.
        """
        CheckingService(self._context, org).answer(problem, reason)

    def report(
        self,
        org: str,
        fiscal_year: int,
        stage: Stage,
        assembly: Assembly,
        chair_name: str,
        paper_no: str,
    ) -> Submission:
        """報告にする: sign the keyed year for its district; it is received from now on.

        Args:
            chair_name: the 部会長 who confirmed the paper.
            paper_no: the 受付番号 in the 受付欄 of that paper.

        Raises:
            BadInput: a name or number is missing, too long, or the number was used before.
            NotReady: problems are open, nothing was keyed, or the year's report cannot be replaced now.
        """
        name, number = _name(chair_name), _number(paper_no)
        with self._context.database.transaction() as stores:
            desk = desk_of(self._context, stores, org)
            desk.expect_open(fiscal_year)
            _expect_unused(stores, number)
            view = view_year(desk, fiscal_year)
            _expect_settled(problems_of(view, stage, likely_today(self._context)))
            year = frozen_year(view.records, view.plans)
            if not (year.item_statuses or year.activities):
                raise NotReady(
                    f"まだ何も入力されていません。\n{_KEPT}\n「紙から入力」で用紙を入力してください。",
                    code="proxy.empty",
                )
            return freeze_keyed(self._context, desk, year, stage, assembly, name, number)

    def undo(self, package_id: str) -> None:
        """Take the report back, to correct what was keyed: everything keyed stays.

        Raises:
            NotReady: something later depends on it, and the message says what.
        """
        with self._context.database.reading() as stores:
            manifest = stores.submissions.get(package_id).manifest
        WholeImports(self._context).undo("", manifest)


def _is_changed(stores: Stores, view: YearView, last: Submission | None, stage: Stage) -> bool:
    if last is None or last.stage is not stage:
        return True
    return bool(differences(records_of(stores, last), frozen_year(view.records, view.plans)))


def _is_sent_on(stores: Stores, fiscal_year: int) -> bool:
    return stores.submissions.newest(str(stores.settings.get("org")), fiscal_year) is not None


def _expect_unused(stores: Stores, number: str) -> None:
    used = [one for one in stores.submissions.of_paper(number) if one.state is not ReportState.WITHDRAWN]
    if used:
        one = used[0]
        name = stores.organisations.get(one.org).name
        raise BadInput(
            f"受付番号「{number}」は、{name}の{fiscal_year_name(one.fiscal_year)}の第{one.revision}版で"
            f"使っています。\n{_KEPT}\n紙の受付欄の番号を確かめて、入れ直してください。",
            code="proxy.number_used",
        )


def _name(text: str) -> str:
    name = repair_text(text, multiline=False).strip()
    if not name or len(name) > NAME_LENGTH:
        raise BadInput(
            f"部会長のお名前を、{NAME_LENGTH}文字までで入れてください。\n{_KEPT}", code="proxy.chair_name"
        )
    return name


def _number(text: str) -> str:
    """The 受付番号 as it is compared: full-width and half-width digits are the same number."""
    number = unicodedata.normalize("NFKC", repair_text(text, multiline=False)).strip()
    if not number or len(number) > NUMBER_LENGTH:
        raise BadInput(
            f"部会長の紙の受付欄にある受付番号を、{NUMBER_LENGTH}文字までで入れてください。\n{_KEPT}\n"
            "まだ番号がないときは、紙に番号を書いてから入れてください。",
            code="proxy.number",
        )
    return number


def _expect_settled(problems: tuple[Problem, ...]) -> None:
    settle = to_settle(problems)
    if settle:
        hard = sum(1 for one in settle if one.level is Level.HARD)
        raise NotReady(
            f"まだ直すところがあります（直す {hard}件、理由を書く {len(settle) - hard}件）。\n{_KEPT}\n"
            "一覧から開いて、紙と比べて直してください。",
            code="submission.problems",
        )
