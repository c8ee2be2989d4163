from dataclasses import replace
from typing import Any

import pytest

from shakyo_desktop.domain.catalogue import plan_problems, read_plan_toml
from shakyo_desktop.domain.codes import ActivityKind, Reporter
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.plan import DEFAULT_RATING_SCALE, Direction, Goal, Item, Measure, RatingLevel
from tests.factories import make_plan

SMALL = """
id = "mihon-1"
name = "みほん計画"
first_fiscal_year = 2026
last_fiscal_year = 2030
[[goals]]
number = 1
name = "目標"
[[directions]]
number = 1
goal = 1
name = "方向"
[[items]]
number = 1
direction = 1
name = "見守り"
kind = "watch"
[[items.measures]]
code = "bags"
label = "配った袋"
unit = "枚"
total = "max"
[[items]]
number = 2
direction = 1
name = "相談"
reporter = "ward_office"
priority = true
"""


def test_the_shipped_plan_is_whole() -> None:
    plan = make_plan()
    assert (len(plan.goals), len(plan.directions), len(plan.items)) == (3, 5, 21)
    assert [item.number for item in plan.items] == list(range(1, 22))
    by_direction = [sum(1 for item in plan.items if item.direction == one.number) for one in plan.directions]
    assert by_direction == [5, 3, 5, 2, 6]
    assert [item.number for item in plan.items if item.priority] == [6, 7, 9, 14, 18, 21]
    assert [item.number for item in plan.items if item.new] == [13, 16, 19]
    assert plan_problems(plan) == []


def test_a_catalogue_is_read_with_its_extra_figures() -> None:
    plan = read_plan_toml(SMALL)
    assert plan.items == (
        Item(1, 1, "見守り", ActivityKind.WATCH, measures=(Measure("bags", "配った袋", "枚", "max"),)),
        Item(2, 1, "相談", reporter=Reporter.WARD_OFFICE, priority=True),
    )
    assert plan.rating_scale == DEFAULT_RATING_SCALE


BAD = {
    "not TOML": (SMALL + "\n= 3", "catalogue.toml", "30行目"),
    "a number in quotes": (
        SMALL.replace("number = 2", 'number = "2"'),
        "catalogue.value",
        "取組項目の2番目の number",
    ),
    "a truth for a number": (SMALL.replace("number = 2", "number = true"), "catalogue.value", "整数"),
    "a missing name": (SMALL.replace('name = "相談"\n', ""), "catalogue.value", "取組項目の2番目の name"),
    "a misspelt key": (SMALL.replace("reporter =", "reportr ="), "catalogue.value", "reportr"),
    "an unknown kind": (SMALL.replace('"watch"', '"wach"'), "catalogue.value", "kind「wach」"),
    "a measure without label": (
        SMALL.replace('label = "配った袋"\n', ""),
        "catalogue.value",
        "取組項目の1番目の追加の数字の1番目の label",
    ),
    "a table where a list belongs": (SMALL.replace("[[goals]]", "[goals]"), "catalogue.value", "[[goals]]"),
    "an item twice": (SMALL.replace("number = 2", "number = 1"), "catalogue.plan", "取組項目の番号1が2回"),
    "a direction nobody knows": (
        SMALL.replace("direction = 1\nname = \"相談\"", "direction = 4\nname = \"相談\""),
        "catalogue.plan",
        "取組項目2の施策の方向性4",
    ),
    "a goal nobody knows": (SMALL.replace("goal = 1", "goal = 7"), "catalogue.plan", "基本目標7"),
    "years that run backwards": (SMALL.replace("2030", "2020"), "catalogue.plan", "始まりの年度より前"),
    "an unknown total": (SMALL.replace('"max"', '"mean"'), "catalogue.plan", "sum、last、max"),
    "a figure the kind has already": (SMALL.replace('"bags"', '"visits"'), "catalogue.plan", "同じ記号"),
    "a blank name": (SMALL.replace('"相談"', '" "'), "catalogue.plan", "取組項目2の名前が空"),
    "an invisible character": (SMALL.replace('"相談"', '"相\u200b談"'), "catalogue.plan", "使えない文字"),
    "too many characters": ("# みほん\n" * 50_001, "catalogue.size", "全部で300,000文字"),
    "a key of a thousand parts": (SMALL + "a" + ".a" * 600, "catalogue.size", "1行は1,000文字"),
    "a long line under other line ends": (SMALL + "#" + "あ\u2028" * 600, "catalogue.size", "1行は1,000文字"),
    "brackets in brackets": (SMALL + "x = " + "[\n" * 5_000, "catalogue.toml", "何重にも重なって"),
    "no items": (SMALL[: SMALL.index("[[items]]")], "catalogue.plan", "1つもありません"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "place"), BAD.values(), ids=BAD)
def test_a_bad_catalogue_is_refused_with_its_place(text: str, code: str, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_plan_toml(text)
    assert caught.value.code == code
    assert place in caught.value.message


TOO_LONG = {
    "an owner": ({"owner": "あ" * 101}, "計画を作った団体が長すぎます（100文字まで）。"),
    "a nickname": ({"nickname": "あ" * 101}, "計画の愛称が長すぎます（100文字まで）。"),
    "a philosophy": ({"philosophy": "あ" * 301}, "計画の理念が長すぎます（300文字まで）。"),
    "a slogan": ({"slogan": "a\tb"}, "計画の合言葉に、使えない文字があります。打ちなおしてください。"),
    "goals": ({"goals": tuple(Goal(n, "目標") for n in range(1, 22))}, "基本目標が多すぎます（20個まで）。"),
    "directions": (
        {"directions": tuple(Direction(n, 1, "方向") for n in range(1, 42))},
        "施策の方向性が多すぎます（40個まで）。",
    ),
    "a unit": (
        {"items": (Item(1, 1, "見守り", measures=(Measure("bags", "袋", "枚" * 21),)),)},
        "取組項目1の追加の数字「bags」の単位が長すぎます（20文字まで）。",
    ),
    "a label": (
        {"items": (Item(1, 1, "見守り", measures=(Measure("bags", "袋" * 61, "枚"),)),)},
        "取組項目1の追加の数字「bags」の名前が長すぎます（60文字まで）。",
    ),
    "measures": (
        {"items": (Item(1, 1, "見守り", measures=tuple(Measure(f"m{n}", "袋", "枚") for n in range(21))),)},
        "取組項目1の追加の数字が多すぎます（20個まで）。",
    ),
    "words of the scale": (
        {"rating_scale": (RatingLevel("excellent", "◎", "あ" * 61), *DEFAULT_RATING_SCALE[1:])},
        "評価の段階「excellent」の言葉が長すぎます（60文字まで）。",
    ),
}


@pytest.mark.parametrize(("changes", "sentence"), TOO_LONG.values(), ids=TOO_LONG)
def test_what_no_setup_file_could_carry_is_told_before_the_plan_is_used(
    changes: dict[str, Any], sentence: str
) -> None:
    assert plan_problems(replace(make_plan(), **changes)) == [sentence]


def test_every_contradiction_is_told_at_once() -> None:
    plan = replace(make_plan(), directions=(Direction(1, 9, "迷子"),), id="千葉", rating_scale=())
    problems = "\n".join(plan_problems(plan))
    assert "基本目標9" in problems
    assert "取組項目21の施策の方向性5" in problems
    assert "計画の記号「千葉」" in problems
    assert "評価の段階は、4つ" in problems
