"""One item of a report on paper: its state, its figures, its texts, its diary and its stories."""

from collections.abc import Sequence
from dataclasses import dataclass

from shakyo_desktop.documents.pdf.activity_list import draw_activities
from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import LABEL_GREY, Column, Field, field_row, listing
from shakyo_desktop.documents.pdf.wording import NOT_RECORDED, count_text
from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.labels import rating_words, show_value
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ITEM_STATUSES, Activity, GoodPractice, ItemStatus, Photo
from shakyo_desktop.domain.totals import (
    count_totals,
    effective_totals,
    item_achievement,
    show_rate,
    total_specs,
)

_TEXTS = {
    "state_reason": "休止・対象外の理由",
    "rating_reason": "評価しない理由",
    "outcome": "成果",
    "challenge": "課題",
    "next_plan": "次年度に向けて",
    "needs_support": "必要な支援",
    "totals_reason": "書きかえた理由",
}
_TOTALS_PER_ROW = 4


@dataclass(frozen=True, slots=True)
class ItemRecords:
    """What a district recorded about one item, in the order it is printed."""

    plan: Plan
    item: Item
    status: ItemStatus | None
    activities: tuple[Activity, ...]
    practices: tuple[GoodPractice, ...]

    @property
    def counted(self) -> dict[str, int]:
        """The totals the diary gives."""
        return count_totals(self.item, self.activities)

    @property
    def totals(self) -> dict[str, int]:
        """The totals that are reported."""
        return effective_totals(self.status, self.counted)

    @property
    def blank(self) -> bool:
        """Whether nothing at all was recorded."""
        return (self.status is None or self.status.state is None) and not (self.activities or self.practices)

    @property
    def name(self) -> str:
        """The item's name with its marks."""
        marks = [word for word, on in (("重点", self.item.priority), ("新規", self.item.new)) if on]
        return f"{self.item.name}（{'・'.join(marks)}）" if marks else self.item.name

    @property
    def state_words(self) -> str:
        """The state; an item that the ward office reports is never 未報告."""
        if self.status is not None and self.status.state is not None:
            return self.status.state.label
        return "区事務所" if self.item.reporter is Reporter.WARD_OFFICE else "未報告"

    @property
    def rating(self) -> str:
        """The self-rating as symbol and words."""
        if self.status is None or self.status.self_rating is None:
            return NOT_RECORDED
        return rating_words(self.status.self_rating, self.plan)


def draw_item(sheets: Sheets, records: ItemRecords, photos: Sequence[Photo]) -> None:
    """Draw one item below ``sheets.y``; its list and its texts go on over as many pages as they take."""
    sheets.need(62)
    sheets.bookmark(f"{records.item.number} {records.item.name}", level=1)
    _heading(sheets, records)
    if records.status:
        _rating_and_target(sheets, records, records.status)
    _totals(sheets, records)
    if records.status:
        _texts(sheets, records, records.status)
    if records.activities:
        draw_activities(sheets, records.activities, records.item, records.plan, photos)
    for practice in records.practices:
        _practice(sheets, practice)
    sheets.y += 8


def _heading(sheets: Sheets, records: ItemRecords) -> None:
    words = f"{records.item.number}　{records.name}"
    lines = sheets.lines(words, WIDTH - 42, 13, True, "取組項目の名前")
    height = len(lines) * 6.6 + 3.4
    sheets.box(LEFT, sheets.y, WIDTH, height, grey=LABEL_GREY, weight=1)
    for index, line in enumerate(lines):
        sheets.set_line(LEFT + 3, sheets.y + 6.5 + index * 6.6, line, 13, True, "left")
    sheets.text(RIGHT - 3, sheets.y + 6.5, records.state_words, size=13, bold=True, align="right")
    sheets.y += height


def _rating_and_target(sheets: Sheets, records: ItemRecords, status: ItemStatus) -> None:
    fields = [Field("自己評価", records.rating, "評価の言葉", bold=True, share=1.3, label_width=26)]
    if status.target_value is not None:
        shown = show_value(ITEM_STATUSES, "target_value", status.target_value)
        rate = item_achievement(records.item, status, records.totals)
        reached = f"（達成率 {show_rate(rate)}）" if rate is not None else ""
        words = f"{shown}{status.target_unit}{reached}"
        fields.append(Field("目標", words, "目標の単位", label_width=16))
    field_row(sheets, fields)


def _totals(sheets: Sheets, records: ItemRecords) -> None:
    counted, totals = records.counted, records.totals
    typed = records.status.typed_totals if records.status else {}
    specs = total_specs(records.item)
    over = [spec for spec in specs if spec.code in typed and spec.code in counted]
    for at in range(0, len(specs), _TOTALS_PER_ROW):
        row = specs[at : at + _TOTALS_PER_ROW]
        fields = []
        for spec in row:
            value = count_text(totals.get(spec.code), spec.unit) + ("※" if spec in over else "")
            fields.append(_total(spec.label, value))
        field_row(sheets, fields, width=WIDTH * len(row) / _TOTALS_PER_ROW)
    if over:
        words = "、".join(f"{spec.label} {count_text(counted[spec.code], spec.unit)}" for spec in over)
        sheets.paragraph(f"※ 書きかえた合計です。活動記録から数えると {words}。", typed="合計の名前")
        sheets.y += 1


def _total(label: str, value: str) -> Field:
    """A figure's box; an item's own figures have the words somebody typed into the plan."""
    return Field(label, value, "数字の単位", align="right", label_width=23, size=11, label_typed="数字の名前")


def _texts(sheets: Sheets, records: ItemRecords, status: ItemStatus) -> None:
    rows = []
    for field, label in _TEXTS.items():
        text = show_value(ITEM_STATUSES, field, getattr(status, field), records.plan)
        if text:
            rows.append((label, text))
    rows += [("読めなかった文字", text) for text in status.unread.values()]
    number = records.item.number
    columns = (Column("", 39, label=True), Column("", WIDTH - 39, typed=f"{number} 取組状況の文"))
    listing(sheets, columns, rows, f"{number} 取組状況", headings=False)


def _practice(sheets: Sheets, practice: GoodPractice) -> None:
    sheets.need(24)
    sheets.y += 3
    consent = "紹介してよい" if practice.consent else "紹介の同意はまだありません"
    sheets.paragraph(f"成果事例　{practice.title}（{consent}）", bold=True, size=11, typed="成果事例の題名")
    sheets.paragraph(practice.story, typed="成果事例の内容")
