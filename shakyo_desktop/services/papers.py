"""The papers of the loop: cover sheet (送付票), copy (報告の写し) and receipt (受領証)."""

import io
from datetime import datetime
from typing import TYPE_CHECKING

from shakyo_desktop.domain.checks import progress
from shakyo_desktop.domain.compare import field_label, record_title
from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.labels import item_name
from shakyo_desktop.domain.organisations import Organisation, parent_code
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import Activity, ItemStatus, Photo, Record, YearRecords
from shakyo_desktop.domain.submission import CorrectionRequest, Reply, Submission
from shakyo_desktop.domain.totals import effective_totals
from shakyo_desktop.services.joined_reports import counted_records
from shakyo_desktop.services.kept_reports import records_of
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.succession import Standing, succession
from shakyo_desktop.storage.stores import Stores

if TYPE_CHECKING:
    from shakyo_desktop.documents.pdf.receipt import ReceiptRequest


def cover_sheet_pdf(stores: Stores, submission: Submission, check_number: str) -> bytes:
    """The cover sheet of one revision; ``check_number`` is the sender's 12 digits."""
    from shakyo_desktop.documents.pdf.cover_sheet import CoverSheetData, make_cover_sheet

    year = records_of(stores, submission)
    org = stores.organisations.get(submission.org)
    plans = stores.plans.for_year(submission.fiscal_year)
    counts = [progress(year, plan) for plan in plans]
    parent = stores.submissions.find(submission.supersedes) if submission.supersedes else None
    data = CoverSheetData(
        org_code=org.code,
        org_name=org.name,
        office_name=office_name(stores, org),
        fiscal_year=submission.fiscal_year,
        stage=submission.stage,
        assembly=submission.assembly,
        revision=submission.revision,
        created_at=submission.frozen_at,
        chair_name=submission.chair_name,
        file_name=submission.file_name,
        manifest=submission.manifest,
        check_number=check_number,
        items_entered=sum(count.entered for count in counts),
        items_expected=sum(count.total for count in counts),
        activities=len(year.activities),
        photos=len(year.photos),
        sessions=_sum(year, "sessions"),
        person_times=_sum(year, "person_times"),
        helpers=_sum(year, "helpers"),
        good_practices=len(year.good_practices),
        supersedes_revision=parent.revision if parent else None,
        reasons=sum(len(one.reasons) for one in year.item_statuses)
        + sum(len(one.reasons) for one in year.activities),
        first_time=not stores.replies.all(submission.org),
        successor=_is_of_successor(stores, submission),
        practice=bool(stores.settings.get("practice", False)),
    )
    out = io.BytesIO()
    make_cover_sheet(data, out)
    return out.getvalue()


def ward_cover_sheet_pdf(
    stores: Stores, submission: Submission, compilation: WardCompilation, check_number: str
) -> bytes:
    """The cover sheet of a ward's report for its city; ``check_number`` is the ward's 12 digits."""
    from shakyo_desktop.documents.pdf.ward_cover_sheet import WardCoverSheetData, make_ward_cover_sheet

    org = stores.organisations.get(submission.org)
    parent = stores.submissions.find(submission.supersedes) if submission.supersedes else None
    received, expected = compilation.coverage()
    data = WardCoverSheetData(
        ward_code=org.code,
        ward_name=org.name,
        city_name=office_name(stores, org),
        plan_name=stores.plans.get(compilation.plan_id).name,
        fiscal_year=submission.fiscal_year,
        stage=submission.stage,
        version=submission.revision,
        created_at=submission.frozen_at,
        held_on=compilation.council.held_on if compilation.council.approved else None,
        file_name=submission.file_name,
        manifest=submission.manifest,
        check_number=check_number,
        districts=received,
        expected_districts=expected,
        items=len(compilation.items),
        good_practices=sum(len(item.practices) for item in compilation.items),
        supersedes_version=parent.revision if parent else None,
        unconfirmed=compilation.include_unconfirmed,
        first_time=not stores.replies.all(submission.org),
        practice=bool(stores.settings.get("practice", False)),
    )
    out = io.BytesIO()
    make_ward_cover_sheet(data, out)
    return out.getvalue()


