"""The office's desk: a report in full beside what was before, requests, the decision."""

from dataclasses import replace
from datetime import date

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.errors import BadInput, NotFound, NotReady
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.domain.submission import CorrectionRequest, Submission
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services import decisions
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk_papers import DeskPapers
from shakyo_desktop.services.joined_answers import photo_of
from shakyo_desktop.services.open_requests import OpenRequest, open_requests_of
from shakyo_desktop.services.overview import DistrictRow, overview_of
from shakyo_desktop.services.overview_table import overview_csv, overview_workbook
from shakyo_desktop.services.report_view import ReportView, report_view
from shakyo_desktop.services.steps_of_review import LifeLine, life_of
from shakyo_desktop.storage.stores import Stores

__all__ = ["REQUEST_LENGTH", "ReportView", "ReviewService"]

REQUEST_LENGTH = 1000


class ReviewService:
    """Reads and decides about what districts handed in."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self.papers = DeskPapers(context)

    def overview(self, fiscal_year: int) -> tuple[DistrictRow, ...]:
        """Every active district of the roster, those that have not reported included."""
        with self._context.database.reading() as stores:
            return overview_of(stores, fiscal_year, self._context.today())

    def overview_csv(self, fiscal_year: int) -> bytes:
        """The overview as a CSV file for other programs."""
        return overview_csv(self.overview(fiscal_year))

    def overview_workbook(self, fiscal_year: int) -> bytes:
        """The overview and what waits for an answer as an Excel workbook."""
        with self._context.database.reading() as stores:
            rows = overview_of(stores, fiscal_year, self._context.today())
            return overview_workbook(rows, open_requests_of(stores, fiscal_year, self._context.today()))

    def open_requests(self, fiscal_year: int, org: str) -> tuple[OpenRequest, ...]:
        """What a district was asked and has not answered yet."""
        with self._context.database.reading() as stores:
            return open_requests_of(stores, fiscal_year, self._context.today(), [org])

    def undecided(self) -> tuple[Submission, ...]:
        """Newest revisions that wait to be accepted or sent back, by who handed them in."""
        with self._context.database.reading() as stores:
            members = stores.organisations.all(parent=str(stores.settings.get("org")))
            every = [one for org in members for one in _newest_of_org(stores, org.code)]
        return tuple(one for one in every if one.state is ReportState.RECEIVED)

    def revisions(self, org: str, fiscal_year: int) -> tuple[Submission, ...]:
        """Every revision of a district's year, newest first, the withdrawn too."""
        with self._context.database.reading() as stores:
            return stores.submissions.of_report(org, fiscal_year)

    def report(self, package_id: str) -> ReportView:
        """One revision as it was signed, with what to compare it with and what the checks find."""
        with self._context.database.reading() as stores:
            return report_view(stores, package_id, self._context.today())

    def photo(self, package_id: str, photo_id: str) -> bytes:
        """A picture of a revision (JPEG).

        Raises:
            NotFound: the revision has no such photo.
        """
        with self._context.database.reading() as stores:
            return photo_of(stores, stores.submissions.get(package_id), photo_id)

    def comment(
        self, package_id: str, table: str, record_id: str, field: str, text: str, due: date | None = None
    ) -> CorrectionRequest:
        """Write a request about a field, a record (``field`` empty) or the report (``table`` "report").

        Raises:
            BadInput: the text is empty or too long.
            NotReady: the report is decided already.
        """
        words = _request_text(text)
        with self._context.database.transaction() as stores:
            _expect_open(stores.submissions.get(package_id))
            request = CorrectionRequest(
                id=new_id(self._context.now()),
                package_id=package_id,
                table=table,
                record_id=record_id,
                field=field,
                text=words,
                due=due,
            )
            stores.review.save_comment(request, self._who(stores), self._context.now())
        return request

    def change_comment(self, comment_id: str, text: str, due: date | None = None) -> CorrectionRequest:
        """Change a request that has not travelled yet."""
        words = _request_text(text)
        with self._context.database.transaction() as stores:
            found = stores.review.find_comment(comment_id)
            if found is None:
                raise NotFound.of("この確認のお願い")
            changed = replace(found, text=words, due=due)
            stores.review.save_comment(changed, self._who(stores), self._context.now())
        return changed

    def remove_comment(self, comment_id: str) -> None:
        """Remove a request that has not travelled yet."""
        with self._context.database.transaction() as stores:
            stores.review.remove_comment(comment_id)

    def looked_at(self, package_id: str, ref: RecordRef) -> None:
        """Note that somebody reads an item of a report that is not decided yet: it is 確認中 from then on."""
        with self._context.database.transaction() as stores:
            if stores.submissions.get(package_id).state is ReportState.RECEIVED:
                stores.review.mark(package_id, ref, self._who(stores), self._context.now())

    def life(self, org: str, fiscal_year: int) -> tuple[LifeLine, ...]:
        """Everything that happened to a district's year here, newest first."""
        with self._context.database.reading() as stores:
            return life_of(stores, org, fiscal_year)

    def wants_two_steps(self) -> bool:
        """Whether one person checks and another accepts."""
        with self._context.database.reading() as stores:
            return decisions.wants_two_steps(stores)

    def set_two_steps(self, wanted: bool) -> None:
        """Let one person check and another accept from now on, or one person do both."""
        with self._context.database.transaction() as stores:
            stores.settings.set(decisions.TWO_STEPS, wanted)

    def check(self, package_id: str, by: str = "") -> Submission:
        """確認: the first of two steps; see ``decisions.check``."""
        with self._context.database.transaction() as stores:
            return decisions.check(stores, package_id, by, self._context.now())

    def uncheck(self, package_id: str) -> Submission:
        """Take the first of two steps back."""
        with self._context.database.transaction() as stores:
            return decisions.uncheck(stores, package_id, self._context.now())

    def accept(self, package_id: str, by: str = "") -> Submission:
        """確定する: lock the report; see ``decisions.accept`` for who may."""
        with self._context.database.transaction() as stores:
            return decisions.accept(stores, package_id, by, self._context.now())

    def send_back(self, package_id: str) -> Submission:
        """確認をお願いする: ask for what was written; see ``decisions.send_back``."""
        with self._context.database.transaction() as stores:
            return decisions.send_back(stores, package_id, self._context.now())

    def reopen(self, package_id: str, reason: str) -> Submission:
        """もう一度確認する: take a decision back with a reason; see ``decisions.reopen``."""
        with self._context.database.transaction() as stores:
            return decisions.reopen(stores, package_id, reason, self._context.now())

    def _who(self, stores: Stores) -> str:
        return str(stores.settings.get("person_name", ""))


def _newest_of_org(stores: Stores, org: str) -> list[Submission]:
    newest: dict[int, Submission] = {}
    for one in stores.submissions.of_org(org):
        if one.state is not ReportState.WITHDRAWN:
            newest.setdefault(one.fiscal_year, one)
    return list(newest.values())


def _request_text(text: str) -> str:
    words = repair_text(text, multiline=True).strip()
    if not words or len(words) > REQUEST_LENGTH:
        raise BadInput(
            f"確認のお願いは1文字以上{REQUEST_LENGTH:,}文字以内で書いてください。\n報告は変わっていません。"
        )
    return words


def _expect_open(submission: Submission) -> None:
    if submission.state is not ReportState.RECEIVED:
        raise NotReady(
            f"この報告は「{submission.state.label}」なので、確認のお願いは書けません。\n"
            "報告は変わっていません。\n直すときは「もう一度確認する」を押してください。"
        )
