"""計画の対応 as a workbook: one row per pair; items without a partner stand in a second sheet."""

from collections.abc import Iterable, Iterator, Mapping

from shakyo_desktop.documents.excel_table import SheetContent, write_workbook
from shakyo_desktop.domain.crosswalk import CountedAs, ItemKey
from shakyo_desktop.domain.plan import Crosswalk, Plan

HEADINGS = ("計画", "番号", "取組項目", "相手の計画", "相手の番号", "相手の取組項目", "活動の数え方")


def write_pairs_table(
    plan: Plan, other: Plan, pairs: Iterable[Crosswalk], counted: Mapping[ItemKey, CountedAs]
) -> bytes:
    """Return the pairs of two plans; ``counted`` says for which item of ``other`` an item counts."""
    known = tuple(pairs)
    return write_workbook(
        [
            SheetContent(
                "対応", HEADINGS, list(_rows(plan, other, known, counted)), (28, 8, 40, 28, 12, 40, 30)
            ),
            SheetContent("相手のない項目", HEADINGS[:3], list(_alone(plan, other, known)), (28, 8, 50)),
        ]
    )


def counting_words(pair: Crosswalk, counted: Mapping[ItemKey, CountedAs]) -> str:
    """For what an activity of the pair's first item counts in the other plan, in words."""
    found = counted.get((pair.plan_id, pair.item_number))
    if found is None or found.item_number == pair.other_item_number:
        return f"{pair.other_item_number} に数える"
    return f"数えない（{found.item_number} に数える）"


def pair_names(plan: Plan, other: Plan, pair: Crosswalk) -> tuple[str, str]:
    """The names of both items; empty for one that left its plan."""
    item, partner = plan.item(pair.item_number), other.item(pair.other_item_number)
    return item.name if item else "", partner.name if partner else ""


def _rows(
    plan: Plan, other: Plan, pairs: Iterable[Crosswalk], counted: Mapping[ItemKey, CountedAs]
) -> Iterator[tuple[object, ...]]:
    for pair in pairs:
        name, partner = pair_names(plan, other, pair)
        words = counting_words(pair, counted)
        yield plan.name, pair.item_number, name, other.name, pair.other_item_number, partner, words


def _alone(plan: Plan, other: Plan, pairs: Iterable[Crosswalk]) -> Iterator[tuple[object, ...]]:
    known = tuple(pairs)
    for side, paired in (
        (plan, {pair.item_number for pair in known}),
        (other, {pair.other_item_number for pair in known}),
    ):
        yield from ((side.name, item.number, item.name) for item in side.items if item.number not in paired)
