"""Rows of the sheets of a plan, made into the plan; what cannot be read is a problem at its cell."""

from dataclasses import replace

from shakyo_desktop.documents.cell_values import read_choice, read_whole, read_yes_no
from shakyo_desktop.documents.plan_sheets import (
    DIRECTIONS,
    GOALS,
    ITEMS,
    MEASURES,
    PLAN,
    PLAN_FIELDS,
    REQUIRED_PLAN_FIELDS,
    SCALE,
    TOTALS,
)
from shakyo_desktop.documents.spreadsheet import TableProblem, TableRow
from shakyo_desktop.domain.catalogue_rules import PlanFault
from shakyo_desktop.domain.codes import ActivityKind, Reporter
from shakyo_desktop.domain.fiscal_year import read_fiscal_year
from shakyo_desktop.domain.plan import (
    DEFAULT_RATING_SCALE,
    Direction,
    Goal,
    Item,
    Measure,
    Plan,
    RatingLevel,
)
from shakyo_desktop.domain.text import repair_text

_SHEETS = {
    "goals": GOALS,
    "directions": DIRECTIONS,
    "items": ITEMS,
    "measures": MEASURES,
    "rating_scale": SCALE,
}
_HEADINGS = {
    **{(title, "number"): "番号" for title in (GOALS, DIRECTIONS, ITEMS)},
    **{(title, "name"): "名前" for title in (GOALS, DIRECTIONS, ITEMS)},
    (DIRECTIONS, "goal"): "目標",
    (ITEMS, "direction"): "方向性",
    (MEASURES, "code"): "記号",
    (MEASURES, "label"): "名前",
    (MEASURES, "unit"): "単位",
    (MEASURES, "total"): "集計",
    (SCALE, "code"): "記号",
    (SCALE, "symbol"): "しるし",
    (SCALE, "words"): "言葉",
}


