"""What must hold inside a plan's catalogue before anybody can report against it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One contradiction, and where it stands.

    ``part`` is ``plan``, ``goals``, ``directions``, ``items``, ``measures`` or ``rating_scale``; ``entry`` is
    the position in that part, counted from 0 (of a measure its item's and its own), ``field`` that of the
    dataclass.
    """

    part: str
    entry: tuple[int, ...]
    field: str
    message: str


def plan_problems(plan: Plan) -> list[str]:
    """What contradicts itself in a catalogue, one sentence each; empty when it can be used."""
    return list(dict.fromkeys(fault.message for fault in plan_faults(plan)))


def plan_faults(plan: Plan) -> list[PlanFault]:
    """The same with the place of each."""
    faults = [*_head_faults(plan), *_scale_faults(plan), *_size_faults(plan)]
    named: tuple[tuple[str, str, Iterable[Goal | Direction | Item]], ...] = (
        ("goals", "基本目標", plan.goals),
        ("directions", "施策の方向性", plan.directions),
        ("items", "取組項目", plan.items),
    )
    for part, word, entries in named:
        faults += _entry_faults(part, word, list(entries))
    goals, directions = {goal.number for goal in plan.goals}, {one.number for one in plan.directions}
    for at, direction in enumerate(plan.directions):
        if direction.goal not in goals:
            message = f"施策の方向性{direction.number}の基本目標{direction.goal}が、計画にありません。"
            faults.append(PlanFault("directions", (at,), "goal", message))
    for at, item in enumerate(plan.items):
        if item.direction not in directions:
            message = f"取組項目{item.number}の施策の方向性{item.direction}が、計画にありません。"
            faults.append(PlanFault("items", (at,), "direction", message))
        faults += _measure_faults(at, item)
    return faults


def _head_faults(plan: Plan) -> Iterator[PlanFault]:
    def fault(field: str, message: str) -> PlanFault:
        return PlanFault("plan", (), field, message)

    if not _PLAN_ID.fullmatch(plan.id):
        yield fault("id", f"計画の記号「{plan.id}」は、半角の英小文字、数字、- だけで書いてください。")
    texts = (
        ("name", _name_problem("計画", plan.name)),
        ("owner", _text_problem("計画を作った団体", plan.owner, NAME_LENGTH)),
        ("nickname", _text_problem("計画の愛称", plan.nickname, NAME_LENGTH)),
        ("philosophy", _text_problem("計画の理念", plan.philosophy, LONG_LENGTH, multiline=True)),
        ("slogan", _text_problem("計画の合言葉", plan.slogan, LONG_LENGTH, multiline=True)),
    )
    for field, sentences in texts:
        yield from (fault(field, sentence) for sentence in sentences)
    if plan.last_fiscal_year < plan.first_fiscal_year:
        yield fault("last_fiscal_year", "計画の終わりの年度が、始まりの年度より前です。")
    if not 1950 <= plan.first_fiscal_year <= plan.last_fiscal_year <= 2116:
        place = "last_fiscal_year" if 1950 <= plan.first_fiscal_year <= 2116 else "first_fiscal_year"
        yield fault(place, "計画の年度は、2026 のように西暦4けたで書いてください。")
    if not plan.items:
        yield fault("items", "計画に取組項目が1つもありません。")


