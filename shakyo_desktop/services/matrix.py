"""地区×取組項目: one line per district, one cell per item, with the signed report behind every line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shakyo_desktop.domain.codes import ImplementationState, Reporter
from shakyo_desktop.domain.compilation import SourceReport
from shakyo_desktop.domain.crosswalk import ItemKey
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.keeping import ItemState
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.roll_up import items_standing_for
from shakyo_desktop.services.compiling import orgs_with_values, source_reports
from shakyo_desktop.services.table_years import from_table, orgs_from_tables
from shakyo_desktop.storage.stores import Stores

State = ImplementationState | None
_Found = Mapping[tuple[str, ItemKey], State]


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One district. ``states`` and ``earlier`` (the year before) stand in the order of the plan's items.

    ``from_table`` says that ``states`` came from a table and not from a signed report.
    """

    source: SourceReport
    states: tuple[State, ...]
    earlier: tuple[State, ...]
    from_table: bool = False

    @property
    def org(self) -> str:
        """The district's code."""
        return self.source.org

    @property
    def name(self) -> str:
        """The district's name."""
        return self.source.name


@dataclass(frozen=True, slots=True)
class MatrixView:
    """One plan in one fiscal year; ``has_earlier`` says whether anything is held of the year before.

    ``earlier_from_tables`` counts the districts whose year before came from a table.
    """

    plan: Plan
    fiscal_year: int
    lines: tuple[MatrixLine, ...]
    has_earlier: bool
    earlier_from_tables: int = 0

    def table_words(self) -> str:
        """What rests on tables, in words; empty when every value comes from a signed report."""
        counts = (
            (fiscal_year_name(self.fiscal_year - 1), self.earlier_from_tables),
            (fiscal_year_name(self.fiscal_year), sum(1 for line in self.lines if line.from_table)),
        )
        found = [f"{year} {count}地区部会" for year, count in counts if count]
        return f"表から入れた値（{'、'.join(found)}）を含みます" if found else ""


def is_expected(item: Item) -> bool:
    """Whether a district owes a word on the item: those of the ward office are never 未報告."""
    return item.reporter is Reporter.DISTRICT


def matrix_of(stores: Stores, plan: Plan, fiscal_year: int) -> MatrixView:
    """Read the cells of all districts; the diaries are not touched and no district costs a statement."""
    sources = source_reports(stores, fiscal_year)
    earlier, taken = source_reports(stores, fiscal_year - 1), orgs_from_tables(stores)
    tables = from_table(sources, taken.get(fiscal_year, ()))
    tables_before = from_table(earlier, taken.get(fiscal_year - 1, ()))
    here, before = set(orgs_with_values(sources, tables)), set(orgs_with_values(earlier, tables_before))
    states = stores.figures.states([fiscal_year, fiscal_year - 1])
    now = _by_cell(states, fiscal_year, here)
    then = _by_cell(states, fiscal_year - 1, before)
    others = items_standing_for(plan, stores.plans.crosswalk(), stores.plans.all())
    held = {key for _, key in then}
    keys = [_key_before((plan.id, item.number), others.get(item.number, ()), held) for item in plan.items]
    lines = tuple(
        MatrixLine(
            source,
            tuple(now.get((source.org, (plan.id, item.number))) for item in plan.items),
            tuple(then.get((source.org, key)) if key else None for key in keys),
            source.org in tables,
        )
        for source in sources
    )
    has_earlier = any(state for line in lines for state in line.earlier)
    return MatrixView(plan, fiscal_year, lines, has_earlier, len(tables_before))


def _by_cell(states: Iterable[ItemState], fiscal_year: int, orgs: set[str]) -> _Found:
    """The first record of an item counts; records of a district whose report does not count are left out."""
    found: dict[tuple[str, ItemKey], State] = {}
    for one in states:
        if one.fiscal_year == fiscal_year and one.org in orgs:
            found.setdefault((one.org, (one.plan_id, one.item_number)), one.state)
    return found


def _key_before(key: ItemKey, others: Iterable[ItemKey], held: set[ItemKey]) -> ItemKey | None:
    """Where an item stood last year: under its number, else the only one it goes with in an earlier plan."""
    if key in held:
        return key
    there = [other for other in others if other in held]
    return there[0] if len(there) == 1 else None
