"""Reading a plan's catalogue from TOML and saying, in words and with the place, what is wrong with it."""

import re
import tomllib
from typing import Any, TypeVar

from shakyo_desktop.domain.catalogue_rules import plan_problems
from shakyo_desktop.domain.codes import ActivityKind, LabelledCode, Reporter
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.plan import (
    DEFAULT_RATING_SCALE,
    Direction,
    Goal,
    Item,
    Measure,
    Plan,
    RatingLevel,
)

__all__ = ["plan_problems", "read_plan_toml"]

V = TypeVar("V", str, int, bool)
C = TypeVar("C", bound=LabelledCode)
# A catalogue has a few thousand characters; what a parser may be made to do grows with the square of a line.
_MOST_CHARACTERS, _LONGEST_LINE = 300_000, 1_000
_TYPE_WORDS: dict[type, str] = {str: '文字（"" で囲む）', int: "整数", bool: "true か false"}


class _Table:
    """One table of the file; every value is asked for once, what was not asked for is a misspelling."""

    def __init__(self, raw: Any, place: str) -> None:
        if not isinstance(raw, dict):
            raise BadInput(f"{place}の書き方が正しくありません。[ ] の見出しで始めてください。")
        self._rest = dict(raw)
        self.place = place

    def value(self, name: str, kind: type[V], default: V | None = None) -> V:
        raw = self._rest.pop(name, default)
        if raw is None:
            raise BadInput(f"{self.place}の {name} が書かれていません。")
        # bool is a kind of int in Python and not in a catalogue.
        if type(raw) is not kind:
            raise BadInput(f"{self.place}の {name} は{_TYPE_WORDS[kind]}で書いてください。")
        return raw

    def choice(self, name: str, kind: type[C], default: C) -> C:
        text = self.value(name, str, default.value)
        for member in kind:
            if member.value == text:
                return member
        known = "、".join(f"{member.value}（{member.label}）" for member in kind)
        raise BadInput(f"{self.place}の {name}「{text}」は使えません。使えるのは {known} です。")

    def tables(self, name: str, word: str) -> list["_Table"]:
        raw = self._rest.pop(name, [])
        if not isinstance(raw, list):
            raise BadInput(f"{self.place}の {name} は [[{name}]] の見出しで1つずつ書いてください。")
        inside = "" if self.place == "計画" else f"{self.place}の"
        return [_Table(entry, f"{inside}{word}の{number}番目") for number, entry in enumerate(raw, start=1)]

    def end(self) -> None:
        if self._rest:
            names = "、".join(self._rest)
            raise BadInput(f"{self.place}に知らない名前があります：{names}。つづりを確かめてください。")


def read_plan_toml(text: str) -> Plan:
    """Read a catalogue; see ``resources/plans`` for the form.

    Raises:
        BadInput: the text is too long or not TOML, or something is missing, misspelt or contradictory; the
            message names the place (``catalogue.size``, ``catalogue.toml``, ``catalogue.value``,
            ``catalogue.plan``).
    """
    if len(text) > _MOST_CHARACTERS or max(map(len, text.split("\n"))) > _LONGEST_LINE:
        most = f"全部で{_MOST_CHARACTERS:,}文字、1行は{_LONGEST_LINE:,}文字まで"
        message = f"計画のファイルが大きすぎます（{most}）。"
        raise BadInput(message, code="catalogue.size")
    try:
        raw = tomllib.loads(text)
    except RecursionError as error:
        message = "計画のファイルを読めません。かっこが何重にも重なっています。書き方を確かめてください。"
        raise BadInput(message, code="catalogue.toml") from error
    except tomllib.TOMLDecodeError as error:
        message = f"計画のファイルを読めません。書き方を確かめてください（{_toml_place(error)}）。"
        raise BadInput(message, code="catalogue.toml") from error
    try:
        plan = _plan(_Table(raw, "計画"))
    except BadInput as error:
        raise BadInput(error.message, code="catalogue.value") from error
    problems = plan_problems(plan)
    if problems:
        raise BadInput("\n".join(problems), code="catalogue.plan")
    return plan


def _plan(table: _Table) -> Plan:
    plan = Plan(
        id=table.value("id", str),
        name=table.value("name", str),
        owner=table.value("owner", str, ""),
        first_fiscal_year=table.value("first_fiscal_year", int),
        last_fiscal_year=table.value("last_fiscal_year", int),
        nickname=table.value("nickname", str, ""),
        philosophy=table.value("philosophy", str, ""),
        slogan=table.value("slogan", str, ""),
        goals=tuple(_goal(one) for one in table.tables("goals", "基本目標")),
        directions=tuple(_direction(one) for one in table.tables("directions", "施策の方向性")),
        items=tuple(_item(one) for one in table.tables("items", "取組項目")),
        rating_scale=tuple(_level(one) for one in table.tables("rating_scale", "評価の段階"))
        or DEFAULT_RATING_SCALE,
    )
    table.end()
    return plan


def _goal(table: _Table) -> Goal:
    goal = Goal(table.value("number", int), table.value("name", str))
    table.end()
    return goal


def _direction(table: _Table) -> Direction:
    direction = Direction(table.value("number", int), table.value("goal", int), table.value("name", str))
    table.end()
    return direction


def _item(table: _Table) -> Item:
    item = Item(
        number=table.value("number", int),
        direction=table.value("direction", int),
        name=table.value("name", str),
        kind=table.choice("kind", ActivityKind, ActivityKind.OTHER),
        reporter=table.choice("reporter", Reporter, Reporter.DISTRICT),
        priority=table.value("priority", bool, False),
        new=table.value("new", bool, False),
        measures=tuple(_measure(one) for one in table.tables("measures", "追加の数字")),
    )
    table.end()
    return item


def _measure(table: _Table) -> Measure:
    measure = Measure(
        table.value("code", str),
        table.value("label", str),
        table.value("unit", str, ""),
        table.value("total", str, "sum"),
    )
    table.end()
    return measure


def _level(table: _Table) -> RatingLevel:
    level = RatingLevel(table.value("code", str), table.value("symbol", str), table.value("words", str))
    table.end()
    return level


def _toml_place(error: tomllib.TOMLDecodeError) -> str:
    """The line of a syntax error; the library tells it inside its English sentence only."""
    found = re.search(r"line ([0-9]+)", str(error))
    return f"{found[1]}行目" if found else "終わりの行"
