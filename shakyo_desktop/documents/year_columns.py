"""The columns of the tables for an earlier year: which there are for its plans, and what each one holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shakyo_desktop.documents.spreadsheet import Heading, fold_heading
from shakyo_desktop.domain.fields import MeasureSpec
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.totals import total_specs

ITEMS_SHEET, DIARY_SHEET, HOW_SHEET = "取組項目", "活動記録", "書き方"
ORG, PLAN, NUMBER, DAY, MONTH = "地区コード", "計画", "項目番号", "日付", "月"
ORG_NAME, ITEM_NAME = "地区部会", "項目名"

_BEFORE = (("実施状況", "state"), ("休止・対象外の理由", "state_reason"), ("自己評価", "self_rating"))
_BEFORE_LAST = ("評価しない理由", "rating_reason")
_AFTER = (
    ("目標", "target_value"),
    ("目標の単位", "target_unit"),
    ("成果", "outcome"),
    ("課題", "challenge"),
    ("次年度に向けて", "next_plan"),
)
_DIARY = (
    ("実施したか", "outcome_state"),
    ("場所", "venue"),
    ("延べ参加者", "participants"),
    ("延べ担い手", "helpers"),
    ("回数", "sessions"),
    ("内容", "content"),
    ("中止・延期の理由", "outcome_reason"),
    ("メモ", "note"),
)
_WIDE = frozenset({"outcome", "challenge", "next_plan", "content", "note"})
_ALIASES = {
    NUMBER: ("番号", "取組項目番号"),
    ORG: ("地区部会コード", "コード"),
    "state": ("状況", "取組状況"),
    "self_rating": ("評価",),
    "outcome": ("今年度の成果",),
    "next_plan": ("次年度", "次年度に向けた取組"),
    "participants": ("参加者", "参加人数", "人数"),
    "helpers": ("担い手",),
    "sessions": ("開催回数",),
    "venue": ("会場",),
    "outcome_state": ("実施",),
}


@dataclass(frozen=True, slots=True)
class YearColumn:
    """One column. ``field`` is the record's field, empty for what names the record or is only looked at."""

    name: str
    field: str = ""
    width: int = 14

    def heading(self, required: bool = False) -> Heading:
        """How the column is found in a table."""
        return Heading(self.name, _ALIASES.get(self.field or self.name, ()), required)


def item_columns(plans: Sequence[Plan], *, office: bool) -> tuple[YearColumn, ...]:
    """The columns of 取組項目: who and which item, states, every total of any item, target and texts."""
    names = [YearColumn(ORG), YearColumn(ORG_NAME, width=24)] if office else []
    names += [YearColumn(PLAN, width=24)] if len(plans) > 1 else []
    fixed = {fold_heading(name) for name, _ in (*_BEFORE, _BEFORE_LAST, *_AFTER)}
    totals: dict[str, YearColumn] = {}
    for plan in plans:
        for spec in (one for item in plan.items for one in total_specs(item)):
            label = _label(spec, fixed)
            totals.setdefault(fold_heading(label), YearColumn(label, f"totals:{fold_heading(label)}"))
    return (
        *names,
        YearColumn(NUMBER, width=10),
        YearColumn(ITEM_NAME, width=32),
        *_columns((*_BEFORE, _BEFORE_LAST)),
        *totals.values(),
        *_columns(_AFTER),
    )


def diary_columns(plans: Sequence[Plan]) -> tuple[YearColumn, ...]:
    """The columns of 活動記録: a day, or a month for sums of one month, then what was done."""
    several = [YearColumn(PLAN, width=24)] if len(plans) > 1 else []
    return (YearColumn(DAY), YearColumn(MONTH), *several, YearColumn(NUMBER, width=10), *_columns(_DIARY))


def total_of(item: Item, column: YearColumn) -> MeasureSpec | None:
    """The total of an item that stands in a column, None when the item has none of that name."""
    fixed = {fold_heading(name) for name, _ in (*_BEFORE, _BEFORE_LAST, *_AFTER)}
    wanted = column.field.partition(":")[2]
    return next((one for one in total_specs(item) if fold_heading(_label(one, fixed)) == wanted), None)


def is_total(column: YearColumn) -> bool:
    """Whether a column holds one of the totals."""
    return column.field.startswith("totals:")


def _label(spec: MeasureSpec, fixed: set[str]) -> str:
    """What a total is called at the head of its column, with its unit; never what a field is called."""
    label = f"数字 {spec.label}" if fold_heading(spec.label) in fixed else spec.label
    return f"{label}（{spec.unit}）" if spec.unit else label


def _columns(pairs: Iterable[tuple[str, str]]) -> list[YearColumn]:
    return [YearColumn(name, field, 40 if field in _WIDE else 18) for name, field in pairs]
