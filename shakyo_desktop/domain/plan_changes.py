"""What differs between two versions of a plan, in the words of the office."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.plan import Direction, Goal, Item, Measure, Plan, RatingLevel

Entry = TypeVar("Entry", Goal, Direction, Item)
_TOTALS = {"sum": "合計", "last": "最後", "max": "最大"}


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference: where, what was there and what is there now; empty for nothing."""

    place: str
    old: str
    new: str


def plan_changes(old: Plan, new: Plan) -> tuple[PlanChange, ...]:
    """Everything that differs, in the order of the catalogue; empty when the plans are equal."""
    return (
        *_fields("計画", _head(old), _head(new)),
        *_entries("基本目標", old.goals, new.goals, _goal),
        *_entries("施策の方向性", old.directions, new.directions, _direction),
        *_entries("取組項目", old.items, new.items, _item),
        *_order(old, new),
        *_fields("評価の段階", _scale(old.rating_scale), _scale(new.rating_scale)),
    )


def _entries(
    word: str, old: Sequence[Entry], new: Sequence[Entry], words_of: Callable[[Entry], dict[str, str]]
) -> Iterator[PlanChange]:
    before, after = {one.number: one for one in old}, {one.number: one for one in new}
    for number in sorted(before.keys() | after.keys()):
        place = f"{word}{number}"
        if number not in after:
            yield PlanChange(place, before[number].name, "")
        elif number not in before:
            yield PlanChange(place, "", after[number].name)
        else:
            yield from _fields(place, words_of(before[number]), words_of(after[number]))


def _fields(place: str, old: dict[str, str], new: dict[str, str]) -> Iterator[PlanChange]:
    for name in old | new:
        if old.get(name, "") != new.get(name, ""):
            yield PlanChange(f"{place}　{name}", old.get(name, ""), new.get(name, ""))


def _order(old: Plan, new: Plan) -> Iterator[PlanChange]:
    kept = {item.number for item in old.items} & {item.number for item in new.items}
    before = [item.number for item in old.items if item.number in kept]
    after = [item.number for item in new.items if item.number in kept]
    if before != after:
        yield PlanChange("取組項目の並び", _numbers(before), _numbers(after))


def _head(plan: Plan) -> dict[str, str]:
    return {
        "名前": plan.name,
        "計画を作った団体": plan.owner,
        "はじめの年度": fiscal_year_name(plan.first_fiscal_year),
        "終わりの年度": fiscal_year_name(plan.last_fiscal_year),
        "愛称": plan.nickname,
        "理念": plan.philosophy,
        "合言葉": plan.slogan,
    }


def _goal(goal: Goal) -> dict[str, str]:
    return {"名前": goal.name}


def _direction(direction: Direction) -> dict[str, str]:
    return {"名前": direction.name, "基本目標": str(direction.goal)}


def _item(item: Item) -> dict[str, str]:
    return {
        "名前": item.name,
        "施策の方向性": str(item.direction),
        "重点": "重点" if item.priority else "",
        "新規": "新規" if item.new else "",
        "書く人": item.reporter.label,
        "活動の種類": item.kind.label,
        "追加の数字": "、".join(map(_measure, item.measures)),
    }


def _measure(measure: Measure) -> str:
    return f"{measure.label}（{measure.unit or '単位なし'}・{_TOTALS.get(measure.total, measure.total)}）"


def _scale(levels: Sequence[RatingLevel]) -> dict[str, str]:
    return {f"{at}番目": f"{level.symbol} {level.words}" for at, level in enumerate(levels, start=1)}


def _numbers(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))
