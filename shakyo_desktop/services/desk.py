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
    return Desk(stores, org or own["org"], Journal(stores, own.get("person_name", ""), context.now()))


@dataclass(frozen=True, slots=True)
class Desk:
    """Records of ``org`` and the journal that notes who changed them."""

    stores: Stores
    org: str
    journal: Journal

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
        """Return the accepted report that locks a year, None when the year can be written in."""
        newest = self.stores.submissions.newest(self.org, fiscal_year)
        if newest is None or newest.state is not ReportState.ACCEPTED:
            return None
        opened: dict[str, Any] = self.stores.settings.get(f"{_REOPENED}.{self.org}.{fiscal_year}", {})
        return None if opened.get("package_id") == newest.package_id else newest

    def expect_open(self, fiscal_year: int) -> None:
        """Raise ``NotReady`` with code "locked" when a year is locked."""
        if self.locking(fiscal_year) is not None:
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
