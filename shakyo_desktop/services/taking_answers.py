"""An office's answer at its district: the receipt, the requests, a newer setup, the last report."""

from dataclasses import replace
from datetime import datetime

from shakyo_desktop.domain.codes import ReplyResult, ReportState
from shakyo_desktop.domain.submission import Reply, Submission
from shakyo_desktop.exchange.opened import AnswerContent
from shakyo_desktop.services.replies import STATE_OF_RESULT
from shakyo_desktop.services.setup_intake import apply_setup
from shakyo_desktop.services.shared_lines import shared_line
from shakyo_desktop.services.taking_back import take_back
from shakyo_desktop.storage.stores import Stores


def take_in_answer(stores: Stores, answer: AnswerContent, at: datetime, file_name: str) -> None:
    """File an answer; one that is older than the newest for its report changes nothing else.

    A setup inside replaces the one in use only when its serial is higher.
    """
    reply = answer.reply
    submission = stores.submissions.find(reply.package_id)
    newer = submission is not None and _has_newer(stores, reply, submission)
    shared = [shared_line(one) for one in answer.shared_practices]
    stores.replies.add(reply, shared_practices=shared, file_name=file_name)
    if answer.setup is not None:
        apply_setup(stores, answer.setup, answer.setup_file, at)
    if newer:
        return
    if submission is not None:
        stores.submissions.replace(_answered(submission, reply))
    if answer.last_report is not None:
        take_back(stores, answer.last_report, reply, at)


def _has_newer(stores: Stores, reply: Reply, submission: Submission) -> bool:
    """Whether a later answer about the same district's year is filed already."""
    revisions = {
        one.package_id for one in stores.submissions.of_report(submission.org, submission.fiscal_year)
    }
    filed = stores.replies.all(reply.org, package_ids=revisions)
    return any(one.created_at > reply.created_at for one in filed)


def _answered(submission: Submission, reply: Reply) -> Submission:
    state = STATE_OF_RESULT[reply.result]
    if submission.state is ReportState.WITHDRAWN and reply.result is ReplyResult.RETURNED:
        state = ReportState.WITHDRAWN  # it was not used, and that stays so
    return replace(submission, state=state, receipt_no=reply.receipt_no, received_at=reply.received_at)
