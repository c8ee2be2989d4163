"""Where one person writes one organisation's records, for the length of a transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shakyo_desktop.domain.codes import ReportState, Source
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ACTIVITIES, Activity, ItemStatus, Record, RecordRef
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.journal import Journal
from shakyo_desktop.services.new_records import Beginning
from shakyo_desktop.storage.stores import Stores

LOCKED = "locked"
_REOPENED = "reopened"


def desk_of(context: ServiceContext, stores: Stores, org: str | None = None) -> "Desk":
    """Return the desk of the own organisation, or of another one whose paper is keyed here."""
    own = stores.settings.some("org", "person_name")
    journal = Journal(stores, own.get("person_name", ""), context.now())
    return Desk(stores, org or own["org"], journal, keyed_for=org not in (None, own["org"]))


@dataclass(frozen=True, slots=True)
class Desk:
    """Records of ``org`` and the journal that notes who changed them.

    ``keyed_for`` is True at an office that keys the paper of one of its districts (代行入力).
    """

    stores: Stores
    org: str
    journal: Journal
    keyed_for: bool = False

    def begin(self, fiscal_year: int, source: Source = Source.DIRECT) -> Beginning:
        """Return what every new record of a year starts with.

        Raises:
            NotReady: the year is locked.
        """
        self.expect_open(fiscal_year)
        return Beginning(self.org, fiscal_year, self.journal.now, self.journal.who, source)

    def record(self, ref: RecordRef) -> Record:
        """Return a record, deleted or not.

        Raises:
            NotFound: there is none.
        """
        return self.stores.records.get(ref, org=self.org)

    def writable(self, ref: RecordRef) -> Record:
        """Return a record that may be changed.

        Raises:
            NotFound: there is none.
            NotReady: its year is locked.
        """
        record = self.record(ref)
        self.expect_open(record.fiscal_year)
        return record

    def status(self, ref: RecordRef) -> ItemStatus:
        """Return an item status that may be changed."""
        record = self.writable(ref)
        if not isinstance(record, ItemStatus):
            raise NotFound.of("その取組項目")
        return record

    def activity(self, activity_id: str) -> Activity:
        """Return an activity; one in the ごみ箱 too."""
        record = self.record(RecordRef(ACTIVITIES, activity_id))
        if not isinstance(record, Activity):
            raise NotFound.of("その活動記録")
        return record

    def item(self, plan_id: str, item_number: int) -> Item:
        """Return an item of a plan.

        Raises:
            NotFound: the plan or the item does not exist.
        """
        plan: Plan = self.stores.plans.get(plan_id)
        item = plan.item(item_number)
        if item is None:
            raise NotFound.of("その取組項目")
        return item

    def plan_of(self, record: Record) -> Plan | None:
        """Return the plan a record belongs to, None for photos and for plans that were removed."""
        wanted = getattr(record, "plan_id", "")
        return next((plan for plan in self.stores.plans.all() if plan.id == wanted), None)

    def locking(self, fiscal_year: int) -> Submission | None:
        """Return the report that locks a year, None when the year can be written in.

        At its own district that is an accepted one. An office's records of a district are what counts there:
        they stay what was signed until the office itself asked for a correction of what it had keyed.
        """
        newest = self.stores.submissions.newest(self.org, fiscal_year)
        if self.keyed_for:
            asked = newest is not None and newest.is_proxy and newest.state is ReportState.REQUESTED
            return None if asked else newest
        if newest is None or newest.state is not ReportState.ACCEPTED:
            return None
        opened: dict[str, Any] = self.stores.settings.get(f"{_REOPENED}.{self.org}.{fiscal_year}", {})
        return None if opened.get("package_id") == newest.package_id else newest

    def expect_open(self, fiscal_year: int) -> None:
        """Raise ``NotReady`` with code "locked" (or ``proxy.…`` at an office) when a year is locked."""
        locking = self.locking(fiscal_year)
        if locking is not None and self.keyed_for:
            raise not_to_be_keyed(locking)
        if locking is not None:
            raise NotReady(
                "この年度の報告は確定しています。\n"
                "確定した内容はこのまま残っています。\n"
                "直すときは「もう一度書く」を押して、理由を書いてください。",
                code=LOCKED,
            )

    def reopen(self, fiscal_year: int, reason: str) -> None:
        """Let a locked year be written in again; the accepted revision stays as it is."""
        locking = self.locking(fiscal_year)
        if locking is None:
            return
        note = {"package_id": locking.package_id, "reason": reason, "who": self.journal.who}
        at: datetime = self.journal.now
        self.stores.settings.set(f"{_REOPENED}.{self.org}.{fiscal_year}", {**note, "at": at.isoformat()})


def not_to_be_keyed(report: Submission) -> NotReady:
    """Why an office may not key into a year whose report counts, and what to do instead."""
    if not report.is_proxy:
        return NotReady(
            "この地区部会は、この年度をパソコンで提出しています。\n"
            "地区部会が署名した報告を変えないように、紙からは入力できません。報告はそのままです。\n"
            "違うところは「確認する」の画面で確認のお願いを書き、地区部会に直してもらってください。",
            code="proxy.own_report",
        )
    if report.state is ReportState.ACCEPTED:
        return NotReady(
            "代行入力した報告が確定しています。\n確定した内容はそのまま残っています。\n"
            "直すときは、「確認する」の画面で「もう一度確認する」を押し、確認のお願いを出してから入力してください。",
            code="proxy.accepted",
        )
    return NotReady(
        f"この年度は、代行入力の第{report.revision}版として報告にしてあります。\n入力した内容はそのままです。\n"
        "直すときは、「報告にする」の画面で「報告を取り消して直す」を押すか、"
        "「確認する」の画面で確認のお願いを出してください。",
        code="proxy.reported",
    )
