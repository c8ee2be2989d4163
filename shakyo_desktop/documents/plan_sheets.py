"""The sheets of a plan's workbook: their titles, headings and words, and a plan written into them."""

from shakyo_desktop.documents.excel_table import SheetContent, write_workbook
from shakyo_desktop.documents.spreadsheet import Heading
from shakyo_desktop.domain.plan import Plan

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


def write_plan_template(plan: Plan) -> bytes:
    """Return a plan as a workbook that ``read_plan_table`` reads back to the same plan."""
    total_words = {code: word for word, code in TOTALS.items()}
    rows: dict[str, list[tuple[object, ...]]] = {
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
    return write_workbook(
        [
            SheetContent(title, tuple(heading.name for heading in headings), rows[title], _WIDTHS[title])
            for title, headings in HEADINGS.items()
        ]
    )


def _mark(flag: bool) -> str:
    return "○" if flag else ""