def _scale_faults(plan: Plan) -> Iterator[PlanFault]:
    known = [rating.value for rating in SelfRating if rating is not SelfRating.NOT_RATED]
    for at, level in enumerate(plan.rating_scale):
        place = f"評価の段階「{level.code}」"
        if level.code not in known:
            message = f"評価の段階の記号「{level.code}」は使えません。使えるのは {'、'.join(known)} です。"
            yield PlanFault("rating_scale", (at,), "code", message)
        if not (level.symbol and level.words):
            field = "words" if level.symbol else "symbol"
            yield PlanFault(
                "rating_scale", (at,), field, f"{place}には、しるしと言葉の両方を書いてください。"
            )
        for sentence in _text_problem(f"{place}のしるし", level.symbol, SHORT_LENGTH):
            yield PlanFault("rating_scale", (at,), "symbol", sentence)
        for sentence in _text_problem(f"{place}の言葉", level.words, LABEL_LENGTH):
            yield PlanFault("rating_scale", (at,), "words", sentence)
    if {level.code for level in plan.rating_scale} != set(known) or len(plan.rating_scale) != len(known):
        message = f"評価の段階は、{len(known)}つを1つずつ書いてください。"
        yield PlanFault("rating_scale", (0,), "code", message)


def _entry_faults(part: str, word: str, entries: list[Goal | Direction | Item]) -> Iterator[PlanFault]:
    times = Counter(entry.number for entry in entries)
    seen: set[int] = set()
    for at, entry in enumerate(entries):
        number = entry.number
        if number in seen:
            message = f"{word}の番号{number}が{times[number]}回使われています。番号は1つずつにしてください。"
            yield PlanFault(part, (at,), "number", message)
        seen.add(number)
        if not 1 <= number <= 999:
            message = f"{word}の番号{number}は使えません。1から999までの番号にしてください。"
            yield PlanFault(part, (at,), "number", message)
        for sentence in _name_problem(f"{word}{number}", entry.name):
            yield PlanFault(part, (at,), "name", sentence)


def _size_faults(plan: Plan) -> Iterator[PlanFault]:
    if len(plan.goals) > MOST_GOALS:
        yield PlanFault("goals", (MOST_GOALS,), "number", f"基本目標が多すぎます（{MOST_GOALS}個まで）。")
    if len(plan.directions) > MOST_DIRECTIONS:
        message = f"施策の方向性が多すぎます（{MOST_DIRECTIONS}個まで）。"
        yield PlanFault("directions", (MOST_DIRECTIONS,), "number", message)
    for at, item in enumerate(plan.items):
        if len(item.measures) > MOST_MEASURES:
            message = f"取組項目{item.number}の追加の数字が多すぎます（{MOST_MEASURES}個まで）。"
            yield PlanFault("measures", (at, MOST_MEASURES), "code", message)


def _name_problem(word: str, name: str, length: int = NAME_LENGTH) -> Iterator[str]:
    if not name.strip():
        yield f"{word}の名前が空です。"
    yield from _text_problem(f"{word}の名前", name, length)


def _text_problem(what: str, text: str, length: int, *, multiline: bool = False) -> Iterator[str]:
    if len(text) > length:
        yield f"{what}が長すぎます（{length}文字まで）。"
    elif text_code(text, multiline=multiline):
        yield f"{what}に、使えない文字があります。打ちなおしてください。"


def _measure_faults(item_at: int, item: Item) -> Iterator[PlanFault]:
    taken = {spec.code for spec in (*COMMON_TOTALS, *KIND_MEASURES[item.kind])}
    for at, measure in enumerate(item.measures):
        place = f"取組項目{item.number}の追加の数字「{measure.code}」"
        sentences = []
        if not _CODE.fullmatch(measure.code):
            message = f"{place}の記号は、半角の英小文字で始め、英小文字、数字、_ だけで書いてください。"
            sentences.append(("code", message))
        if measure.code in taken:
            message = f"{place}は、すでにある数字と同じ記号です。別の記号にしてください。"
            sentences.append(("code", message))
        taken.add(measure.code)
        if measure.total not in MEASURE_TOTALS:
            sentences.append(("total", f"{place}の total は sum、last、max のどれかにしてください。"))
        sentences += [("label", one) for one in _name_problem(place, measure.label, LABEL_LENGTH)]
        sentences += [("unit", one) for one in _text_problem(f"{place}の単位", measure.unit, SHORT_LENGTH)]
        yield from (PlanFault("measures", (item_at, at), field, one) for field, one in sentences)
