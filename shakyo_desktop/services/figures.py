"""Seeing what districts reported: the matrix, figures and charts, each with its signed source."""

from dataclasses import dataclass

from shakyo_desktop.domain.compilation import SourceReport
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.figure_charts import Subject, charts_of
from shakyo_desktop.services.figure_tables import charts_csv, charts_workbook
from shakyo_desktop.services.matrix import MatrixView, matrix_of
from shakyo_desktop.services.matrix_table import matrix_csv, matrix_workbook
from shakyo_desktop.services.statistics import Statistics, statistics_of


@dataclass(frozen=True, slots=True)
class CellRecord:
    """The record behind one cell, None when there is none, and the report it was signed in."""

    status: ItemStatus | None
    source: SourceReport


class FiguresService:
    """Reads only. Every answer takes a number of statements that does not grow with the districts."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def plans(self, fiscal_year: int) -> tuple[Plan, ...]:
        """The plans that are valid in a fiscal year."""
        with self._context.database.reading() as stores:
            return stores.plans.for_year(fiscal_year)

    def matrix(self, fiscal_year: int, plan_id: str = "") -> MatrixView | None:
        """Every expected district with its states, of the plan asked for or the year's first.

        None when the year has no plan.
        """
        with self._context.database.reading() as stores:
            plans = stores.plans.for_year(fiscal_year)
            plan = next((one for one in plans if one.id == plan_id), plans[0] if plans else None)
            return matrix_of(stores, plan, fiscal_year) if plan else None

    def record(self, source: SourceReport, fiscal_year: int, plan_id: str, item_number: int) -> CellRecord:
        """What a district wrote about one item, as it counts now."""
        with self._context.database.reading() as stores:
            statuses = stores.records.item_statuses(source.org, fiscal_year)
        found = [one for one in statuses if (one.plan_id, one.item_number) == (plan_id, item_number)]
        return CellRecord(min(found, key=lambda one: one.id, default=None), source)

    def statistics(self, fiscal_year: int, plan_id: str = "") -> Statistics | None:
        """Five years of the plan asked for, or of the year's first; None when the year has no plan."""
        with self._context.database.reading() as stores:
            plans = stores.plans.for_year(fiscal_year)
            plan = next((one for one in plans if one.id == plan_id), plans[0] if plans else None)
            return statistics_of(stores, plan, fiscal_year, self._context.today()) if plan else None

    def matrix_workbook(self, view: MatrixView) -> bytes:
        """The matrix as an Excel file."""
        return matrix_workbook(view)

    def matrix_csv(self, view: MatrixView) -> bytes:
        """The cells of the matrix as a CSV file, one row each."""
        return matrix_csv(view)

    def charts_workbook(self, stats: Statistics, subject: Subject) -> bytes:
        """The tables of a subject's charts as an Excel file, a sheet each."""
        return charts_workbook(charts_of(stats, subject))

    def charts_csv(self, stats: Statistics, subject: Subject) -> bytes:
        """The same numbers one below the other as a CSV file."""
        return charts_csv(charts_of(stats, subject))

    def charts_pdf(self, stats: Statistics, subject: Subject) -> bytes:
        """A subject's charts on paper, with the reports they rest on.

        Raises:
            DocumentFailed: they cannot be made.
        """
        from shakyo_desktop.services.figure_papers import charts_pdf

        with self._context.database.reading() as stores:
            return charts_pdf(stores, stats, subject, self._context.now())

    def matrix_pdf(self, view: MatrixView, *, changes: bool) -> bytes:
        """The matrix on paper, with what it rests on.

        Raises:
            DocumentFailed: it cannot be made.
        """
        from shakyo_desktop.services.figure_papers import matrix_pdf

        with self._context.database.reading() as stores:
            return matrix_pdf(stores, view, changes, self._context.now())
