"""A district's year that was keyed at its office, signed by the office and taken in, in one transaction.

The office is sender and recipient, the report is its district's (``exchange.shape``): the file never travels,
and its evidence names who signed it.
"""

from shakyo_desktop import __version__
from shakyo_desktop.domain.codes import Assembly, ReportState, Stage
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.keeping import IntakeLogEntry
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.review_steps import StepKind
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange.content import PackageContent, SignedPackage
from shakyo_desktop.exchange.package_info import ReportInfo
from shakyo_desktop.exchange.records import photos_to_send, report_tables
from shakyo_desktop.exchange.writer import sign_package
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import Desk
from shakyo_desktop.services.freezing import own_organisation, recipients_of
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.own_sequence import next_place
from shakyo_desktop.services.sent_packages import keep_signed, photo_source
from shakyo_desktop.services.setup_intake import current_serial
from shakyo_desktop.services.sharing_consent import settle_consent
from shakyo_desktop.services.steps_of_review import note_step
from shakyo_desktop.services.verdicts import ACCEPTED
from shakyo_desktop.storage.stores import Stores


def freeze_keyed(
    context: ServiceContext,
    desk: Desk,
    year: YearRecords,
    stage: Stage,
    assembly: Assembly,
    chair_name: str,
    paper_no: str,
) -> Submission:
    """Sign a keyed year and let it be received; ``year`` as ``frozen_year`` made it, nothing open in it."""
    stores = desk.stores
    signed = _sign(context, stores, _report_info(stores, year, stage, assembly), year)
    info, report = signed.info, signed.info.report
    assert report is not None  # it was given above
    submission = Submission(
        package_id=info.package_id,
        manifest=signed.manifest,
        org=report.org,
        fiscal_year=report.fiscal_year,
        stage=report.stage,
        assembly=report.assembly,
        revision=report.revision,
        supersedes=report.supersedes,
        key=info.sender.key,
        seq=info.seq,
        prev=info.prev,
        frozen_at=info.created,
        received_at=info.created,
        state=ReportState.RECEIVED,
        chair_name=chair_name,
        paper_no=paper_no,
    )
    _take_in(context, desk, submission, year)
    return submission


def _sign(context: ServiceContext, stores: Stores, report: ReportInfo, year: YearRecords) -> SignedPackage:
    keys, office = own_keys(stores), own_organisation(stores).code
    recipients = recipients_of(stores.organisations.offices(office)) or (keys.mailbox.recipient,)
    seq, prev = next_place(stores, keys.signing.fingerprint, office)
    content = PackageContent(
        type="report",
        package_id=new_id(context.now()),
        created_at=context.now(),
        app_version=__version__,
        recipient_org=office,
        recipients=recipients,
        sender_enc=keys.mailbox.recipient,
        setup_serial=current_serial(stores, office),
        seq=seq,
        prev=prev,
        tables=report_tables(year),
        report=report,
        photos=[photo_source(context, photo) for photo in photos_to_send(year)],
    )
    signed = sign_package(content, keys.signing)
    keep_signed(stores, signed, recipients, signed.info.created)
    return signed


def _take_in(context: ServiceContext, desk: Desk, submission: Submission, year: YearRecords) -> None:
    """The report is here, as if its file had been received; what counts says what was signed."""
    stores, now = desk.stores, context.now()
    stores.submissions.add(submission)
    note = f"代行入力　受付番号 {submission.paper_no}"
    note_step(stores, submission.package_id, StepKind.RECEIVED, now, note=note)
    _write_signed(stores, year)
    settle_consent(stores, submission.org, submission.fiscal_year, now)
    stores.intake_log.append(
        IntakeLogEntry(
            file_name=note,
            verdict=ACCEPTED,
            code="",
            at=now,
            manifest=submission.manifest,
            org=submission.org,
            who=desk.journal.who,
            run=new_id(now),
        )
    )


def _report_info(stores: Stores, year: YearRecords, stage: Stage, assembly: Assembly) -> ReportInfo:
    every = stores.submissions.of_report(year.org, year.fiscal_year)
    newest = next((one for one in every if one.state is not ReportState.WITHDRAWN), None)
    return ReportInfo(
        org=year.org,
        fiscal_year=year.fiscal_year,
        stage=stage,
        assembly=assembly,
        revision=max((one.revision for one in every), default=0) + 1,
        supersedes=newest.package_id if newest else None,
    )


def _write_signed(stores: Stores, year: YearRecords) -> None:
    """Let the records say what was signed; blank items and the ごみ箱 stay as they are for keying on."""
    here = stores.records.year(year.org, year.fiscal_year)
    statuses = {one.id: one for one in here.item_statuses}
    activities = {one.id: one for one in here.activities}
    for status in year.item_statuses:
        if statuses.get(status.id) != status:
            stores.records.replace(status)
    for activity in year.activities:
        if activities.get(activity.id) != activity:
            stores.records.replace(activity)
