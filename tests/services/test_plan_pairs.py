"""計画の対応: pairs are kept once, named when wrong, and say for what an activity counts."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from shakyo_desktop.domain.codes import Granularity
from shakyo_desktop.domain.crosswalk import CountedAs, MappedFigures
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.plan import Crosswalk, Item
from shakyo_desktop.services.plan_editing import PlanEditingService
from shakyo_desktop.services.plan_pairs import PlanPairsService
from shakyo_desktop.services.plans import PlanService, shipped_plans
from tests.factories import make_activity
from tests.services.offices import NOW, office_context
from tests.services.test_statements import fill, statements_of

CITY = shipped_plans()[0]
WARD = replace(
    CITY,
    id="mihon-ku",
    name="みほん区計画",
    items=tuple(Item(number, 1, f"みほんの取組{number}") for number in range(101, 131)),
)


def pair(number, other):
    return Crosswalk(CITY.id, number, WARD.id, other)


@pytest.fixture
def context(tmp_path):
    with office_context(tmp_path) as context:
        with context.database.transaction() as stores:
            stores.plans.save(WARD, NOW)
        yield context


@pytest.fixture
def pairs(context):
    return PlanPairsService(context)


def test_items_are_connected_and_disconnected_many_to_many(context, pairs):
    pairs.connect(pair(6, 101), pair(6, 102), pair(7, 101))
    view = pairs.view(CITY.id, WARD.id, 2026)
    assert view.pairs == (pair(6, 101), pair(6, 102), pair(7, 101))
    pairs.disconnect(pair(6, 102))
    assert pairs.view(CITY.id, WARD.id, 2026).pairs == (pair(6, 101), pair(7, 101))
    assert PlanService(context).crosswalk() == (pair(6, 101), pair(7, 101))


def test_a_pair_is_kept_once_whichever_way_round_it_is_written(context, pairs):
    turned = Crosswalk(WARD.id, 101, CITY.id, 6)
    pairs.connect(pair(6, 101))
    pairs.connect(turned)
    assert len(PlanService(context).crosswalk()) == 1
    assert pairs.view(WARD.id, CITY.id, 2026).pairs == (turned,)
    pairs.disconnect(turned)
    assert PlanService(context).crosswalk() == ()


def test_a_pair_that_names_no_item_is_told_and_nothing_changes(context, pairs):
    pairs.connect(pair(1, 101))
    with pytest.raises(BadInput, match="「みほん区計画」に取組項目999はありません"):
        pairs.connect(pair(2, 102), pair(2, 999))
    with pytest.raises(BadInput, match="同じ計画"):
        pairs.save([Crosswalk(CITY.id, 1, CITY.id, 2)])
    assert PlanService(context).crosswalk() == (pair(1, 101),)


def test_the_diary_of_one_plan_counts_for_one_item_of_the_other(context, pairs):
    with context.database.transaction() as stores:
        for day, people in ((1, 20), (8, None)):
            stores.records.insert(
                make_activity(
                    org="999999-01",
                    plan_id=CITY.id,
                    item_number=6,
                    held_on=date(2026, 9, day),
                    participants=people,
                    helpers=None,
                    granularity=Granularity.EVENT,
                    sessions=None,
                )
            )
    pairs.connect(pair(6, 102), pair(6, 101))
    view = pairs.view(CITY.id, WARD.id, 2026)
    assert view.counted == {(CITY.id, 6): CountedAs(101, (102,))}
    assert view.figures == {101: (MappedFigures(CITY.id, 6, 2, 2, 20, None),)}


def test_the_table_says_where_an_activity_counts_and_what_has_no_partner(pairs):
    pairs.connect(pair(6, 101), pair(6, 102))
    book = openpyxl.load_workbook(io.BytesIO(pairs.table(CITY.id, WARD.id, 2026)))
    rows = list(book["対応"].iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[4], row[6]) for row in rows] == [
        (6, 101, "101 に数える"),
        (6, 102, "数えない（101 に数える）"),
    ]
    assert book["相手のない項目"].max_row == 1 + 20 + 28


def test_the_list_is_made_on_paper(pairs):
    pairs.connect(*(pair(number, 100 + number) for number in range(1, 22)))
    assert pairs.pdf(CITY.id, WARD.id, 2026).startswith(b"%PDF")


@pytest.mark.parametrize("work", ["pairs", "editing"])
def test_two_full_years_take_no_more_statements_than_none(context, pairs, work):
    editing = PlanEditingService(context)

    def run():
        return pairs.view(CITY.id, WARD.id, 2026) if work == "pairs" else editing.open(CITY.id)

    pairs.connect(*(pair(number, 100 + number) for number in range(1, 22)))
    before = statements_of(context, run)
    fill(context, make_activity(org="999999-01", plan_id=CITY.id, item_number=6))
    assert statements_of(context, run) == before
