"""What must hold inside a plan's catalogue before anybody can report against it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from shakyo_desktop.domain.codes import SelfRating
from shakyo_desktop.domain.fields import COMMON_TOTALS, KIND_MEASURES
from shakyo_desktop.domain.plan import Direction, Goal, Item, Plan
from shakyo_desktop.domain.text import text_code

# As much as a setup file carries of a plan (``exchange.setup_lines``).
NAME_LENGTH = 100
LONG_LENGTH = 300
LABEL_LENGTH = 60
SHORT_LENGTH = 20
MOST_GOALS, MOST_DIRECTIONS, MOST_MEASURES = 20, 40, 20
MEASURE_TOTALS = ("sum", "last", "max")
_PLAN_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,30}")


def plan_problems(plan: Plan) -> list[str]:
    """What contradicts itself in a catalogue, one sentence each; empty when it can be used."""
    problems = [*_head_problems(plan), *_scale_problems(plan), *_size_problems(plan)]
    named: tuple[tuple[str, Iterable[Goal | Direction | Item]], ...] = (
        ("基本目標", plan.goals),
        ("施策の方向性", plan.directions),
        ("取組項目", plan.items),
    )
    for word, entries in named:
        problems += _entry_problems(word, list(entries))
    goals, directions = {goal.number for goal in plan.goals}, {one.number for one in plan.directions}
    for direction in plan.directions:
        if direction.goal not in goals:
            problems.append(f"施策の方向性{direction.number}の基本目標{direction.goal}が、計画にありません。")
    for item in plan.items:
        if item.direction not in directions:
            problems.append(f"取組項目{item.number}の施策の方向性{item.direction}が、計画にありません。")
        problems += _measure_problems(item)
    return problems


def _head_problems(plan: Plan) -> Iterator[str]:
    if not _PLAN_ID.fullmatch(plan.id):
        yield f"計画の記号「{plan.id}」は、半角の英小文字、数字、- だけで書いてください。"
    yield from _name_problem("計画", plan.name)
    yield from _text_problem("計画を作った団体", plan.owner, NAME_LENGTH)
    yield from _text_problem("計画の愛称", plan.nickname, NAME_LENGTH)
    yield from _text_problem("計画の理念", plan.philosophy, LONG_LENGTH, multiline=True)
    yield from _text_problem("計画の合言葉", plan.slogan, LONG_LENGTH, multiline=True)
    if plan.last_fiscal_year < plan.first_fiscal_year:
        yield "計画の終わりの年度が、始まりの年度より前です。"
    if not 1950 <= plan.first_fiscal_year <= plan.last_fiscal_year <= 2116:
        yield "計画の年度は、2026 のように西暦4けたで書いてください。"
    if not plan.items:
        yield "計画に取組項目が1つもありません。"


def _scale_problems(plan: Plan) -> Iterator[str]:
    known = [rating.value for rating in SelfRating if rating is not SelfRating.NOT_RATED]
    for level in plan.rating_scale:
        if level.code not in known:
            yield f"評価の段階の記号「{level.code}」は使えません。使えるのは {'、'.join(known)} です。"
        if not (level.symbol and level.words):
            yield f"評価の段階「{level.code}」には、しるしと言葉の両方を書いてください。"
        yield from _text_problem(f"評価の段階「{level.code}」のしるし", level.symbol, SHORT_LENGTH)
        yield from _text_problem(f"評価の段階「{level.code}」の言葉", level.words, LABEL_LENGTH)
    if {level.code for level in plan.rating_scale} != set(known) or len(plan.rating_scale) != len(known):
        yield f"評価の段階は、{len(known)}つを1つずつ書いてください。"


def _entry_problems(word: str, entries: list[Goal | Direction | Item]) -> Iterator[str]:
    for number, times in Counter(entry.number for entry in entries).items():
        if times > 1:
            yield f"{word}の番号{number}が{times}回使われています。番号は1つずつにしてください。"
        if not 1 <= number <= 999:
            yield f"{word}の番号{number}は使えません。1から999までの番号にしてください。"
    for entry in entries:
        yield from _name_problem(f"{word}{entry.number}", entry.name)


def _size_problems(plan: Plan) -> Iterator[str]:
    if len(plan.goals) > MOST_GOALS:
        yield f"基本目標が多すぎます（{MOST_GOALS}個まで）。"
    if len(plan.directions) > MOST_DIRECTIONS:
        yield f"施策の方向性が多すぎます（{MOST_DIRECTIONS}個まで）。"
    for item in plan.items:
        if len(item.measures) > MOST_MEASURES:
            yield f"取組項目{item.number}の追加の数字が多すぎます（{MOST_MEASURES}個まで）。"


def _name_problem(word: str, name: str, length: int = NAME_LENGTH) -> Iterator[str]:
    if not name.strip():
        yield f"{word}の名前が空です。"
    yield from _text_problem(f"{word}の名前", name, length)


def _text_problem(what: str, text: str, length: int, *, multiline: bool = False) -> Iterator[str]:
    if len(text) > length:
        yield f"{what}が長すぎます（{length}文字まで）。"
    elif text_code(text, multiline=multiline):
        yield f"{what}に、使えない文字があります。打ちなおしてください。"


def _measure_problems(item: Item) -> Iterator[str]:
    taken = {spec.code for spec in (*COMMON_TOTALS, *KIND_MEASURES[item.kind])}
    for measure in item.measures:
        place = f"取組項目{item.number}の追加の数字「{measure.code}」"
        if not _CODE.fullmatch(measure.code):
            yield f"{place}の記号は、半角の英小文字で始め、英小文字、数字、_ だけで書いてください。"
        if measure.code in taken:
            yield f"{place}は、すでにある数字と同じ記号です。別の記号にしてください。"
        taken.add(measure.code)
        if measure.total not in MEASURE_TOTALS:
            yield f"{place}の total は sum、last、max のどれかにしてください。"
        yield from _name_problem(place, measure.label, LABEL_LENGTH)
        yield from _text_problem(f"{place}の単位", measure.unit, SHORT_LENGTH)