def report_copy_pdf(stores: Stores, submission: Submission, printed_at: datetime) -> bytes:
    """The whole of one revision on paper, as it was signed; ``printed_at`` in UTC."""
    from shakyo_desktop.documents.pdf.report_copy import ReportCopyData, make_report_copy

    org = stores.organisations.get(submission.org)
    data = ReportCopyData(
        org_code=org.code,
        org_name=org.name,
        fiscal_year=submission.fiscal_year,
        records=records_of(stores, submission),
        plans=stores.plans.for_year(submission.fiscal_year),
        printed_at=printed_at,
        stage=submission.stage,
        revision=submission.revision,
        practice=bool(stores.settings.get("practice", False)),
    )
    out = io.BytesIO()
    make_report_copy(data, out)
    return out.getvalue()


def receipt_pdf(stores: Stores, reply: Reply, submission: Submission) -> bytes:
    """The receipt of one answer with its requests; printable for ever, at both ends."""
    from shakyo_desktop.documents.pdf.receipt import ReceiptData, make_receipt

    org = stores.organisations.get(reply.org)
    office = stores.organisations.find(reply.office)
    plans = {plan.id: plan for plan in stores.plans.all()}
    records = by_id(counted_records(stores, submission))
    data = ReceiptData(
        receipt_no=reply.receipt_no,
        org_code=org.code,
        org_name=org.name,
        office_name=office.name if office else reply.office,
        office_telephone=telephone_of(stores, reply.office),
        fiscal_year=submission.fiscal_year,
        stage=submission.stage,
        revision=submission.revision,
        result=reply.result,
        received_at=reply.received_at,
        answered_at=reply.created_at,
        manifest=reply.manifest,
        requests=tuple(
            _receipt_request(request, records.get(request.record_id), plans) for request in reply.requests
        ),
        file_name=submission.file_name,
        chair_name=submission.chair_name,
        practice=bool(stores.settings.get("practice", False)),
        paper_no=submission.paper_no,
    )
    out = io.BytesIO()
    make_receipt(data, out)
    return out.getvalue()


def _receipt_request(
    request: CorrectionRequest, record: Record | None, plans: dict[str, Plan]
) -> "ReceiptRequest":
    from shakyo_desktop.documents.pdf.receipt import ReceiptRequest

    item, place, field = request_words(request, record, plans)
    return ReceiptRequest(item=item, place=place, field=field, text=request.text, due=request.due)


def request_words(
    request: CorrectionRequest, record: Record | None, plans: dict[str, Plan]
) -> tuple[str, str, str]:
    """What a request is about, for a person: the item, which record of it, the field's label."""
    if record is None:
        return "", "", ""
    plan = None if isinstance(record, Photo) else plans.get(record.plan_id)
    number = None if isinstance(record, Photo) else record.item_number
    item = item_name(number, plan) if number is not None else ""
    kind = record.kind if isinstance(record, Activity) else None
    place = "" if isinstance(record, ItemStatus) else record_title(record, plan)
    label = field_label(request.table, request.field, kind, plan, number) if request.field else ""
    return item, place, label


def _is_of_successor(stores: Stores, submission: Submission) -> bool:
    """Whether this is a report of somebody who took over and whom the office did not answer yet."""
    taken = succession(stores)
    new = taken is not None and taken.standing is not Standing.REGISTERED
    return new and submission.key == own_keys(stores).signing.fingerprint


def office_name(stores: Stores, org: Organisation) -> str:
    """The name of the office an organisation reports to, empty when it is not known."""
    office = stores.organisations.find(org.parent or parent_code(org.code))
    return office.name if office else ""


def telephone_of(stores: Stores, office: str) -> str:
    """A district knows its office's number from the setup, the office its own from its roster."""
    from_setup = [row.telephone for row in stores.organisations.offices(office) if row.telephone]
    own = stores.organisations.find(office)
    return from_setup[0] if from_setup else (own.telephone if own else "")


def _sum(year: YearRecords, code: str) -> int | None:
    """A total over all items; None when no item has one, which is not 0."""
    figures = [
        totals[code]
        for status in year.item_statuses
        if code in (totals := effective_totals(status, status.counted_totals))
    ]
    return sum(figures) if figures else None


def by_id(year: YearRecords) -> dict[str, Record]:
    """Every record of a year by its id."""
    every: tuple[Record, ...] = (*year.item_statuses, *year.activities, *year.photos, *year.good_practices)
    return {record.id: record for record in every}
