"""Step 14: what a good package becomes in the store, in one transaction. Nothing here judges."""

from dataclasses import replace
from datetime import date, datetime

from shakyo_desktop.domain.checks import check_year, to_settle
from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.keeping import SequenceEntry
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange.opened import AnswerContent, Entries, LastReport, OpenedPackage
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.services.replies import STATE_OF_RESULT
from shakyo_desktop.services.setup_intake import apply_setup
from shakyo_desktop.storage.stores import Stores


def take_in_report(
    stores: Stores,
    opened: OpenedPackage,
    year: YearRecords,
    received_at: datetime,
    today: date,
    file_name: str,
) -> Submission:
    """A district's report at its office: the revision as it was signed, and the year's newest records."""
    submission = replace(
        _submission(opened.info, opened.manifest, file_name),
        received_at=received_at,
        state=ReportState.RECEIVED,
        warnings=opened.warnings,
        problems=_count_problems(stores, opened.info, year, today),
    )
    _keep_entries(stores, opened.manifest, opened.entries)
    known = stores.submissions.find(submission.package_id)
    if known is not None:  # withdrawn before: the same file re-applies it
        stores.submissions.replace(submission)
    else:
        stores.submissions.add(submission)
    _note(stores, opened.info, opened.manifest, received_at)
    if stores.submissions.newest(submission.org, submission.fiscal_year) == submission:
        stores.records.replace_year(submission.org, submission.fiscal_year, year)
    return submission


def take_in_answer(
    stores: Stores, opened: OpenedPackage, answer: AnswerContent, received_at: datetime, file_name: str
) -> None:
    """An office's answer at its district; an older answer is kept and changes nothing."""
    _keep_entries(stores, opened.manifest, opened.entries)
    _note(stores, opened.info, opened.manifest, received_at)
    if answer.setup is not None:
        apply_setup(stores, answer.setup, answer.setup_file, received_at)
    if answer.last_report is not None:
        _take_back(stores, answer.last_report, received_at)
    newer = stores.replies.of_package(answer.reply.package_id)
    shared = [
        {"id": one.id, "org": one.org, "item_number": one.item_number, "title": one.title, "story": one.story}
        for one in answer.shared_practices
    ]
    stores.replies.add(answer.reply, shared_practices=shared, file_name=file_name)
    submission = stores.submissions.find(answer.reply.package_id)
    if submission is None or (newer is not None and newer.created_at > answer.reply.created_at):
        return
    stores.submissions.replace(
        replace(
            submission,
            state=STATE_OF_RESULT[answer.reply.result],
            receipt_no=answer.reply.receipt_no,
            received_at=answer.reply.received_at,
        )
    )


def _take_back(stores: Stores, last: LastReport, at: datetime) -> None:
    """The district's last report, for a new computer; a year already written here stays as it is."""
    info = last.info
    if info.report is None or stores.submissions.find(info.package_id) is not None:
        return
    _keep_entries(stores, last.manifest, last.entries)
    submission = replace(_submission(info, last.manifest, ""), state=ReportState.RECEIVED, received_at=at)
    stores.submissions.add(submission)
    here = stores.records.year(submission.org, submission.fiscal_year)
    if not here.activities and all(status.state is None for status in here.item_statuses):
        stores.records.replace_year(submission.org, submission.fiscal_year, last.year)


def _count_problems(stores: Stores, info: PackageInfo, year: YearRecords, today: date) -> int:
    """Business faults are taken in and counted: the office answers them as requests."""
    if info.report is None:
        return 0
    last_year = stores.records.year(year.org, year.fiscal_year - 1)
    known = last_year if last_year.item_statuses else None
    problems = check_year(year, stores.plans.for_year(year.fiscal_year), info.report.stage, known, today)
    return len(to_settle(problems))


def _submission(info: PackageInfo, manifest: str, file_name: str) -> Submission:
    if info.report is None:
        raise ValueError("not a report")
    return Submission(
        package_id=info.package_id,
        manifest=manifest,
        org=info.report.org,
        fiscal_year=info.report.fiscal_year,
        stage=info.report.stage,
        assembly=info.report.assembly,
        revision=info.report.revision,
        supersedes=info.report.supersedes,
        key=info.sender.key,
        seq=info.seq,
        prev=info.prev,
        frozen_at=info.created,
        file_name=file_name,
    )


def _keep_entries(stores: Stores, manifest: str, entries: Entries) -> None:
    stores.submissions.put_evidence(manifest, ((name, bytes(data)) for name, data in entries.items()))


def _note(stores: Stores, info: PackageInfo, manifest: str, at: datetime) -> None:
    stores.submissions.note_sequence(
        SequenceEntry(
            manifest=manifest,
            key=info.sender.key,
            recipient=info.recipient.org or "",
            seq=info.seq,
            package_id=info.package_id,
            kind=info.type,
            at=at,
            prev=info.prev,
        )
    )
