"""One revision of a report in full, beside what it is compared with."""

from dataclasses import dataclass
from datetime import date

from shakyo_desktop.domain.checks import Problem, check_year
from shakyo_desktop.domain.compare import FieldDifference, differences
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.review_steps import ReviewStep
from shakyo_desktop.domain.submission import CorrectionRequest, Submission
from shakyo_desktop.services.decisions import check_of, wants_two_steps
from shakyo_desktop.services.import_undo import revision_before
from shakyo_desktop.services.joined_reports import counted_records, versions_of
from shakyo_desktop.services.steps_of_review import LifeLine, life_of
from shakyo_desktop.storage.stores import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report in full. ``previous`` is the revision taken in before it, ``last_year`` the year before.

    ``comments`` are the requests written so far; they travel when the answer does. ``versions`` are the
    signed reports that ``records`` rest on: more than one when another was joined into this one. ``life`` is
    everything that happened here to this year's report; ``checked`` the first of two steps while it stands.
    """

    submission: Submission
    org: Organisation
    records: YearRecords
    plans: tuple[Plan, ...]
    previous: YearRecords | None
    last_year: YearRecords | None
    problems: tuple[Problem, ...]
    differences: tuple[FieldDifference, ...]
    comments: tuple[CorrectionRequest, ...]
    versions: tuple[Submission, ...] = ()
    life: tuple[LifeLine, ...] = ()
    checked: ReviewStep | None = None
    two_steps: bool = False


def report_view(stores: Stores, package_id: str, today: date) -> ReportView:
    """Read a revision as it was signed, and check it as of a day.

    Raises:
        NotFound: there is no such revision.
    """
    submission = stores.submissions.get(package_id)
    plans = stores.plans.for_year(submission.fiscal_year)
    records = counted_records(stores, submission)
    before = revision_before(stores, submission)
    previous = counted_records(stores, before) if before else None
    last_year = _year_or_none(stores, submission.org, submission.fiscal_year - 1)
    return ReportView(
        submission=submission,
        org=stores.organisations.get(submission.org),
        records=records,
        plans=plans,
        previous=previous,
        last_year=last_year,
        problems=tuple(check_year(records, plans, submission.stage, last_year, today)),
        differences=tuple(differences(previous, records, plans)) if previous else (),
        comments=stores.review.comments(package_id),
        versions=versions_of(stores, submission),
        life=life_of(stores, submission.org, submission.fiscal_year),
        checked=check_of(stores, package_id),
        two_steps=wants_two_steps(stores),
    )


def _year_or_none(stores: Stores, org: str, fiscal_year: int) -> YearRecords | None:
    year = stores.records.year(org, fiscal_year)
    return year if year.item_statuses or year.activities else None
