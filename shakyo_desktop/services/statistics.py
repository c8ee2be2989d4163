"""集計・グラフ: five years of a plan over all districts and this year's months, read at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shakyo_desktop.domain.compilation import Arrival, ItemRollUp, SourceReport
from shakyo_desktop.domain.fiscal_year import fiscal_year_name, months_of
from shakyo_desktop.domain.keeping import MonthCount
from shakyo_desktop.domain.plan import Crosswalk, Plan
from shakyo_desktop.domain.roll_up import YearFacts, roll_up, roll_up_before, roll_up_together, year_facts
from shakyo_desktop.services.compiling import orgs_with_values, source_reports
from shakyo_desktop.services.table_years import from_table, orgs_from_tables
from shakyo_desktop.storage.stores import Stores

YEARS = 5


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One fiscal year. ``items`` stand in the order of the plan, None where nothing is held of an item.

    ``from_tables`` counts the districts whose values came from a table and not from a signed report.
    """

    fiscal_year: int
    expected: int
    items: tuple[ItemRollUp | None, ...]
    from_tables: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the charts of a plan and year show; ``years`` are five, this one last.

    ``months`` come from the diaries of the reports that are here; ``upcoming`` months have not begun.
    """

    plan: Plan
    fiscal_year: int
    sources: tuple[SourceReport, ...]
    years: tuple[YearFigures, ...]
    months: tuple[MonthCount, ...]
    upcoming: int

    @property
    def arrived(self) -> int:
        """How many expected districts have reported."""
        return sum(1 for one in self.sources if one.arrival is not Arrival.MISSING)

    def table_words(self) -> str:
        """Which years rest on tables, in words; empty when every value comes from a signed report."""
        found = [
            f"{fiscal_year_name(one.fiscal_year)} {one.from_tables}地区部会"
            for one in self.years
            if one.from_tables
        ]
        return f"表から入れた値（{'、'.join(found)}）を含みます" if found else ""

    def items_of(self, numbers: frozenset[int], year: YearFigures | None = None) -> tuple[ItemRollUp, ...]:
        """The items with these numbers that something is held of; of this year unless another is given."""
        found = (year or self.years[-1]).items
        return tuple(one for one in found if one is not None and one.item_number in numbers)

    def together(self, numbers: frozenset[int], year: YearFigures | None = None) -> ItemRollUp:
        """Items with these numbers as one, of this year unless another is given."""
        chosen = year or self.years[-1]
        return roll_up_together(self.items_of(numbers, chosen), chosen.expected)


def statistics_of(stores: Stores, plan: Plan, fiscal_year: int, today: date) -> Statistics:
    """Read five years in a number of statements that does not depend on how much they hold."""
    ward = str(stores.settings.get("org"))
    years = range(fiscal_year - YEARS + 1, fiscal_year + 1)
    sources = {year: source_reports(stores, year) for year in years}
    statuses = stores.figures.statuses(years)
    pairs, plans = stores.plans.crosswalk(), stores.plans.all()
    taken = orgs_from_tables(stores)
    figures = []
    for year in years:
        tables = from_table(sources[year], taken.get(year, ()))
        here = orgs_with_values(sources[year], tables)
        of_year = (one for one in statuses if one.fiscal_year == year)
        facts = year_facts(ward, len(sources[year]), here, of_year, tables=tables)
        items = _items(plan, facts, pairs, plans, year == fiscal_year)
        figures.append(YearFigures(year, len(sources[year]), items, len(tables)))
    counted = set(_here(sources[fiscal_year]))
    months = stores.figures.month_counts(fiscal_year, plan.id)
    return Statistics(
        plan,
        fiscal_year,
        sources[fiscal_year],
        tuple(figures),
        tuple(one for one in months if one.org in counted),
        sum(1 for month in months_of(fiscal_year) if month > f"{today:%Y-%m}"),
    )


def _items(
    plan: Plan, facts: YearFacts, pairs: Sequence[Crosswalk], plans: Sequence[Plan], current: bool
) -> tuple[ItemRollUp | None, ...]:
    """Of the year that is shown every item, also one nobody reported; of earlier ones what is held."""
    return roll_up(plan, facts, pairs=pairs) if current else roll_up_before(plan, facts, pairs, plans)


def _here(sources: tuple[SourceReport, ...]) -> tuple[str, ...]:
    return tuple(one.org for one in sources if one.arrival is not Arrival.MISSING)
