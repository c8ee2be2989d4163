"""Figures over several items: what may be added, what covers whom, and what is missing."""

from collections.abc import Mapping
from dataclasses import replace

from shakyo_desktop.domain.compilation import CoveredSum, DistrictLine, ItemRollUp
from shakyo_desktop.domain.grouped_figures import (
    ADDED_OVER_ITEMS,
    average_tenths,
    district_figure,
    sum_in,
    unrated,
)


def item(
    number: int, *totals: Mapping[str, int], unreported: int = 0, **counts: Mapping[str, int]
) -> ItemRollUp:
    lines = tuple(DistrictLine(org=f"99-0{at}", totals=one) for at, one in enumerate(totals))
    states, ratings = counts.get("states", {}), counts.get("ratings", {})
    return ItemRollUp(
        item_number=number, states=states, ratings=ratings, unreported=unreported, sums=(), districts=lines
    )


PAIR = (
    item(1, {"person_times": 10}, {"person_times": 5}, {}),
    item(2, {"person_times": 3}, {}, {"sessions": 0}),
)


def test_persons_and_places_are_never_added_over_items() -> None:
    assert [spec.code for spec in ADDED_OVER_ITEMS] == ["sessions", "person_times", "helpers"]


def test_a_districts_own_figure_leaves_out_what_it_does_not_state() -> None:
    assert [district_figure(PAIR, "person_times", f"99-0{at}") for at in range(3)] == [13, 5, None]


def test_an_average_is_over_those_that_state_the_figure() -> None:
    assert average_tenths(PAIR[0], "person_times") == 75
    assert average_tenths(item(1, {"helpers": 1}, {"helpers": 1}, {"helpers": 3}), "helpers") == 17
    assert average_tenths(PAIR[0], "helpers") is None


def test_every_cell_with_a_state_or_owed_carries_a_rating_or_none() -> None:
    assert unrated(item(1, unreported=2, states={"running": 3}, ratings={"good": 2})) == 3


def test_a_sum_is_found_by_its_code() -> None:
    figure = CoveredSum("helpers", "延べ担い手", "人", 3, 1, 2)
    rolled = replace(PAIR[0], sums=(figure,))
    assert (sum_in(rolled, "helpers"), sum_in(rolled, "sessions")) == (figure, None)
