"""Step 14: what a good package becomes in the store, in one transaction. Nothing here judges."""

from dataclasses import replace
from datetime import date, datetime

from shakyo_desktop.domain.checks import check_year, to_settle
from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.review_steps import StepKind
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange.opened import AnswerContent, OpenedPackage, ReportContent, WardReportContent
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.services.kept_reports import keep_entries, note_place, submission_of
from shakyo_desktop.services.passing_over import pass_over
from shakyo_desktop.services.setup_intake import SetupResult, apply_setup
from shakyo_desktop.services.sharing_consent import settle_consent
from shakyo_desktop.services.steps_of_review import note_step
from shakyo_desktop.services.taking_answers import take_in_answer
from shakyo_desktop.storage.stores import Stores


def take_in(
    stores: Stores, opened: OpenedPackage, sealed: bytes, at: datetime, today: date, file_name: str
) -> bool:
    """Store what a package says; False when there was nothing new in it.

    Args:
        at: now (UTC), the office's ``received_at``.
        today: the day in Japan that reports are checked on.
    """
    content = opened.content
    if isinstance(content, ReportContent):
        take_in_report(stores, opened, content.year, at, today, file_name)
        return True
    if isinstance(content, AnswerContent):
        keep_package(stores, opened, at)
        take_in_answer(stores, content, at, file_name)
        return True
    if isinstance(content, WardReportContent):
        take_in_ward_report(stores, opened, content.compilation, at, file_name)
        return True
    return apply_setup(stores, opened, sealed, at).result is SetupResult.REPLACED


def take_in_report(
    stores: Stores, opened: OpenedPackage, year: YearRecords, at: datetime, today: date, file_name: str
) -> Submission:
    """A district's report at its office: the revision as it was signed, and the year as it now counts.

    What comes here counts. When a person chose it over a version that would count before it by its number,
    that one is passed over.
    """
    submission = replace(
        submission_of(opened.info, opened.manifest, file_name),
        received_at=at,
        state=ReportState.RECEIVED,
        warnings=opened.warnings,
        problems=_count_problems(stores, opened.info, year, today),
    )
    keep_package(stores, opened, at)
    pass_over(stores, submission)
    keep_submission(stores, submission)
    note_step(stores, submission.package_id, StepKind.RECEIVED, at)
    stores.records.replace_year(submission.org, submission.fiscal_year, year)
    settle_consent(stores, submission.org, submission.fiscal_year, at)
    return submission


def take_in_ward_report(
    stores: Stores, opened: OpenedPackage, compilation: WardCompilation, at: datetime, file_name: str
) -> Submission:
    """A ward's report at its city: as it was signed, with each district's evidence, and what it compiled."""
    submission = replace(
        submission_of(opened.info, opened.manifest, file_name),
        received_at=at,
        state=ReportState.RECEIVED,
        warnings=opened.warnings,
    )
    keep_package(stores, opened, at)
    pass_over(stores, submission)
    keep_submission(stores, submission)
    note_step(stores, submission.package_id, StepKind.RECEIVED, at)
    # Kept under the package's own name: the one inside could be that of another ward's compilation.
    kept = replace(_with_names(stores, compilation), id=submission.package_id)
    stores.compilations.take_in(kept)
    return submission


def _with_names(stores: Stores, compilation: WardCompilation) -> WardCompilation:
    """Names come from the register, never from a package; a district that is in none keeps its code."""
    names = {org.code: org.name for org in stores.organisations.all()}
    sources = tuple(replace(one, name=names.get(one.org, one.org)) for one in compilation.sources)
    return replace(compilation, sources=sources)


def file_unused(stores: Stores, opened: OpenedPackage, at: datetime, file_name: str) -> Submission:
    """A report that a person decided not to use: kept as it was signed, it counts for nothing."""
    submission = replace(
        submission_of(opened.info, opened.manifest, file_name),
        received_at=at,
        state=ReportState.WITHDRAWN,
        warnings=opened.warnings,
    )
    keep_package(stores, opened, at)
    keep_submission(stores, submission)
    note_step(stores, submission.package_id, StepKind.SET_ASIDE, at)
    return submission


def keep_submission(stores: Stores, submission: Submission) -> None:
    """Add a submission, or write over the same one that was withdrawn before."""
    if stores.submissions.find(submission.package_id) is None:
        stores.submissions.add(submission)
    else:
        stores.submissions.replace(submission)


def keep_package(stores: Stores, opened: OpenedPackage, at: datetime) -> None:
    """Keep every signed entry of a package and its place in its chain."""
    keep_entries(stores, opened.manifest, opened.entries)
    note_place(stores, opened.manifest, opened.info, at)


def _count_problems(stores: Stores, info: PackageInfo, year: YearRecords, today: date) -> int:
    """Business faults are taken in and counted: the office answers them as requests."""
    if info.report is None:
        return 0
    last_year = stores.records.year(year.org, year.fiscal_year - 1)
    known = last_year if last_year.item_statuses else None
    problems = check_year(year, stores.plans.for_year(year.fiscal_year), info.report.stage, known, today)
    return len(to_settle(problems))
