"""What changed between two versions of a plan is told in the office's words."""

from dataclasses import replace

from shakyo_desktop.domain.codes import ActivityKind, Reporter
from shakyo_desktop.domain.plan import Measure
from shakyo_desktop.domain.plan_changes import PlanChange, plan_changes
from tests.factories import make_plan

PLAN = make_plan()


def test_equal_plans_have_no_changes() -> None:
    assert plan_changes(PLAN, make_plan()) == ()


def test_an_item_that_came_and_one_that_went_are_named() -> None:
    less = replace(PLAN, items=PLAN.items[:20])
    name = PLAN.items[20].name
    assert plan_changes(PLAN, less) == (PlanChange("取組項目21", name, ""),)
    assert plan_changes(less, PLAN) == (PlanChange("取組項目21", "", name),)


def test_every_field_of_an_item_is_told() -> None:
    item = PLAN.items[0]
    changed = replace(
        item,
        name="みほん",
        direction=2,
        priority=True,
        new=True,
        reporter=Reporter.WARD_OFFICE,
        kind=ActivityKind.MEAL,
        measures=(Measure("bags", "袋", "枚", "max"),),
    )
    found = plan_changes(PLAN, replace(PLAN, items=(changed, *PLAN.items[1:])))
    assert [change.place for change in found] == [
        f"取組項目1　{name}"
        for name in ("名前", "施策の方向性", "重点", "新規", "書く人", "活動の種類", "追加の数字")
    ]
    assert found[-1].new == "袋（枚・最大）"


def test_the_head_the_order_and_the_scale_are_told() -> None:
    scale = (replace(PLAN.rating_scale[0], words="とても進んだ"), *PLAN.rating_scale[1:])
    turned = (PLAN.items[1], PLAN.items[0], *PLAN.items[2:])
    found = plan_changes(PLAN, replace(PLAN, name="みほん計画", items=turned, rating_scale=scale))
    assert [change.place for change in found] == ["計画　名前", "取組項目の並び", "評価の段階　1番目"]
