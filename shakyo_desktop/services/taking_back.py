"""The district's last report comes back to a new computer, or beside a version the office did not use.

It becomes the newest revision here, so that the next one is made from it. What was written here meanwhile
is joined with it field by field; where both wrote, what stands here stays and the other value is kept in
the history.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from shakyo_desktop.domain.codes import ReplyResult, ReportState, Source
from shakyo_desktop.domain.field_values import ref_of, with_field
from shakyo_desktop.domain.joining_years import FieldChange, Joining, join_years
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.submission import Reply, Submission
from shakyo_desktop.exchange.opened import LastReport
from shakyo_desktop.services.field_states import with_carried_over
from shakyo_desktop.services.journal import Journal
from shakyo_desktop.services.kept_reports import keep_entries, records_of, submission_of
from shakyo_desktop.storage.stores import Stores


def take_back(stores: Stores, last: LastReport, reply: Reply, at: datetime) -> None:
    """Keep the last report as it was signed and join it with what is here; nothing when it is known."""
    if stores.submissions.find(last.info.package_id) is not None:
        return
    keep_entries(stores, last.manifest, last.entries)
    submission = replace(
        submission_of(last.info, last.manifest, ""), state=ReportState.RECEIVED, received_at=at
    )
    base = _base(stores, submission)
    _pass_over_unused(stores, submission, reply)
    stores.submissions.add(submission)
    here = stores.records.year(submission.org, submission.fiscal_year)
    gone = stores.records.deleted(submission.org, submission.fiscal_year)
    _apply(stores, join_years(here, last.year, base, gone), at)


def _base(stores: Stores, last: Submission) -> YearRecords | None:
    """What both sides were made from: the newest revision here that came before the last report."""
    earlier = [
        one
        for one in stores.submissions.of_report(last.org, last.fiscal_year)
        if one.key == last.key and one.revision < last.revision
    ]
    return records_of(stores, earlier[0]) if earlier else None


def _pass_over_unused(stores: Stores, last: Submission, reply: Reply) -> None:
    """What the office returned in favour of the last report does not count here either."""
    about = stores.submissions.find(reply.package_id)
    if about is None or reply.result is not ReplyResult.RETURNED:
        return
    if (about.org, about.fiscal_year) == (last.org, last.fiscal_year):
        stores.submissions.replace(replace(about, state=ReportState.WITHDRAWN))


def _apply(stores: Stores, joining: Joining, at: datetime) -> None:
    journal = Journal(stores, str(stores.settings.get("person_name", "")), at)
    for blank in joining.replaced:
        stores.records.remove(blank)
    for record in joining.new:
        journal.create(record, Source.IMPORT)
    _take(stores, journal, joining.taken)
    for change in joining.unused:
        record = stores.records.get(ref_of(change.record), org=change.record.org)
        journal.keep_unused(
            record, with_field(record, change.field, change.value), change.field, Source.IMPORT
        )


def _take(stores: Stores, journal: Journal, changes: Iterable[FieldChange]) -> None:
    for change in changes:
        record = stores.records.get(ref_of(change.record), org=change.record.org)
        taken = with_carried_over(with_field(record, change.field, change.value), change.field, False)
        journal.change(record, taken, change.field, Source.IMPORT)
