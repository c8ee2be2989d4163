"""Handing in: what is still open, freezing a revision, writing its file, its cover sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.domain.checks import Level, Problem, to_settle
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.compare import differences
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.submission import CorrectionRequest, Submission
from shakyo_desktop.services.checking import CheckingService, problems_of
from shakyo_desktop.services.clock_check import likely_today
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import desk_of
from shakyo_desktop.services.freezing import freeze_year, frozen_year, own_organisation
from shakyo_desktop.services.kept_reports import records_of
from shakyo_desktop.services.own_keys import own_check_number
from shakyo_desktop.services.papers import cover_sheet_pdf, report_copy_pdf
from shakyo_desktop.services.replies import requests_to_answer
from shakyo_desktop.services.sent_packages import Cancelled, Progress, write_kept
from shakyo_desktop.services.verified_write import WrittenFile
from shakyo_desktop.services.works import Work
from shakyo_desktop.services.year_view import view_year


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between a year and its file.

    ``hard`` problems block; ``soft`` ones wait for a reason, ``answered`` have one.
    ``changed_since_last`` is False when the newest revision already says the same.
    """

    hard: tuple[Problem, ...]
    soft: tuple[Problem, ...]
    answered: tuple[Problem, ...]
    changed_since_last: bool
    open_requests: tuple[CorrectionRequest, ...]
    last: Submission | None

    @property
    def ready(self) -> bool:
        """Whether a file can be made now."""
        return not self.hard and not self.soft


class SubmissionService:
    """A district's way of handing its year in."""

    def __init__(self, context: ServiceContext, checking: CheckingService) -> None:
        self._context = context
        self._checking = checking

    def readiness(self, fiscal_year: int, stage: Stage) -> Readiness:
        """Every open point of a year, and whether anything changed since it was last handed in."""
        problems = self._checking.problems(fiscal_year, stage)
        with self._context.database.reading() as stores:
            org = own_organisation(stores)
            last = stores.submissions.newest(org.code, fiscal_year)
            records = stores.records.year(org.code, fiscal_year)
            plans = stores.plans.for_year(fiscal_year)
            changed = last is None or bool(differences(records_of(stores, last), frozen_year(records, plans)))
            requests = requests_to_answer(stores, org.code, fiscal_year)
        return Readiness(
            hard=tuple(one for one in problems if one.level == "hard"),
            soft=tuple(one for one in problems if one.level == "soft" and not one.answered),
            answered=tuple(one for one in problems if one.level == "soft" and one.answered),
            changed_since_last=changed or (last is not None and last.stage is not stage),
            open_requests=requests,
            last=last,
        )

    def freeze(self, fiscal_year: int, stage: Stage, assembly: Assembly, chair_name: str = "") -> Submission:
        """Sign the year as it is now and keep it: its number, time and content are committed together.

        Nothing is written to a stick yet; ``write`` does that as often as it is needed.

        Raises:
            NotReady: problems are open, or the year's newest revision is accepted and was not reopened.
        """
        with self._context.database.transaction() as stores:
            view = view_year(desk_of(self._context, stores), fiscal_year)
            _expect_settled(problems_of(view, stage, likely_today(self._context)))
            return freeze_year(self._context, stores, view, stage, assembly, chair_name)

    def write(
        self,
        package_id: str,
        folder: Path,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> WrittenFile:
        """Write a frozen revision to a stick or folder; the same package every time.

        Raises:
            DestinationFailed, Cancelled: the file is whole or as if never written.
        """
        with self._context.database.reading() as stores:
            submission = stores.submissions.get(package_id)
        with self._context.doing(Work.SUBMIT):
            return write_kept(
                self._context, submission.manifest, folder, submission.file_name, progress, cancelled
            )

    def submissions(self, fiscal_year: int) -> tuple[Submission, ...]:
        """What was handed in for a year, newest first."""
        with self._context.database.reading() as stores:
            return stores.submissions.of_report(own_organisation(stores).code, fiscal_year)

    def cover_sheet(self, package_id: str) -> bytes:
        """The cover sheet (送付票) as a PDF."""
        number = own_check_number(self._context)
        with self._context.database.reading() as stores:
            return cover_sheet_pdf(stores, stores.submissions.get(package_id), number)

    def report_copy(self, package_id: str) -> bytes:
        """One revision in full as a PDF (報告の写し), for the 部会長 to read and the district to keep."""
        with self._context.database.reading() as stores:
            return report_copy_pdf(stores, stores.submissions.get(package_id), self._context.now())


def _expect_settled(problems: Sequence[Problem]) -> None:
    """Raise ``NotReady`` when a problem is open; the year that is judged is the one that is signed."""
    settle = to_settle(problems)
    if settle:
        hard = sum(1 for one in settle if one.level is Level.HARD)
        raise NotReady(
            f"まだ直すところがあります（直す {hard}件、理由を書く {len(settle) - hard}件）。\n"
            "入力した内容はこのパソコンに残っています。\n「確認」の一覧から開いて直してください。",
            code="submission.problems",
        )
