"""An office's decision about a report: the receipt number, and the reply that is ready to be written."""

from datetime import datetime, timedelta

from shakyo_desktop.domain.codes import ReplyResult
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.submission import CorrectionRequest, Reply, Submission
from shakyo_desktop.exchange.binding import CLOCK_AHEAD
from shakyo_desktop.services.own_sequence import next_receipt_number
from shakyo_desktop.storage.stores import Stores

REPORT = "report"
"""The table of a request that is about the whole report."""


_CLOCK = (
    "お使いのパソコンの日付が進んでいます。パソコンの日付と時刻を直してください。"
    "報告の内容には影響ありません。"
)


def remark(submission: Submission, text: str, at: datetime) -> CorrectionRequest:
    """A remark about a whole report, to go along with its answer."""
    return CorrectionRequest(
        id=new_id(at), package_id=submission.package_id, table=REPORT, record_id="", field="", text=text
    )


def add_clock_remark(stores: Stores, submission: Submission, at: datetime) -> None:
    """A clock that is ahead is repeated in the answer (package format, ``clock.signing_time``)."""
    known = {one.text for one in stores.review.comments(submission.package_id)}
    if CLOCK_AHEAD in submission.warnings and _CLOCK not in known:
        stores.review.save_comment(remark(submission, _CLOCK, at), "", at)


def after_the_last(stores: Stores, org: str, at: datetime) -> datetime:
    """A moment after every answer to this district, though the clock was set back since.

    Both sides take the answer with the latest time for the newest.
    """
    last = next(iter(stores.replies.all(org)), None)
    return at if last is None else max(at, last.created_at + timedelta(seconds=1))


def make_reply(stores: Stores, submission: Submission, result: ReplyResult, at: datetime) -> Reply:
    """Keep the reply to a submission with the requests written so far; its file is made when it is written.

    A report that was decided before keeps its receipt number: the paper given out stays true.
    """
    office = str(stores.settings.get("org"))
    number = submission.receipt_no
    if not number:
        count = next_receipt_number(stores, office, submission.fiscal_year)
        number = f"{submission.fiscal_year}-{count:04d}"
    last = max(
        (one.seq for one in stores.submissions.sequence(submission.key, office)), default=submission.seq
    )
    at = after_the_last(stores, submission.org, at)
    reply = Reply(
        answer_id=new_id(at),
        package_id=submission.package_id,
        manifest=submission.manifest,
        org=submission.org,
        office=office,
        received_at=submission.received_at or at,
        result=result,
        receipt_no=number,
        last_seq=last,
        created_at=at,
        requests=stores.review.comments(submission.package_id),
    )
    stores.replies.add(reply, file_name=f"{submission.org}-answer-{number}.shakyo")
    return reply
