"""A report of the district comes back in an answer: to a new computer, or beside one of two versions.

Mostly it counts, becomes the newest revision here, and the next one is made from it. When the office joined
it into the report that the answer is about, that report goes on counting. What was written here meanwhile is
joined with it field by field; where both wrote, what stands here stays and the other value is kept in the
history.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from shakyo_desktop.domain.codes import ReplyResult, ReportState
from shakyo_desktop.domain.joining_years import join_years
from shakyo_desktop.domain.lineage import common_parent
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.submission import Reply, Submission
from shakyo_desktop.exchange.opened import LastReport
from shakyo_desktop.services.deciding import REPORT
from shakyo_desktop.services.joining_in import join_in
from shakyo_desktop.services.journal import Journal
from shakyo_desktop.services.kept_reports import keep_entries, records_of, submission_of
from shakyo_desktop.storage.stores import Stores

_MADE_FROM = "made_from"


def take_back(stores: Stores, last: LastReport, reply: Reply, at: datetime) -> None:
    """Keep the last report as it was signed and join it with what is here; nothing when it is known."""
    if stores.submissions.find(last.info.package_id) is not None:
        return
    keep_entries(stores, last.manifest, last.entries)
    submission = replace(
        submission_of(last.info, last.manifest, ""), state=ReportState.RECEIVED, received_at=at
    )
    base = _base(stores, submission)
    if _goes_on_counting(stores, reply):
        submission = replace(submission, state=ReportState.WITHDRAWN)
        stores.settings.set(f"{_MADE_FROM}.{reply.package_id}", submission.package_id)
    else:
        _pass_over_unused(stores, submission, reply)
    stores.submissions.add(submission)
    here = stores.records.year(submission.org, submission.fiscal_year)
    gone = stores.records.thrown_away(submission.org, submission.fiscal_year)
    journal = Journal(stores, str(stores.settings.get("person_name", "")), at)
    join_in(journal, join_years(here, last.year, base, gone, untouched=True), {})


def made_from(stores: Stores, revisions: Sequence[Submission]) -> str | None:
    """The package id that the next revision is made from.

    Args:
        revisions: of one year, newest first, the withdrawn too. Where another version was joined into the
            newest, it is that version: this tells the office that both are in what comes next.
    """
    newest = next((one for one in revisions if one.state is not ReportState.WITHDRAWN), None)
    if newest is None:
        return None
    return str(stores.settings.get(f"{_MADE_FROM}.{newest.package_id}", newest.package_id))


def _goes_on_counting(stores: Stores, reply: Reply) -> bool:
    """Whether the answer says that the report it is about counts, with the one it brings along joined."""
    named = {one.record_id for one in reply.requests if one.table == REPORT and one.record_id}
    return reply.package_id in named and stores.submissions.find(reply.package_id) is not None


def _base(stores: Stores, last: Submission) -> YearRecords | None:
    """What both sides were made from: the newest report that both go back to.

    Without one, the newest revision here of the same key that came before the last report.
    """
    revisions = stores.submissions.of_report(last.org, last.fiscal_year)
    known = {one.package_id: one for one in revisions}
    own = _newest_ids(revisions)
    shared = common_parent(own, [last.supersedes] if last.supersedes else [], known)
    earlier = [one for one in revisions if one.key == last.key and one.revision < last.revision]
    found = shared or next(iter(earlier), None)
    return records_of(stores, found) if found else None


def _newest_ids(revisions: Iterable[Submission]) -> list[str]:
    counting = (one.package_id for one in revisions if one.state is not ReportState.WITHDRAWN)
    return list(counting)[:1]


def _pass_over_unused(stores: Stores, last: Submission, reply: Reply) -> None:
    """What the office returned in favour of the last report does not count here either."""
    about = stores.submissions.find(reply.package_id)
    if about is None or reply.result is not ReplyResult.RETURNED:
        return
    if (about.org, about.fiscal_year) == (last.org, last.fiscal_year):
        stores.submissions.replace(replace(about, state=ReportState.WITHDRAWN))
