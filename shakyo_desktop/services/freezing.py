"""Freezing a revision: the year as it is now, signed, numbered and kept in one transaction."""

from collections.abc import Mapping
from dataclasses import replace

from shakyo_desktop import __version__
from shakyo_desktop.domain.codes import Assembly, ReportState, Stage
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.joining_years import is_blank
from shakyo_desktop.domain.organisations import Office, Organisation, parent_code
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.domain.totals import as_reported, by_item, count_totals
from shakyo_desktop.exchange.content import PackageContent, SignedPackage
from shakyo_desktop.exchange.package_info import ReportInfo
from shakyo_desktop.exchange.records import photos_to_send, report_tables
from shakyo_desktop.exchange.writer import sign_package
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import desk_of
from shakyo_desktop.services.own_keys import OwnKeys, own_keys
from shakyo_desktop.services.own_sequence import next_place
from shakyo_desktop.services.sent_packages import keep_signed, photo_source
from shakyo_desktop.services.setup_intake import current_serial
from shakyo_desktop.services.taking_back import made_from
from shakyo_desktop.services.year_view import YearView
from shakyo_desktop.storage.stores import Stores


def freeze_year(
    context: ServiceContext,
    stores: Stores,
    view: YearView,
    stage: Stage,
    assembly: Assembly,
    chair_name: str,
) -> Submission:
    """Sign the year as it was read and keep the revision with its number, all in the caller's transaction.

    Raises:
        NotReady: the year is accepted and was not reopened.
        NotFound: there is no office to hand in to.
    """
    fiscal_year = view.records.fiscal_year
    desk_of(context, stores).expect_open(fiscal_year)
    org, keys = own_organisation(stores), own_keys(stores)
    every = stores.submissions.of_report(org.code, fiscal_year)
    report = ReportInfo(
        org=org.code,
        fiscal_year=fiscal_year,
        stage=stage,
        assembly=assembly,
        revision=max((one.revision for one in every), default=0) + 1,
        supersedes=made_from(stores, every),
    )
    offices = _offices(stores, org)
    signed = _sign(context, stores, keys, offices, report, frozen_year(view.records, view.plans))
    now = signed.info.created
    keep_signed(stores, signed, recipients_of(offices), now)
    submission = Submission(
        package_id=signed.info.package_id,
        manifest=signed.manifest,
        org=org.code,
        fiscal_year=fiscal_year,
        stage=stage,
        assembly=assembly,
        revision=report.revision,
        supersedes=report.supersedes,
        key=keys.signing.fingerprint,
        seq=signed.info.seq,
        prev=signed.info.prev,
        frozen_at=now,
        state=ReportState.EXPORTED,
        file_name=f"{org.code}-{fiscal_year}-r{report.revision}.shakyo",
        chair_name=chair_name,
    )
    stores.submissions.add(submission)
    return submission


def _sign(
    context: ServiceContext,
    stores: Stores,
    keys: OwnKeys,
    offices: tuple[Office, ...],
    report: ReportInfo,
    year: YearRecords,
) -> SignedPackage:
    office = offices[0].org
    seq, prev = next_place(stores, keys.signing.fingerprint, office)
    content = PackageContent(
        type="report",
        package_id=new_id(context.now()),
        created_at=context.now(),
        app_version=__version__,
        recipient_org=office,
        recipients=recipients_of(offices),
        sender_enc=keys.mailbox.recipient,
        setup_serial=current_serial(stores, office),
        seq=seq,
        prev=prev,
        tables=report_tables(year),
        report=report,
        photos=[photo_source(context, photo) for photo in photos_to_send(year)],
    )
    return sign_package(content, keys.signing)


def own_organisation(stores: Stores) -> Organisation:
    """The organisation this store belongs to."""
    return stores.organisations.get(str(stores.settings.get("org")))


def _offices(stores: Stores, org: Organisation) -> tuple[Office, ...]:
    offices = stores.organisations.offices(org.parent or parent_code(org.code))
    if not offices:
        raise NotFound(
            "提出先の事務所の設定が見つかりません。\n入力した内容は残っています。\n"
            "事務所から受け取った「はじめの設定ファイル」を、もう一度開いてください。"
        )
    return offices


def recipients_of(offices: tuple[Office, ...]) -> tuple[str, ...]:
    """Every mailbox of the office and its recovery recipient, each once."""
    every = [one for office in offices for one in (*office.recipients, office.recovery)]
    return tuple(dict.fromkeys(every))


def frozen_year(records: YearRecords, plans: tuple[Plan, ...]) -> YearRecords:
    """The year as it is signed: totals counted from the diary, items nobody wrote about left out."""
    by_id = {plan.id: plan for plan in plans}
    diary = by_item(records.activities)
    kept = []
    for status in records.item_statuses:
        item = _item(by_id, status.plan_id, status.item_number)
        counted = count_totals(item, diary.get((status.plan_id, status.item_number), ())) if item else {}
        status = replace(status, counted_totals=counted)
        if not is_blank(status):
            kept.append(status)
    activities = tuple(
        as_reported(_item(by_id, one.plan_id, one.item_number), one) for one in records.activities
    )
    return replace(records, item_statuses=tuple(kept), activities=activities)


def _item(plans: Mapping[str, Plan], plan_id: str, number: int) -> Item | None:
    plan = plans.get(plan_id)
    return plan.item(number) if plan else None
