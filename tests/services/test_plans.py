"""The plans of a store: what ships, what is taken in, what must not be lost."""

import io
from dataclasses import replace

import openpyxl
import pytest

from shakyo_desktop.documents import plan_reader
from shakyo_desktop.documents.cell_values import read_whole
from shakyo_desktop.documents.cells import MAX_BYTES
from shakyo_desktop.documents.plan_table import write_plan_csv, write_plan_template
from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.plan import Crosswalk
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.services.plan_pairs import PlanPairsService
from shakyo_desktop.services.plans import PlanService, shipped_plans
from shakyo_desktop.services.roster import read_list
from tests.services.offices import office_context

SHIPPED = shipped_plans()[0]


@pytest.fixture
def context(tmp_path):
    with office_context(tmp_path) as context:
        yield context


@pytest.fixture
def plans(context):
    return PlanService(context)


def written(tmp_path, plan):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(write_plan_template(plan))
    return path


def test_the_shipped_plan_has_its_21_items(plans):
    assert [len(plan.items) for plan in plans.plans()] == [21]
    assert plans.plan(SHIPPED.id) == SHIPPED


def test_a_plan_nobody_has_is_not_found(plans):
    with pytest.raises(NotFound):
        plans.plan("none")


def test_a_plans_template_reads_back_as_the_same_plan(plans, tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plans.template())
    preview = plans.preview(path)
    assert (preview.plan, preview.problems, preview.replaces) == (SHIPPED, (), SHIPPED)


def test_a_new_plan_stands_beside_the_old_one(plans, tmp_path):
    ward_plan = replace(SHIPPED, id="mihon-ku-1", name="みほん区計画")
    preview = plans.preview(written(tmp_path, ward_plan))
    assert [plan.id for plan in plans.plans()] == [SHIPPED.id]
    plans.take_in(preview)
    assert [plan.id for plan in plans.plans()] == [SHIPPED.id, "mihon-ku-1"]


def test_a_plan_is_taken_in_from_toml_too(plans, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text('id = "x"\nname = "みほん"\n', encoding="utf-8")
    preview = plans.preview(path)
    assert preview.plan is None
    assert "first_fiscal_year" in preview.problems[0].message
    with pytest.raises(NotReady):
        plans.take_in(preview)


def test_a_catalogue_made_to_exhaust_the_computer_is_told_as_a_problem(context, plans, tmp_path):
    path = tmp_path / "plan.toml"
    for text, word in (("#あ\n" * 110_000, "大きすぎます"), ("x = " + "[\n" * 9_000, "何重にも重なって")):
        path.write_text(text, encoding="utf-8")
        assert word in plans.preview(path).problems[0].message
    with path.open("wb") as file:
        file.write(b"#")
        file.truncate(40 * MAX_BYTES)
    assert "大きすぎます" in plans.preview(path).problems[0].message


def test_no_more_of_a_file_is_read_than_tells_that_it_is_too_large(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.truncate(40 * MAX_BYTES)
    assert len(read_list(path)) == MAX_BYTES + 1


def test_a_plan_with_many_items_is_read_in_one_go_over_each_sheet(plans, tmp_path, monkeypatch):
    read = []
    monkeypatch.setattr(plan_reader, "read_whole", lambda text: read.append(text) or read_whole(text))
    many = {
        "directions": tuple(replace(SHIPPED.directions[0], number=number) for number in range(1, 101)),
        "items": tuple(replace(SHIPPED.items[0], number=number) for number in range(1, 101)),
    }
    plans.preview(written(tmp_path, replace(SHIPPED, id="mihon-ku-1", **many)))
    assert 200 <= len(read) < 2_000


def test_an_item_with_records_cannot_leave_the_plan(context, plans, tmp_path):
    status = ItemStatus(
        id=new_id(),
        org="999999-01",
        fiscal_year=2026,
        plan_id=SHIPPED.id,
        item_number=21,
        state=ImplementationState.RUNNING,
    )
    with context.database.transaction() as stores:
        stores.records.insert(status)
    preview = plans.preview(written(tmp_path, replace(SHIPPED, items=SHIPPED.items[:20])))
    assert preview.removed_items == (21,)
    with pytest.raises(NotReady) as caught:
        plans.take_in(preview)
    assert "取組項目21" in caught.value.message
    assert len(plans.plan(SHIPPED.id).items) == 21


def test_an_item_nobody_used_may_leave_the_plan(plans, tmp_path):
    plans.take_in(plans.preview(written(tmp_path, replace(SHIPPED, items=SHIPPED.items[:20]))))
    assert len(plans.plan(SHIPPED.id).items) == 20


def test_a_ward_plan_in_two_encodings_of_csv_is_the_same_plan(plans, tmp_path):
    ward_plan = replace(SHIPPED, id="mihon-ku-1", name="みほん区計画")
    for cp932 in (False, True):
        path = tmp_path / "plan.csv"
        path.write_bytes(write_plan_csv(ward_plan, cp932=cp932).data)
        assert plans.preview(path).plan == ward_plan


def test_a_preview_says_what_would_change(plans, tmp_path):
    changed = replace(SHIPPED, items=(replace(SHIPPED.items[0], name="みほんの項目"), *SHIPPED.items[1:]))
    preview = plans.preview(written(tmp_path, changed))
    assert [(one.place, one.new) for one in preview.changes] == [("取組項目1　名前", "みほんの項目")]


def test_the_empty_template_has_a_mark_no_plan_uses(plans, tmp_path):
    ward_plan = replace(SHIPPED, id="ku-plan-1", name="みほん区計画")
    plans.take_in(plans.preview(written(tmp_path, ward_plan)))
    book = openpyxl.load_workbook(io.BytesIO(plans.empty_template()))
    assert book["計画"]["B2"].value == "ku-plan-2"


def test_an_item_that_is_paired_cannot_leave_the_plan(context, plans, tmp_path):
    ward_plan = replace(SHIPPED, id="mihon-ku-1", name="みほん区計画")
    plans.take_in(plans.preview(written(tmp_path, ward_plan)))
    PlanPairsService(context).connect(Crosswalk(SHIPPED.id, 21, "mihon-ku-1", 21))
    less = replace(ward_plan, items=ward_plan.items[:20])
    with pytest.raises(NotReady, match="取組項目21（計画の対応）"):
        plans.take_in(plans.preview(written(tmp_path, less)))
    assert len(plans.plan("mihon-ku-1").items) == 21
