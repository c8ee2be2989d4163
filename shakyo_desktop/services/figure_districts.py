"""The charts of one district: its profile against the ward, its five years and its months."""

from shakyo_desktop.charts.counting import state_segments
from shakyo_desktop.charts.kinds import BarRow, Bars, Chart, StackedBars, StackedRow
from shakyo_desktop.charts.marks import state_mark
from shakyo_desktop.domain.codes import ImplementationState, Reporter
from shakyo_desktop.domain.compilation import ItemRollUp
from shakyo_desktop.domain.grouped_figures import average_tenths, district_figure
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.services.figure_times import months_charts, years_chart
from shakyo_desktop.services.statistics import Statistics

_PEOPLE = "person_times"


def district_charts(stats: Statistics, org: str, name: str) -> tuple[Chart, ...]:
    """The charts of a district, most important first; symbols are set beside the ward's, never averaged."""
    numbers = frozenset(item.number for item in stats.plan.items)
    pairs = [
        (item, rolled)
        for item, rolled in zip(stats.plan.items, stats.years[-1].items, strict=True)
        if rolled is not None and item.reporter is Reporter.DISTRICT
    ]
    profile = [_profile_row(item, rolled, org) for item, rolled in pairs]
    people = [_people_row(item, rolled, org) for item, rolled in pairs]
    return (
        StackedBars("実施状況を区全体とくらべる", tuple(profile), own_title=name),
        Bars("延べ参加を区の平均とくらべる", "人", tuple(people), "延べ参加を報告した地区部会の平均"),
        years_chart(stats, numbers, org),
        *months_charts(stats, numbers, org),
    )


def _profile_row(item: Item, rolled: ItemRollUp, org: str) -> StackedRow:
    states: dict[str, ImplementationState | None] = {line.org: line.state for line in rolled.districts}
    label = f"{item.number} {item.name}"
    return StackedRow(label, state_segments(rolled.states, rolled.unreported), state_mark(states.get(org)))


def _people_row(item: Item, rolled: ItemRollUp, org: str) -> BarRow:
    value = district_figure((rolled,), _PEOPLE, org)
    return BarRow(f"{item.number} {item.name}", value, reference=average_tenths(rolled, _PEOPLE))
