"""The charts of 集計・グラフ for a subject: the whole ward, a 施策の方向性, an item, a district."""

from collections.abc import Iterable
from dataclasses import dataclass

from shakyo_desktop.charts.counting import rating_segments, state_segments
from shakyo_desktop.charts.kinds import BarRow, Bars, Chart, Multiples, StackedBars, StackedRow
from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.grouped_figures import (
    ADDED_OVER_ITEMS,
    district_figure,
    sum_in,
    unrated,
)
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.totals import total_specs
from shakyo_desktop.services.figure_districts import district_charts
from shakyo_desktop.services.figure_times import months_charts, year_lines, years_chart
from shakyo_desktop.services.statistics import Statistics

WARD, DIRECTION, ITEM, DISTRICT = "ward", "direction", "item", "district"
_PEOPLE = "person_times"
_OFFICE = "区事務所が報告する項目です"
_OFFICE_ONLY = "地区部会が報告する項目はありません"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the charts are about; ``key`` is the number of a direction or item, or a district's code."""

    kind: str = WARD
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """A bar or line of its own: a label and the items it counts together."""

    label: str
    numbers: frozenset[int]
    nothing: str = ""


def charts_of(stats: Statistics, subject: Subject) -> tuple[Chart, ...]:
    """The charts of a subject, most important first."""
    if subject.kind == DISTRICT:
        return district_charts(stats, subject.key, subject_name(stats, subject))
    if subject.kind == ITEM:
        return _item_charts(stats, int(subject.key))
    groups = _directions(stats) if subject.kind == WARD else _items_of(stats, int(subject.key))
    what = "施策の方向性ごと" if subject.kind == WARD else "取組項目ごと"
    unit = "件" if subject.kind == WARD else "地区部会"
    everything = frozenset().union(*(group.numbers for group in groups))
    return (
        _states(stats, groups, f"実施状況（{what}）", unit),
        _ratings(stats, groups, f"自己評価（{what}）", unit),
        _sums(stats, groups, f"延べ参加（{what}）"),
        years_chart(stats, everything),
        *months_charts(stats, everything),
    )


def subject_name(stats: Statistics, subject: Subject) -> str:
    """What stands over the charts."""
    if subject.kind == DIRECTION:
        names = {str(one.number): one.name for one in stats.plan.directions}
        return f"施策の方向性 {subject.key} {names.get(subject.key, '')}"
    if subject.kind == ITEM:
        item = stats.plan.item(int(subject.key))
        return f"{subject.key} {item.name if item else ''}"
    if subject.kind == DISTRICT:
        return next((one.name for one in stats.sources if one.org == subject.key), subject.key)
    return "区全体"


def _directions(stats: Statistics) -> list[_Group]:
    groups = []
    for direction in stats.plan.directions:
        items = [item for item in stats.plan.items if item.direction == direction.number]
        numbers = frozenset(item.number for item in items)
        groups.append(_Group(f"{direction.number} {direction.name}", numbers, _OFFICE_ONLY))
    return groups


def _items_of(stats: Statistics, direction: int) -> list[_Group]:
    return [_group_of(item) for item in stats.plan.items if item.direction == direction]


def _group_of(item: Item) -> _Group:
    office = item.reporter is Reporter.WARD_OFFICE
    return _Group(f"{item.number} {item.name}", frozenset({item.number}), _OFFICE if office else "")


def _states(stats: Statistics, groups: Iterable[_Group], title: str, unit: str) -> StackedBars:
    rows = []
    for group in groups:
        found = stats.together(group.numbers)
        segments = state_segments(found.states, found.unreported)
        rows.append(StackedRow(group.label, segments, nothing=group.nothing))
    return StackedBars(title, tuple(rows), unit=unit)


def _ratings(stats: Statistics, groups: Iterable[_Group], title: str, unit: str) -> StackedBars:
    rows = []
    for group in groups:
        found = stats.together(group.numbers)
        segments = rating_segments(found.ratings, unrated(found), stats.plan)
        rows.append(StackedRow(group.label, segments, nothing=group.nothing))
    return StackedBars(title, tuple(rows), unit=unit)


def _sums(stats: Statistics, groups: Iterable[_Group], title: str) -> Bars:
    rows = []
    for group in groups:
        figure = sum_in(stats.together(group.numbers), _PEOPLE)
        total, covered = (
            (figure.total, f"{figure.stated}/{figure.expected}地区部会") if figure else (None, "")
        )
        rows.append(BarRow(group.label, total, (total is None and group.nothing) or covered))
    return Bars(title, "人", tuple(rows))


def _item_charts(stats: Statistics, number: int) -> tuple[Chart, ...]:
    item = stats.plan.item(number)
    if item is None:
        return ()
    numbers, groups = frozenset({number}), [_group_of(item)]
    return (
        _states(stats, groups, "実施状況", "地区部会"),
        _ratings(stats, groups, "自己評価", "地区部会"),
        _by_district(stats, numbers),
        _item_years(stats, item),
        *months_charts(stats, numbers),
    )


def _by_district(stats: Statistics, numbers: frozenset[int]) -> Bars:
    items = stats.items_of(numbers)
    rows = [BarRow(one.name, district_figure(items, _PEOPLE, one.org)) for one in stats.sources]
    return Bars("延べ参加（地区部会ごと）", "人", tuple(rows))


def _item_years(stats: Statistics, item: Item) -> Multiples:
    """Every figure of the item that may be added over districts and that somebody states in some year."""
    numbers = frozenset({item.number})
    charts = []
    for spec in total_specs(item):
        if spec.total == "none":
            continue
        held = [stats.items_of(numbers, year) for year in stats.years]
        figures = [sum_in(found[0], spec.code) if found else None for found in held]
        if any(one is not None and one.total is not None for one in figures) or spec in ADDED_OVER_ITEMS:
            charts.append(year_lines(spec, stats, figures))
    return Multiples("5年間の推移", tuple(charts))
