"""A year that was never in the program: a table to fill in, its preview, taking it in, taking that back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shakyo_desktop.domain.codes import OrganisationKind, Reporter
from shakyo_desktop.domain.earlier_year import RecordLine, Standing, TableRecord
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.fiscal_year import fiscal_year_name, fiscal_year_of
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import desk_of
from shakyo_desktop.services.roster import read_list
from shakyo_desktop.services.table_rows import (
    HeldRecords,
    effective,
    held_records,
    set_against,
    write_rows,
)
from shakyo_desktop.services.table_undo import take_back
from shakyo_desktop.services.table_years import TakenTable, note_taken, taken_tables
from shakyo_desktop.storage.stores import Stores

if TYPE_CHECKING:
    from shakyo_desktop.documents.year_table import YearScope


@dataclass(frozen=True, slots=True)
class TableFault:
    """What must be put right in the table, and in which cell."""

    address: str
    message: str


@dataclass(frozen=True, slots=True)
class YearPreview:
    """What taking a table in would do; nothing is stored yet.

    ``set_aside`` names the districts whose rows are left out because their signed report is here.
    """

    file_name: str
    fiscal_year: int
    plans: tuple[Plan, ...]
    names: dict[str, str]
    lines: tuple[RecordLine, ...]
    problems: tuple[TableFault, ...]
    set_aside: tuple[str, ...]
    rows: tuple[TableRecord, ...]

    def count(self, standing: Standing) -> int:
        """How many values stand so."""
        return Counter(one.standing for line in self.lines for one in line.fields)[standing]

    def new_activities(self) -> int:
        """How many activities would be made."""
        return sum(1 for line in self.lines if line.new_activity)

    def brings(self, keep: bool) -> bool:
        """Whether anything would be written."""
        return any(line.new_activity or line.taken(keep) for line in self.lines)


class EarlierYearService:
    """The own years of a district; at a ward those of all its districts."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def years(self) -> tuple[int, ...]:
        """The years before this one that a plan covers, newest first: only they have items to fill in."""
        current = fiscal_year_of(self._context.today())
        with self._context.database.reading() as stores:
            plans = stores.plans.all()
        covered = {
            year for plan in plans for year in range(plan.first_fiscal_year, plan.last_fiscal_year + 1)
        }
        return tuple(sorted((year for year in covered if year < current), reverse=True))

    def template(self, fiscal_year: int) -> bytes:
        """An Excel workbook with every item of the year, and what is held of it already.

        Raises:
            NotReady: no plan covers the year, or the office has no districts yet.
        """
        from shakyo_desktop.documents.year_sheets import (
            HeldYear,
            write_year_table,
        )  # openpyxl loads at first use

        with self._context.database.reading() as stores:
            held, office = _held(stores, fiscal_year), _is_office(stores)
        totals = effective(held)
        years = []
        for org in held.orgs:
            statuses = {(one.plan_id, one.item_number): one for one in held.statuses if one.org == org.code}
            own = {key[1:]: found for key, found in totals.items() if key[0] == org.code}
            years.append(HeldYear(org.code, org.name, statuses, own, held.activities))
        return write_year_table(fiscal_year, _asked(held.plans), years, office=office)

    def preview(self, path: Path, fiscal_year: int) -> YearPreview:
        """Read a table and say what it would change, without storing anything.

        Raises:
            FileUnreadable: the file cannot be opened or is no table.
            BadInput: a sheet or its headings are missing.
            NotReady: no plan covers the year, or the district's report of it is accepted.
        """
        from shakyo_desktop.documents.year_table import read_year_table  # openpyxl loads at first use

        data = read_list(path)
        with self._context.database.reading() as stores:
            held = _held(stores, fiscal_year)
            table = read_year_table(data, path.name, _scope(stores, held))
            own = str(stores.settings.get("org"))
            if not _is_office(stores):
                desk_of(self._context, stores).expect_open(fiscal_year)
        rows = tuple(row if row.org else replace(row, org=own) for row in table.rows)
        names = {org.code: org.name for org in held.orgs}
        aside = tuple(sorted({names[row.org] for row in rows if row.org in held.reported}))
        rows = tuple(row for row in rows if row.org not in held.reported)
        return YearPreview(
            path.name,
            fiscal_year,
            held.plans,
            names if len(names) > 1 else {},
            set_against(rows, held),
            tuple(TableFault(one.address, one.message) for one in table.problems),
            aside,
            rows,
        )

    def take_in(self, preview: YearPreview, *, keep: bool = True) -> TakenTable:
        """Store what a preview promised, in one transaction with a row of history for every value.

        Args:
            keep: leave a value that is held already where the table says something else.

        Raises:
            NotReady: the table has problems or brings nothing, or what is held changed since the preview.
        """
        if preview.problems:
            raise NotReady(
                f"表に、直すところが{len(preview.problems)}か所あります。まだ何も取り込んでいません。\n"
                "表を直して保存し、もう一度選んでください。"
            )
        with self._context.database.transaction() as stores:
            held = _held(stores, preview.fiscal_year)
            desk = desk_of(self._context, stores)
            if not _is_office(stores):
                desk.expect_open(preview.fiscal_year)
            lines = set_against((row for row in preview.rows if row.org not in held.reported), held)
            if lines != preview.lines:
                raise NotReady(
                    "表を選んだあとで、この年度の内容が変わりました。まだ何も取り込んでいません。\n"
                    "もう一度、表を選んでください。"
                )
            who, now = desk.journal.who, desk.journal.now
            written = write_rows(stores, lines, held, who, now, keep=keep)
            if written is None:
                raise NotReady("表には、新しく入れるものがありません。\n今ある内容はそのままです。")
            taken = TakenTable(
                id=new_id(now),
                fiscal_year=preview.fiscal_year,
                file_name=preview.file_name,
                at=now,
                who=who,
                values=written.values,
                records=written.records,
                orgs=written.orgs,
                first=written.first,
                last=written.last,
            )
            note_taken(stores, taken)
        return taken

    def taken(self) -> tuple[TakenTable, ...]:
        """Every table that was taken in, newest first."""
        with self._context.database.reading() as stores:
            return taken_tables(stores)

    def undo(self, taken_id: str) -> TakenTable:
        """Take a whole take-in back: every field is as it was before, new activities go to the ごみ箱.

        Raises:
            NotFound: there is no such take-in.
            NotReady: it was taken back already, or something it wrote was changed afterwards.
        """
        with self._context.database.transaction() as stores:
            taken = next((one for one in taken_tables(stores) if one.id == taken_id), None)
            if taken is None:
                raise NotFound.of("その取り込み")
            desk = desk_of(self._context, stores)
            if not _is_office(stores):
                desk.expect_open(taken.fiscal_year)
            take_back(
                stores, taken, held_records(stores, taken.fiscal_year), desk.journal.who, desk.journal.now
            )
            undone = replace(taken, undone=True)
            note_taken(stores, undone)
        return undone


def _held(stores: Stores, fiscal_year: int) -> HeldRecords:
    held = held_records(stores, fiscal_year)
    if not held.plans:
        raise NotReady(
            f"{fiscal_year_name(fiscal_year)}の計画が登録されていないので、項目がわかりません。\n"
            "何も変わっていません。\n"
            "計画のある年度を選んでください。計画は区事務所の「区の設定」で登録します。"
        )
    if not held.orgs:
        raise NotReady(
            "名簿に地区部会がありません。\n何も変わっていません。\n「区の設定」の「名簿」で先に登録してください。"
        )
    return held


def _scope(stores: Stores, held: HeldRecords) -> "YearScope":
    from shakyo_desktop.documents.year_table import YearScope

    districts = {org.code: org.name for org in held.orgs} if _is_office(stores) else None
    return YearScope(held.fiscal_year, held.plans, districts)


def _is_office(stores: Stores) -> bool:
    return str(stores.settings.get("role")) != OrganisationKind.DISTRICT.value


def _asked(plans: Sequence[Plan]) -> list[tuple[Plan, Item]]:
    """The items that districts report; those of the ward office are its own."""
    return [(plan, item) for plan in plans for item in plan.items if item.reporter is Reporter.DISTRICT]
