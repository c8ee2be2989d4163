"""The charts of 集計・グラフ over time: five years with their coverage, and the months of this one."""

from collections.abc import Sequence
from datetime import date

from shakyo_desktop.charts.kinds import Columns, Lines, Multiples, Series
from shakyo_desktop.domain.compilation import CoveredSum
from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.fields import MeasureSpec
from shakyo_desktop.domain.fiscal_year import fiscal_year_name, months_of
from shakyo_desktop.domain.grouped_figures import ADDED_OVER_ITEMS, district_figure, sum_in
from shakyo_desktop.services.statistics import Statistics


def years_chart(stats: Statistics, numbers: frozenset[int], org: str = "") -> Multiples:
    """Five years of what may be added over items, of one district when ``org`` names it."""
    charts = tuple(_figure_lines(stats, numbers, spec, org) for spec in ADDED_OVER_ITEMS)
    return Multiples("5年間の推移", charts)


def _figure_lines(stats: Statistics, numbers: frozenset[int], spec: MeasureSpec, org: str) -> Lines:
    if not org:
        return year_lines(spec, stats, [sum_in(stats.together(numbers, y), spec.code) for y in stats.years])
    values = [district_figure(stats.items_of(numbers, year), spec.code, org) for year in stats.years]
    return _lines(spec, stats, values, ())


def year_lines(spec: MeasureSpec, stats: Statistics, figures: Sequence[CoveredSum | None]) -> Lines:
    """One figure over the years with its coverage; a missing year is a gap."""
    notes = [f"{one.stated}/{one.expected}" if one and one.stated else "" for one in figures]
    return _lines(spec, stats, [one.total if one else None for one in figures], notes)


def _lines(spec: MeasureSpec, stats: Statistics, values: Sequence[int | None], notes: Sequence[str]) -> Lines:
    short = tuple(_short_year(year.fiscal_year) for year in stats.years)
    spoken = tuple(fiscal_year_name(year.fiscal_year) for year in stats.years)
    return Lines(spec.label, spec.unit, short, (Series("", tuple(values)),), tuple(notes), spoken)


def _short_year(fiscal_year: int) -> str:
    """R8 for 令和8年度."""
    return short_era_date(date(fiscal_year, 12, 31)).split(".")[0]


def months_charts(stats: Statistics, numbers: frozenset[int], org: str = "") -> tuple[Columns, Columns]:
    """回数 and 延べ参加 by month, counted from the diaries of the reports that are here."""
    counts = [one for one in stats.months if one.item_number in numbers and (not org or one.org == org)]
    covered = "" if org else f"（報告が届いた{stats.arrived}/{len(stats.sources)}地区部会）"
    note = f"活動記録から数えました{covered}"
    return (
        _month_columns("月ごとの開催回数", "回", stats, [(one.month, one.sessions) for one in counts], note),
        _month_columns(
            "月ごとの延べ参加", "人", stats, [(one.month, one.participants) for one in counts], note
        ),
    )


def _month_columns(
    title: str, unit: str, stats: Statistics, figures: list[tuple[str, int | None]], note: str
) -> Columns:
    totals: dict[str, int] = {}
    for month, figure in figures:
        if figure is not None:
            totals[month] = totals.get(month, 0) + figure
    months = months_of(stats.fiscal_year)
    names = tuple(f"{int(month[5:])}月" for month in months)
    return Columns(title, unit, names, tuple(totals.get(month) for month in months), note, stats.upcoming)
