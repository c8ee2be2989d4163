"""The sheets of a plan's workbook: their titles, headings and words, and a plan written into them."""

from collections.abc import Mapping, Sequence

from shakyo_desktop.documents.cells import RawSheet
from shakyo_desktop.documents.csv_table import CsvFile, write_csv
from shakyo_desktop.documents.excel_table import SheetContent, write_workbook
from shakyo_desktop.documents.spreadsheet import Heading
from shakyo_desktop.domain.codes import ActivityKind
from shakyo_desktop.domain.plan import DEFAULT_RATING_SCALE, Plan

PLAN, GOALS, DIRECTIONS, ITEMS, MEASURES, SCALE = "計画", "目標", "方向性", "項目", "指標", "評価"

PLAN_FIELDS = {
    "記号": "id",
    "名前": "name",
    "計画を作った団体": "owner",
    "はじめの年度": "first_fiscal_year",
    "終わりの年度": "last_fiscal_year",
    "愛称": "nickname",
    "理念": "philosophy",
    "合言葉": "slogan",
}
REQUIRED_PLAN_FIELDS = ("記号", "名前", "はじめの年度", "終わりの年度")
TOTALS = {"合計": "sum", "最後": "last", "最大": "max"}

_NAME = Heading("名前", ("名称", "目標名", "項目名", "取組項目"), required=True)
HEADINGS: dict[str, tuple[Heading, ...]] = {
    PLAN: (Heading("ことがら", required=True), Heading("内容", required=True)),
    GOALS: (Heading("番号", required=True), _NAME),
    DIRECTIONS: (Heading("番号", required=True), Heading("目標", ("基本目標",), required=True), _NAME),
    ITEMS: (
        Heading("番号", required=True),
        Heading("方向性", ("施策の方向性", "施策"), required=True),
        _NAME,
        Heading("重点"),
        Heading("新規"),
        Heading("報告者", ("報告するところ",)),
        Heading("種類", ("活動の種類",)),
    ),
    MEASURES: (
        Heading("項目", ("項目番号",), required=True),
        Heading("記号", required=True),
        _NAME,
        Heading("単位"),
        Heading("集計"),
    ),
    SCALE: (Heading("記号", required=True), Heading("しるし", required=True), Heading("言葉", required=True)),
}
_WIDTHS = {
    PLAN: (22, 60),
    GOALS: (8, 50),
    DIRECTIONS: (8, 8, 50),
    ITEMS: (8, 10, 44, 8, 8, 14, 18),
    MEASURES: (8, 18, 30, 10, 10),
    SCALE: (14, 10, 30),
}


GUIDE = "書き方"
_GUIDE_ROWS = (
    (PLAN, "計画の名前と年度です。記号は半角の英小文字と数字で、計画ごとに別のものにします。"),
    (PLAN, "年度は 2026 か 令和8年度 のように書きます。"),
    (GOALS, "基本目標です。番号は1つずつにします。"),
    (DIRECTIONS, "施策の方向性です。「目標」には、シート「目標」の番号を書きます。"),
    (ITEMS, "取組項目です。「方向性」には、シート「方向性」の番号を書きます。"),
    (ITEMS, "「重点」「新規」は ○ か空白、「報告者」は 地区部会 か 区事務所 です。"),
    (
        ITEMS,
        f"「種類」は {'、'.join(kind.label for kind in ActivityKind)} のどれかです。空白は「その他」です。",
    ),
    (MEASURES, "項目ごとに加える数字です。なければ空のままにします。記号は半角の英小文字と数字です。"),
    (MEASURES, f"「集計」は {'、'.join(TOTALS)} のどれかです。空白は「合計」です。"),
    (SCALE, "自己評価の4つの段階です。記号は変えずに、しるしと言葉を直します。"),
    ("", "セルは結合しないでください。計算式の入ったセルは、結果を読みます。"),
)


def write_plan_template(plan: Plan) -> bytes:
    """Return a plan as a workbook that ``read_plan_table`` reads back to the same plan."""
    rows = _rows_of(plan)
    return write_workbook([_sheet(title, rows[title]) for title in HEADINGS])


def write_empty_template(plan_id: str) -> bytes:
    """Return a workbook to write a new plan into; its first sheet says how."""
    rows = _rows_of(Plan(plan_id, "", "", 0, 0, (), (), (), rating_scale=DEFAULT_RATING_SCALE))
    rows[PLAN] = [(word, value or None) for word, value in rows[PLAN]]
    guide = SheetContent(GUIDE, ("シート", "書くこと"), _GUIDE_ROWS, (12, 90))
    return write_workbook([guide, *(_sheet(title, rows[title]) for title in HEADINGS)])


def write_plan_csv(plan: Plan, *, cp932: bool = False) -> CsvFile:
    """Return a plan as one CSV: the sheets below each other, each under a line with its title."""
    lines: list[Sequence[object]] = []
    for title, rows in _rows_of(plan).items():
        headings = [heading.name for heading in HEADINGS[title]]
        lines += [(title,), headings, *rows, ()]
    return write_csv(lines[0], lines[1:], cp932=cp932)  # type: ignore[arg-type]


def split_sheet(sheet: RawSheet) -> tuple[RawSheet, ...]:
    """The sheets of one CSV, which stand below each other, each under a line with only its title."""
    starts = [
        (at, row[0].text.strip("【】 　"))
        for at, row in enumerate(sheet.rows)
        if row and row[0].text.strip("【】 　") in HEADINGS and not any(cell.text for cell in row[1:])
    ]
    ends = [at for at, _ in starts[1:]] + [len(sheet.rows)]
    return tuple(
        RawSheet(title, sheet.rows[at + 1 : end], above=at + 1)
        for (at, title), end in zip(starts, ends, strict=False)  # where nothing starts, one end is left
    )


def _sheet(title: str, rows: Sequence[Sequence[object]]) -> SheetContent:
    return SheetContent(title, tuple(one.name for one in HEADINGS[title]), rows, _WIDTHS[title])


def _rows_of(plan: Plan) -> dict[str, list[tuple[object, ...]]]:
    total_words: Mapping[str, str] = {code: word for word, code in TOTALS.items()}
    return {
        PLAN: [(word, getattr(plan, field)) for word, field in PLAN_FIELDS.items()],
        GOALS: [(goal.number, goal.name) for goal in plan.goals],
        DIRECTIONS: [(one.number, one.goal, one.name) for one in plan.directions],
        ITEMS: [
            (i.number, i.direction, i.name, _mark(i.priority), _mark(i.new), i.reporter.label, i.kind.label)
            for i in plan.items
        ],
        MEASURES: [
            (item.number, one.code, one.label, one.unit, total_words[one.total])
            for item in plan.items
            for one in item.measures
        ],
        SCALE: [(level.code, level.symbol, level.words) for level in plan.rating_scale],
    }


def _mark(flag: bool) -> str:
    return "○" if flag else ""
