"""A plan's catalogue read from a workbook, every problem named by its cell."""

from dataclasses import dataclass, replace

from shakyo_desktop.documents.cell_values import read_choice, read_fiscal_year, read_whole, read_yes_no
from shakyo_desktop.documents.plan_sheets import (
    DIRECTIONS,
    GOALS,
    HEADINGS,
    ITEMS,
    MEASURES,
    PLAN,
    PLAN_FIELDS,
    REQUIRED_PLAN_FIELDS,
    SCALE,
    TOTALS,
    write_plan_template,
)
from shakyo_desktop.documents.spreadsheet import TableProblem, TableRow, read_sheets, table_of
from shakyo_desktop.domain.catalogue_rules import plan_problems
from shakyo_desktop.domain.codes import ActivityKind, Reporter
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
from shakyo_desktop.domain.text import repair_text

__all__ = ["PlanPreview", "read_plan_table", "write_plan_template"]

_OPTIONAL = (MEASURES, SCALE)


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """The plan that was read; None while there are problems."""

    plan: Plan | None
    problems: tuple[TableProblem, ...]


def read_plan_table(data: bytes, file_name: str) -> PlanPreview:
    """Read the sheets 計画, 目標, 方向性, 項目 and, if they are there, 指標 and 評価.

    Raises:
        FileUnreadable: when the file is no workbook.
        BadInput: when a sheet or its headings are missing.
    """
    by_title = {sheet.title.strip(): sheet for sheet in read_sheets(data, file_name)}
    missing = [title for title in HEADINGS if title not in by_title and title not in _OPTIONAL]
    if missing:
        raise BadInput(
            f"シート「{'」「'.join(missing)}」がありません。\n"
            "何も変わっていません。\n"
            "「ひな形を保存する」で作った表に写してから、もう一度選んでください。",
            code="table.sheets",
        )
    reader = _Reader()
    for title, headings in HEADINGS.items():
        if title in by_title and by_title[title].rows:
            table = table_of(by_title[title], headings)
            reader.rows[title] = table.rows
            reader.problems += table.problems
    plan = reader.plan()
    if not reader.problems:
        reader.problems += [TableProblem("", sentence) for sentence in plan_problems(plan)]
    return PlanPreview(None if reader.problems else plan, tuple(reader.problems))


class _Reader:
    """Builds the plan and gathers what is wrong on the way."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[TableRow, ...]] = {}
        self.problems: list[TableProblem] = []

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
                self.problems.append(TableProblem(f"{PLAN}!B1", f"「{word}」の内容が空いています。"))
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
        places = {item.number: index for index, item in enumerate(items)}
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
        known = {read_whole(other.values["番号"]) for other in self._each(title)}
        if number is None or number not in known:
            self._problem(row, name, f"「{row.values[name]}」がシート「{title}」の番号にありません。")
        return number or 0

    def _name(self, row: TableRow) -> str:
        name = repair_text(row.values["名前"], multiline=False)
        if not name:
            self._problem(row, "名前", "名前が空いています。")
        return name

    def _each(self, title: str) -> tuple[TableRow, ...]:
        return self.rows.get(title, ())

    def _problem(self, row: TableRow, name: str, message: str) -> None:
        self.problems.append(TableProblem(row.addresses[name], message))
