"""A plan's catalogue as one table (Excel or CSV): one line per item.

The plan's own cells stand on the first line and are repeated or left blank below.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeVar

from shakyo_desktop.domain.codes import ActivityKind, LabelledCode, Reporter
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.plan import Direction, Goal, Item, Measure, Plan
from shakyo_desktop.domain.text import repair_text

COLUMNS = (
    "計画の記号", "計画名", "策定者", "開始年度", "終了年度",
    "基本目標の番号", "基本目標", "方向性の番号", "施策の方向性",
    "項目の番号", "取組項目", "種類", "報告する人", "重点", "新規", "追加の数字",
)  # fmt: skip
"""Headings of the template, in its order."""

Code = TypeVar("Code", bound=LabelledCode)
_TOTALS = {"合計": "sum", "最後": "last", "最大": "max", "sum": "sum", "last": "last", "max": "max"}
_YES = {"○", "〇", "◯", "はい", "重点", "新規", "1", "あり"}


def plan_from_rows(rows: Sequence[Sequence[str]]) -> Plan:
    """Read a plan from the cells of a table.

    Raises:
        BadInput: a heading is missing or a cell cannot be read; the message names the line and the column.
    """
    start, columns = _headings(rows)
    lines = [
        (number, {name: _cell(row, at) for name, at in columns.items()})
        for number, row in enumerate(rows[start + 1 :], start=start + 2)
        if any(cell.strip() for cell in row)
    ]
    if not lines:
        raise BadInput("表に取組項目が1つも書かれていません。")
    goals: dict[int, Goal] = {}
    directions: dict[int, Direction] = {}
    items = tuple(_item(number, _filled(cells, lines[0][1]), goals, directions) for number, cells in lines)
    first_line, first = lines[0]
    return Plan(
        id=_required(first, "計画の記号", first_line),
        name=_required(first, "計画名", first_line),
        owner=first.get("策定者", ""),
        first_fiscal_year=_year(first, "開始年度", first_line),
        last_fiscal_year=_year(first, "終了年度", first_line),
        goals=tuple(goals[n] for n in sorted(goals)),
        directions=tuple(directions[n] for n in sorted(directions)),
        items=items,
    )


def plan_to_rows(plan: Plan) -> list[list[str]]:
    """The same table, headings first, for a template or for taking a plan out."""
    goals = {goal.number: goal for goal in plan.goals}
    directions = {direction.number: direction for direction in plan.directions}
    rows = [list(COLUMNS)]
    for item in plan.items:
        direction = directions[item.direction]
        rows.append(
            [
                *(plan.id, plan.name, plan.owner, str(plan.first_fiscal_year), str(plan.last_fiscal_year)),
                *(str(direction.goal), goals[direction.goal].name, str(direction.number), direction.name),
                *(str(item.number), item.name, item.kind.label, item.reporter.label),
                *("○" if item.priority else "", "○" if item.new else "", _show_measures(item.measures)),
            ]
        )
    return rows


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for index, row in enumerate(rows[:10]):
        names = [unicodedata.normalize("NFKC", cell).strip() for cell in row]
        columns = {name: names.index(name) for name in COLUMNS if name in names}
        if "項目の番号" in columns and "取組項目" in columns:
            return index, columns
    raise BadInput(
        "「項目の番号」「取組項目」という見出しの列が見つかりません。見本の表に書き写してください。"
    )


def _cell(row: Sequence[str], at: int) -> str:
    return repair_text(row[at], multiline=False).strip() if at < len(row) else ""


def _filled(cells: Mapping[str, str], first: Mapping[str, str]) -> dict[str, str]:
    """A line's cells; the plan's own cells may be written on the first line only."""
    return {name: text or (first[name] if name in COLUMNS[:5] else "") for name, text in cells.items()}


def _item(
    number: int, cells: Mapping[str, str], goals: dict[int, Goal], directions: dict[int, Direction]
) -> Item:
    goal = _number(cells, "基本目標の番号", number)
    direction = _number(cells, "方向性の番号", number)
    if cells.get("基本目標") or goal not in goals:
        goals[goal] = Goal(goal, _required(cells, "基本目標", number))
    if cells.get("施策の方向性") or direction not in directions:
        directions[direction] = Direction(direction, goal, _required(cells, "施策の方向性", number))
    return Item(
        number=_number(cells, "項目の番号", number),
        direction=direction,
        name=_required(cells, "取組項目", number),
        kind=_choice(ActivityKind, cells.get("種類", ""), ActivityKind.OTHER, "種類", number),
        reporter=_choice(Reporter, cells.get("報告する人", ""), Reporter.DISTRICT, "報告する人", number),
        priority=cells.get("重点", "") in _YES,
        new=cells.get("新規", "") in _YES,
        measures=_measures(cells.get("追加の数字", ""), number),
    )


def _required(cells: Mapping[str, str], name: str, number: int) -> str:
    text = cells.get(name, "")
    if not text:
        raise BadInput(f"{number}行目の「{name}」が書かれていません。")
    return text


def _number(cells: Mapping[str, str], name: str, number: int) -> int:
    text = unicodedata.normalize("NFKC", _required(cells, name, number))
    if not re.fullmatch(r"[0-9]{1,4}(\.0)?", text):
        raise BadInput(f"{number}行目の「{name}」は数字で書いてください（今は「{text}」）。")
    return int(text.removesuffix(".0"))


def _year(cells: Mapping[str, str], name: str, number: int) -> int:
    """A fiscal year written as 2026, 令和8 or R8."""
    text = unicodedata.normalize("NFKC", _required(cells, name, number))
    era = re.fullmatch(r"(?:令和|R)([0-9]{1,2}|元)(?:年度?)?", text)
    if era is not None:
        return 2018 + (1 if era[1] == "元" else int(era[1]))
    return _number({name: text.removesuffix("年度")}, name, number)


def _choice(kinds: type[Code], text: str, default: Code, name: str, number: int) -> Code:
    if not text:
        return default
    for kind in kinds:
        if text in (kind.value, kind.label):
            return kind
    raise BadInput(
        f"{number}行目の「{name}」は {'、'.join(kind.label for kind in kinds)} から選んでください。"
    )


def _measures(text: str, number: int) -> tuple[Measure, ...]:
    """Extra figures written as 記号:名前:単位:合計, several divided by ／ or ;."""
    measures = []
    for part in re.split(r"[;；／/]", text):
        if not part.strip():
            continue
        cells = [cell.strip() for cell in unicodedata.normalize("NFKC", part).split(":")]
        if len(cells) not in (3, 4) or not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", cells[0]):
            raise BadInput(f"{number}行目の「追加の数字」は「記号:名前:単位:合計」の形で書いてください。")
        total = _TOTALS.get(cells[3] if len(cells) == 4 else "合計")
        if total is None:
            raise BadInput(f"{number}行目の「追加の数字」の終わりは 合計、最後、最大 のどれかです。")
        measures.append(Measure(cells[0], cells[1], cells[2], total))
    return tuple(measures)


def _show_measures(measures: Sequence[Measure]) -> str:
    words = {"sum": "合計", "last": "最後", "max": "最大"}
    return " ; ".join(f"{m.code}:{m.label}:{m.unit}:{words[m.total]}" for m in measures)
