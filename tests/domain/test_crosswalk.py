"""One activity counts for an item of each plan it maps to, never for two of one plan."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain.crosswalk import (
    CountedAs,
    MappedFigures,
    counted_in,
    crosswalk_problems,
    figures_by_source,
)
from shakyo_desktop.domain.item_matches import Suggestion, suggestions
from shakyo_desktop.domain.keeping import ActivityCount
from shakyo_desktop.domain.plan import Crosswalk, Direction, Goal, Item, Plan


def plan_of(plan_id: str, *names: str, first: int = 1) -> Plan:
    items = tuple(Item(number, 1, name) for number, name in enumerate(names, start=first))
    return Plan(
        plan_id, f"みほん計画{plan_id}", "", 2024, 2026, (Goal(1, "め"),), (Direction(1, 1, "す"),), items
    )


CITY = plan_of("city", "見守り活動の促進", "居場所づくり", "防災訓練")
WARD = plan_of("ward", "防災訓練", "地域の居場所づくり", "見守り活動の推進", "健康づくり", first=11)


def count(
    plan_id: str, item: int, activities: int, participants: int | None, org: str = "99-01"
) -> ActivityCount:
    return ActivityCount(org, 2026, plan_id, item, activities, activities, participants, None, 0)


def test_an_item_counts_for_the_one_item_it_is_paired_with_in_whichever_order_the_pair_was_written() -> None:
    pairs = [Crosswalk("city", 1, "ward", 13), Crosswalk("ward", 12, "city", 2)]
    assert counted_in(WARD, pairs) == {("city", 1): CountedAs(13), ("city", 2): CountedAs(12)}
    assert counted_in(CITY, pairs) == {("ward", 13): CountedAs(1), ("ward", 12): CountedAs(2)}


def test_of_several_partners_in_one_plan_the_first_of_its_order_counts_and_the_others_are_named() -> None:
    pairs = [Crosswalk("city", 1, "ward", number) for number in (14, 13, 12)]
    assert counted_in(WARD, pairs) == {("city", 1): CountedAs(12, (13, 14))}
    turned = replace(WARD, items=WARD.items[::-1])
    assert counted_in(turned, pairs) == {("city", 1): CountedAs(14, (13, 12))}


def test_an_item_that_left_its_plan_and_a_pair_inside_one_plan_count_for_nothing() -> None:
    assert counted_in(WARD, [Crosswalk("city", 1, "ward", 99), Crosswalk("ward", 11, "ward", 12)]) == {}


def test_what_corresponds_is_not_chained_over_a_third_plan() -> None:
    pairs = [Crosswalk("city", 1, "third", 5), Crosswalk("third", 5, "ward", 11)]
    assert counted_in(WARD, pairs) == {("third", 5): CountedAs(11)}


def test_figures_come_with_their_source_and_unknown_is_not_zero() -> None:
    pairs = [Crosswalk("city", 1, "ward", 13), Crosswalk("city", 2, "ward", 13)]
    counts = [
        count("city", 1, 12, 340),
        count("city", 1, 3, None, org="99-02"),
        count("city", 2, 1, None),
        count("city", 3, 5, 50),
        count("ward", 13, 7, 70),
    ]
    assert figures_by_source(WARD, counts, pairs) == {
        13: (MappedFigures("city", 1, 15, 15, 340, None), MappedFigures("city", 2, 1, 1, None, None))
    }


NUMBERS = st.integers(1, 4)
PAIRS = st.lists(st.builds(Crosswalk, st.just("city"), NUMBERS, st.just("ward"), st.integers(11, 15)))
COUNTS = st.lists(
    st.builds(
        count, st.sampled_from(["city", "ward", "third"]), st.integers(1, 15), st.integers(1, 9), NUMBERS
    )
)


@given(PAIRS, COUNTS)
def test_no_activity_counts_twice_within_one_plan(
    pairs: list[Crosswalk], counts: list[ActivityCount]
) -> None:
    mapped = [line for lines in figures_by_source(WARD, counts, pairs).values() for line in lines]
    paired = {pair.item_number for pair in pairs if WARD.item(pair.other_item_number)}
    once = [line for line in counts if line.plan_id == "city" and line.item_number in paired]
    assert sum(line.activities for line in mapped) == sum(line.activities for line in once)
    assert {line.plan_id for line in mapped} <= {"city"}


@given(PAIRS, COUNTS, st.randoms())
def test_the_order_of_pairs_does_not_matter(pairs, counts, random) -> None:  # type: ignore[no-untyped-def]
    turned = [Crosswalk(p.other_plan_id, p.other_item_number, p.plan_id, p.item_number) for p in pairs]
    random.shuffle(turned)
    assert figures_by_source(WARD, counts, turned) == figures_by_source(WARD, counts, pairs)


def test_a_pair_that_names_nothing_is_told_with_its_plan_and_number() -> None:
    plans = {plan.id: plan for plan in (CITY, WARD)}
    assert crosswalk_problems([Crosswalk("city", 1, "ward", 11)], plans) == []
    found = "\n".join(
        crosswalk_problems(
            [
                Crosswalk("city", 9, "ward", 11),
                Crosswalk("city", 1, "none", 1),
                Crosswalk("city", 1, "city", 2),
            ],
            plans,
        )
    )
    assert "「みほん計画city」に取組項目9はありません" in found
    assert "計画「none」はありません" in found
    assert "同じ計画の項目です" in found


def test_equal_and_similar_names_are_suggested() -> None:
    assert suggestions(CITY, WARD) == (
        Suggestion(1, 13, False),
        Suggestion(2, 12, False),
        Suggestion(3, 11, True),
    )


def test_nothing_is_suggested_for_a_name_like_no_other() -> None:
    assert suggestions(plan_of("a", "福祉教育"), WARD) == ()
