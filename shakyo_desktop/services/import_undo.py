"""Taking one report back, and what it changed."""

from dataclasses import replace

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.compare import FieldDifference, differences
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.life_cycle import move
from shakyo_desktop.domain.organisations import is_office_code
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.joined_reports import counted_records
from shakyo_desktop.services.passing_over import passed_over_by, take_back_passing_over
from shakyo_desktop.storage.stores import Stores


def revision_before(stores: Stores, submission: Submission) -> Submission | None:
    """The newest revision of the same report that counts and came before this one."""
    earlier = [
        one
        for one in stores.submissions.of_report(submission.org, submission.fiscal_year)
        if one.revision < submission.revision and one.state is not ReportState.WITHDRAWN
    ]
    return max(earlier, key=lambda one: one.revision, default=None)


def changes_of(stores: Stores, package_id: str) -> tuple[FieldDifference, ...]:
    """What a revision changed against the one before it; everything when it is the first.

    One that was chosen over another version is compared with that version.
    """
    submission = stores.submissions.get(package_id)
    passed = passed_over_by(stores, submission)
    before = passed[0] if passed else revision_before(stores, submission)
    plans = stores.plans.for_year(submission.fiscal_year)
    old = counted_records(stores, before) if before else None
    return tuple(differences(old, counted_records(stores, submission), plans))


def withdraw(stores: Stores, package_id: str) -> None:
    """Mark a report withdrawn and put back what counted before it; its number and manifest stay known.

    What it brought is gone from the records; as it was signed it stays. What was keyed here from paper stays
    in the records too, to be corrected and reported again.

    Raises:
        NotReady: it is not the newest, or was withdrawn before. What else may depend on it was asked before.
    """
    submission = stores.submissions.get(package_id)
    newest = stores.submissions.newest(submission.org, submission.fiscal_year)
    if newest is None or newest.package_id != package_id:
        raise NotReady(
            "この報告は取り消せません（もう取り消したか、新しい版が届いています）。\n記録は何も変わっていません。"
        )
    stores.submissions.replace(replace(submission, state=move(submission.state, ReportState.WITHDRAWN)))
    take_back_passing_over(stores, submission)
    if is_office_code(submission.org):
        stores.compilations.withdraw(submission.org, submission.fiscal_year, submission.revision)
        return
    if submission.is_proxy:
        return
    before = stores.submissions.newest(submission.org, submission.fiscal_year)
    if before is None:
        stores.records.delete_year(submission.org, submission.fiscal_year)
    else:
        year = counted_records(stores, before)
        stores.records.replace_year(submission.org, submission.fiscal_year, year)