class PlanReader:
    """Builds the plan and gathers what is wrong on the way.

    ``rows`` are those of each sheet; ``heads`` the cell that stands for a whole sheet.
    """

    def __init__(self) -> None:
        self.rows: dict[str, tuple[TableRow, ...]] = {}
        self.heads: dict[str, str] = {}
        self.problems: list[TableProblem] = []
        self._measure_rows: dict[tuple[int, ...], TableRow] = {}
        self._numbers: dict[str, set[int | None]] = {}

    def plan(self) -> Plan:
        goals = tuple(Goal(self._own_number(row), self._name(row)) for row in self._each(GOALS))
        directions = tuple(
            Direction(self._own_number(row), self._known(row, "目標", GOALS), self._name(row))
            for row in self._each(DIRECTIONS)
        )
        items = [self._item(row) for row in self._each(ITEMS)]
        self._add_measures(items)
        scale = tuple(
            RatingLevel(row.values["記号"], row.values["しるし"], row.values["言葉"])
            for row in self._each(SCALE)
        )
        self._check_twice()
        head = self._head()
        return Plan(
            id=head.get("id", ""),
            name=head.get("name", ""),
            owner=head.get("owner", ""),
            first_fiscal_year=self._year("はじめの年度", head.get("first_fiscal_year", "")),
            last_fiscal_year=self._year("終わりの年度", head.get("last_fiscal_year", "")),
            nickname=head.get("nickname", ""),
            philosophy=head.get("philosophy", ""),
            slogan=head.get("slogan", ""),
            goals=goals,
            directions=directions,
            items=tuple(items),
            rating_scale=scale or DEFAULT_RATING_SCALE,
        )

    def _head(self) -> dict[str, str]:
        """The values of sheet 計画 by field; what is required and missing becomes a problem."""
        values = {}
        for row in self._each(PLAN):
            field = PLAN_FIELDS.get(row.values["ことがら"])
            if field is None:
                self._problem(row, "ことがら", f"「{row.values['ことがら']}」は知らないことがらです。")
            else:
                values[field] = repair_text(row.values["内容"], multiline=False)
        for word in REQUIRED_PLAN_FIELDS:
            if not values.get(PLAN_FIELDS[word]):
                message = f"「{word}」の内容が空いています。"
                self.problems.append(TableProblem(self._head_address(PLAN_FIELDS[word]), message))
        return values

    def _year(self, word: str, text: str) -> int:
        year = read_fiscal_year(text)
        if year is None and text:
            row = next(row for row in self._each(PLAN) if row.values["ことがら"] == word)
            self._problem(
                row, "内容", f"「{text}」は年度として読めません。2026 か 令和8年度 のように書いてください。"
            )
        return year or 0

    def _item(self, row: TableRow) -> Item:
        return Item(
            number=self._own_number(row),
            direction=self._known(row, "方向性", DIRECTIONS),
            name=self._name(row),
            kind=self._kind(row),
            reporter=self._reporter(row),
            priority=self._flag(row, "重点"),
            new=self._flag(row, "新規"),
        )

    def _kind(self, row: TableRow) -> ActivityKind:
        typed = row.values.get("種類", "")
        kind = read_choice(typed, ActivityKind)
        if typed and kind is None:
            words = "、".join(one.label for one in ActivityKind)
            self._problem(row, "種類", f"「{typed}」は使えません。使えるのは {words} です。")
        return kind or ActivityKind.OTHER

    def _reporter(self, row: TableRow) -> Reporter:
        typed = row.values.get("報告者", "")
        reporter = read_choice(typed, Reporter)
        if typed and reporter is None:
            self._problem(row, "報告者", f"「{typed}」は「地区部会」か「区事務所」で書いてください。")
        return reporter or Reporter.DISTRICT

    def _flag(self, row: TableRow, name: str) -> bool:
        typed = row.values.get(name, "")
        flag = read_yes_no(typed)
        if typed and flag is None:
            self._problem(row, name, f"「{typed}」は「○」か空白で書いてください。")
        return bool(flag)

    def _add_measures(self, items: list[Item]) -> None:
        places = {item.number: index for index, item in reversed(list(enumerate(items)))}
        for row in self._each(MEASURES):
            index = places.get(self._known(row, "項目", ITEMS))
            total = TOTALS.get(row.values.get("集計", "") or "合計")
            if total is None:
                self._problem(
                    row,
                    "集計",
                    f"「{row.values['集計']}」は「合計」「最後」「最大」のどれかで書いてください。",
                )
            elif index is not None:
                measure = Measure(row.values["記号"], self._name(row), row.values.get("単位", ""), total)
                self._measure_rows[index, len(items[index].measures)] = row
                items[index] = replace(items[index], measures=(*items[index].measures, measure))

    def _check_twice(self) -> None:
        for title in (GOALS, DIRECTIONS, ITEMS):
            seen: dict[int, str] = {}
            for row in self._each(title):
                number = read_whole(row.values["番号"])
                first = seen.setdefault(number, row.addresses["番号"]) if number else row.addresses["番号"]
                if first != row.addresses["番号"]:
                    self._problem(row, "番号", f"番号{number}は {first} と同じです。")

    def _own_number(self, row: TableRow) -> int:
        number = read_whole(row.values["番号"])
        if not number:
            typed = row.values["番号"]
            self._problem(
                row, "番号", f"「{typed}」は番号として読めません。" if typed else "番号が空いています。"
            )
        return number or 0

    def _known(self, row: TableRow, name: str, title: str) -> int:
        """A number that must stand in the column 番号 of another sheet."""
        number = read_whole(row.values[name])
        if title not in self._numbers:
            self._numbers[title] = {read_whole(other.values["番号"]) for other in self._each(title)}
        if not row.values[name]:
            self._problem(
                row, name, f"{name}の番号が空いています。結合したセルは、分けて番号を入れてください。"
            )
        elif number is None or number not in self._numbers[title]:
            self._problem(row, name, f"「{row.values[name]}」がシート「{title}」の番号にありません。")
        return number or 0

    def _name(self, row: TableRow) -> str:
        name = repair_text(row.values["名前"], multiline=False)
        if not name:
            self._problem(row, "名前", "名前が空いています。")
        return name

    def address_of(self, fault: PlanFault) -> str:
        """The cell a contradiction of the whole is about."""
        if fault.part == "plan":
            return self._head_address(fault.field)
        title = _SHEETS[fault.part]
        if fault.part == "measures":
            row = self._measure_rows.get(fault.entry)
        else:
            row = next(iter(self._each(title)[fault.entry[0] :]), None)
        if row is None:
            return self.heads.get(title, "")
        return row.addresses.get(_HEADINGS[title, fault.field], next(iter(row.addresses.values())))

    def _head_address(self, field: str) -> str:
        for row in self._each(PLAN):
            if PLAN_FIELDS.get(row.values["ことがら"]) == field:
                return row.addresses["内容"]
        return self.heads.get(_SHEETS.get(field, PLAN), "")

    def _each(self, title: str) -> tuple[TableRow, ...]:
        return self.rows.get(title, ())

    def _problem(self, row: TableRow, name: str, message: str) -> None:
        self.problems.append(TableProblem(row.addresses[name], message))
