"""A plan is changed as a draft; a whole draft becomes a version; every version stays."""

from dataclasses import replace

import pytest

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.plan import Item, PlanDraft
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.services.plan_editing import PlanEditingService, draft_faults
from shakyo_desktop.services.plans import PlanService, shipped_plans
from tests.services.offices import NOW, office_context

SHIPPED = shipped_plans()[0]


@pytest.fixture
def context(tmp_path):
    with office_context(tmp_path) as context:
        yield context


@pytest.fixture
def editing(context):
    return PlanEditingService(context)


@pytest.fixture
def plans(context):
    return PlanService(context)


def renamed(plan, name="みほんの項目"):
    return replace(plan, items=(replace(plan.items[0], name=name), *plan.items[1:]))


def test_a_plan_that_nobody_changed_has_no_draft(editing):
    desk = editing.open(SHIPPED.id)
    assert (desk.draft, desk.saved, desk.kept) == (PlanDraft(SHIPPED, 1), SHIPPED, False)
    with pytest.raises(NotReady, match="直したところがありません"):
        editing.save(SHIPPED.id)


def test_a_draft_is_there_again_after_the_program_was_closed(context, editing, plans):
    editing.keep(PlanDraft(renamed(SHIPPED), 1, {"items/0/direction": "あ"}))
    again = PlanEditingService(context).open(SHIPPED.id)
    assert again.draft == PlanDraft(renamed(SHIPPED), 1, {"items/0/direction": "あ"})
    assert again.kept
    assert plans.plan(SHIPPED.id) == SHIPPED


def test_a_draft_that_is_what_was_saved_is_none(editing):
    editing.keep(PlanDraft(renamed(SHIPPED), 1))
    editing.keep(PlanDraft(SHIPPED, 1))
    assert editing.drafts() == ()


def test_a_saved_draft_is_a_version_with_date_and_person_and_the_old_one_stays(editing, plans):
    editing.keep(PlanDraft(renamed(SHIPPED), 1))
    version = editing.save(SHIPPED.id)
    assert (version.version, version.saved_by, version.saved_at) == (2, "みほん 事務", NOW)
    assert plans.plan(SHIPPED.id) == renamed(SHIPPED)
    assert [one.version for one in editing.versions(SHIPPED.id)] == [2, 1]
    assert editing.version(SHIPPED.id, 1) == (SHIPPED, ())
    plan, changes = editing.version(SHIPPED.id, 2)
    assert plan == renamed(SHIPPED)
    assert [(one.place, one.old, one.new) for one in changes] == [
        ("取組項目1　名前", SHIPPED.items[0].name, "みほんの項目")
    ]
    assert editing.drafts() == ()


def test_a_draft_that_contradicts_itself_stays_a_draft(editing, plans):
    twice = replace(SHIPPED, items=(*SHIPPED.items, replace(SHIPPED.items[0], direction=99)))
    draft = PlanDraft(twice, 1, {"plan/first_fiscal_year": "来年"})
    editing.keep(draft)
    places = [(fault.part, fault.entry, fault.field) for fault in draft_faults(draft)]
    assert places == [
        ("plan", (), "first_fiscal_year"),
        ("items", (21,), "number"),
        ("items", (21,), "direction"),
    ]
    with pytest.raises(NotReady, match="3か所"):
        editing.save(SHIPPED.id)
    assert plans.plan(SHIPPED.id) == SHIPPED
    assert editing.open(SHIPPED.id).draft == draft


def test_a_record_keeps_its_item_in_the_plan(context, editing):
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
    assert editing.open(SHIPPED.id).in_use == {21: ("地区部会の記録",)}
    editing.keep(PlanDraft(replace(SHIPPED, items=SHIPPED.items[:20]), 1))
    with pytest.raises(NotReady, match="取組項目21（地区部会の記録）"):
        editing.save(SHIPPED.id)
    assert len(editing.open(SHIPPED.id).draft.plan.items) == 20


def test_a_version_saved_meanwhile_is_never_overwritten(context, editing):
    editing.keep(PlanDraft(renamed(SHIPPED), 1))
    with context.database.transaction() as stores:
        stores.plans.save(renamed(SHIPPED, "先の人"), NOW)
    with pytest.raises(NotReady, match="別の版が保存されました"):
        editing.save(SHIPPED.id)


def test_a_new_plan_begins_as_a_draft_and_is_no_plan_until_it_is_saved(editing, plans):
    draft = editing.begin()
    assert editing.open(draft.plan.id).draft == draft
    assert [plan.id for plan in plans.plans()] == [SHIPPED.id]
    whole = replace(
        draft.plan,
        name="みほん区計画",
        goals=(replace(draft.plan.goals[0], name="めあて"),),
        directions=(replace(draft.plan.directions[0], name="すすめかた"),),
        items=(Item(101, 1, "見守り"),),
    )
    editing.keep(PlanDraft(whole, 0))
    assert editing.save(whole.id).version == 1
    assert plans.plan(whole.id) == whole
    assert editing.begin().plan.id not in {whole.id, SHIPPED.id}


def test_a_draft_can_be_thrown_away(editing):
    draft = editing.begin()
    editing.discard(draft.plan.id)
    with pytest.raises(NotFound):
        editing.open(draft.plan.id)


def test_an_old_version_comes_back_as_a_draft(editing, plans):
    editing.keep(PlanDraft(renamed(SHIPPED), 1))
    editing.save(SHIPPED.id)
    editing.bring_back(SHIPPED.id, 1)
    assert plans.plan(SHIPPED.id) == renamed(SHIPPED)
    with pytest.raises(NotReady, match="下書きがあります"):
        editing.bring_back(SHIPPED.id, 1)
    assert editing.save(SHIPPED.id).version == 3
    assert plans.plan(SHIPPED.id) == SHIPPED
