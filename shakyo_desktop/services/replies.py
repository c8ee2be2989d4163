"""A district's answers from its office: receipts, and requests until they are dealt with."""

from datetime import date

from shakyo_desktop.domain.codes import ReplyResult, ReportState
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.submission import CorrectionRequest, Reply
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.own_registration import own_registration_end
from shakyo_desktop.services.papers import receipt_pdf
from shakyo_desktop.services.shared_lines import ReceivedPractices, received_practices
from shakyo_desktop.storage.stores import Stores


def requests_to_answer(stores: Stores, org: str, fiscal_year: int) -> tuple[CorrectionRequest, ...]:
    """The requests of the newest answer of a year that nobody ticked off yet."""
    revisions = {one.package_id: one for one in stores.submissions.of_report(org, fiscal_year)}
    answered = [one for one in stores.replies.all(org) if one.package_id in revisions]
    if not answered:
        return ()
    newest = max(answered, key=lambda one: (revisions[one.package_id].revision, one.created_at))
    return tuple(request for request in newest.requests if not request.done)


class ReplyService:
    """What the office answered, newest first."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def replies(self, fiscal_year: int | None = None) -> tuple[Reply, ...]:
        """Every answer, or those to one year's reports."""
        with self._context.database.reading() as stores:
            org = str(stores.settings.get("org"))
            every = stores.replies.all(org)
            if fiscal_year is None:
                return every
            of_year = {one.package_id for one in stores.submissions.of_report(org, fiscal_year)}
            return tuple(one for one in every if one.package_id in of_year)

    def open_requests(self, fiscal_year: int) -> tuple[CorrectionRequest, ...]:
        """What the office still asks for in a year."""
        with self._context.database.reading() as stores:
            return requests_to_answer(stores, str(stores.settings.get("org")), fiscal_year)

    def registration_end(self) -> date | None:
        """About when the office's registration of this computer ends; None unless that is near or past."""
        with self._context.database.reading() as stores:
            return own_registration_end(stores, self._context.today())

    def shared_practices(self) -> ReceivedPractices:
        """The good practices of other districts that the office shares now."""
        with self._context.database.reading() as stores:
            return received_practices(stores)

    def mark_done(self, request_id: str, done: bool = True) -> None:
        """Tick a request off, or take the tick back."""
        with self._context.database.transaction() as stores:
            stores.replies.set_done(request_id, done)

    def receipt(self, answer_id: str) -> bytes:
        """The receipt of one answer as a PDF."""
        with self._context.database.reading() as stores:
            reply = stores.replies.find(answer_id)
            submission = stores.submissions.find(reply.package_id) if reply else None
            if reply is None or submission is None:
                raise NotFound(
                    "この受領証のもとになる報告が、このパソコンにありません。\n"
                    "ほかの記録は何も変わっていません。\n区事務所に、紙の受領証をもう一度お願いしてください。"
                )
            return receipt_pdf(stores, reply, submission)


STATE_OF_RESULT = {
    ReplyResult.ACCEPTED: ReportState.ACCEPTED,
    ReplyResult.ACCEPTED_WITH_REQUESTS: ReportState.ACCEPTED,
    ReplyResult.RETURNED: ReportState.REQUESTED,
}
"""What an answer makes of the report it is about."""
