"""What each field of a record is: its words, its unit, its bounds.

Forms, checks, history and packages read this. Sources: the record tables of the domain (field lengths,
measures by kind). A field that is not listed here cannot be edited.
"""

from dataclasses import dataclass
from enum import StrEnum

from shakyo_desktop.domain import codes
from shakyo_desktop.domain.codes import ActivityKind, LabelledCode
from shakyo_desktop.domain.records import ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, PHOTOS

MAX_NUMBER = 9_999_999


class FieldKind(StrEnum):
    """How a field is typed, stored and shown."""

    NUMBER = "number"
    TEXT = "text"
    MULTILINE = "multiline"
    DATE = "date"
    MONTH = "month"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    ITEM = "item"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One editable field. ``maximum`` is the largest number, ``length`` the most characters (code points)."""

    name: str
    label: str
    kind: FieldKind
    unit: str = ""
    length: int = 0
    maximum: int = MAX_NUMBER
    choices: type[LabelledCode] | None = None


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """One figure that fits a kind of activity.

    ``total`` says how the year's figure is made: sum, last, max or none.
    """

    code: str
    label: str
    kind: FieldKind = FieldKind.NUMBER
    unit: str = ""
    total: str = "sum"
    choices: type[LabelledCode] | None = None
    length: int = 60


class MealStyle(LabelledCode):
    """食事サービス: eaten together or brought home."""

    TOGETHER = "together", "会食"
    DELIVERY = "delivery", "配食"


class LiaisonForm(LabelledCode):
    """連携・協働: how closely."""

    MEETING = "meeting", "会議"
    COOPERATION = "cooperation", "協働"
    AGREEMENT = "agreement", "協定"


class DisasterForm(LabelledCode):
    """災害への備え: what was done."""

    DRILL = "drill", "訓練"
    TRAINING = "training", "研修"
    SYSTEM = "system", "体制づくり"


KIND_MEASURES: dict[ActivityKind, tuple[MeasureSpec, ...]] = {
    ActivityKind.WATCH: (
        MeasureSpec("subjects", "対象者数", unit="人", total="max"),
        MeasureSpec("visits", "見守り回数", unit="回"),
        MeasureSpec("referrals", "つなぎ件数", unit="件"),
    ),
    ActivityKind.MUTUAL_AID: (
        MeasureSpec("requests", "依頼", unit="件"),
        MeasureSpec("fulfilled", "対応", unit="件"),
        MeasureSpec("registered", "協力者登録", unit="人", total="last"),
    ),
    ActivityKind.GATHERING: (
        MeasureSpec("venues", "会場数", unit="か所", total="max"),
        MeasureSpec("distance_m", "散歩の距離", unit="m"),
        MeasureSpec("rain", "雨天", kind=FieldKind.FLAG, total="none"),
    ),
    ActivityKind.MEAL: (
        MeasureSpec("style", "会食・配食", kind=FieldKind.CHOICE, total="none", choices=MealStyle),
        MeasureSpec("meals", "食数", unit="食"),
    ),
    ActivityKind.TRAINING: (
        MeasureSpec("host", "主催", kind=FieldKind.TEXT, total="none"),
        MeasureSpec("theme", "テーマ", kind=FieldKind.TEXT, total="none"),
        MeasureSpec("completed", "修了", unit="人"),
    ),
    ActivityKind.LIAISON: (
        MeasureSpec("counterpart", "相手", kind=FieldKind.TEXT, total="none"),
        MeasureSpec("form", "かたち", kind=FieldKind.CHOICE, total="none", choices=LiaisonForm),
        MeasureSpec("cases", "件数", unit="件"),
    ),
    ActivityKind.DISASTER: (
        MeasureSpec("form", "かたち", kind=FieldKind.CHOICE, total="none", choices=DisasterForm),
    ),
    ActivityKind.OTHER: (),
}

ACTIVITY_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("item_number", "取組項目", FieldKind.ITEM),
    FieldSpec("related_items", "ほかに関係する項目", FieldKind.ITEMS),
    FieldSpec("kind", "活動の種類", FieldKind.CHOICE, choices=codes.ActivityKind),
    FieldSpec("granularity", "記録のしかた", FieldKind.CHOICE, choices=codes.Granularity),
    FieldSpec("held_on", "日付", FieldKind.DATE),
    FieldSpec("month", "月", FieldKind.MONTH),
    FieldSpec("start_time", "始まり", FieldKind.TIME),
    FieldSpec("end_time", "終わり", FieldKind.TIME),
    FieldSpec("outcome_state", "実施したか", FieldKind.CHOICE, choices=codes.OutcomeState),
    FieldSpec("outcome_reason", "中止・延期などの理由", FieldKind.TEXT, length=200),
    FieldSpec("method", "方法", FieldKind.CHOICE, choices=codes.Method),
    FieldSpec("venue", "場所", FieldKind.TEXT, length=60),
    FieldSpec("participants", "延べ参加者", FieldKind.NUMBER, unit="人"),
    FieldSpec("participants_unknown", "参加者の人数はわからない", FieldKind.FLAG),
    *(
        FieldSpec(f"breakdown.{group}", f"内訳 {group.label}", FieldKind.NUMBER, unit="人")
        for group in codes.Beneficiary
    ),
    FieldSpec("helpers", "延べ担い手", FieldKind.NUMBER, unit="人"),
    FieldSpec("sessions", "回数", FieldKind.NUMBER, unit="回"),
    FieldSpec("partners", "いっしょに行った団体", FieldKind.CHOICES, choices=codes.Partner),
    FieldSpec("partners_text", "団体の名前", FieldKind.TEXT, length=100),
    FieldSpec("content", "内容", FieldKind.MULTILINE, length=200),
    FieldSpec("note", "メモ", FieldKind.MULTILINE, length=400),
)

STATUS_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("state", "実施状況", FieldKind.CHOICE, choices=codes.ImplementationState),
    FieldSpec("state_reason", "休止・対象外の理由", FieldKind.TEXT, length=200),
    FieldSpec("self_rating", "自己評価", FieldKind.CHOICE, choices=codes.SelfRating),
    FieldSpec("rating_reason", "評価しない理由", FieldKind.TEXT, length=200),
    FieldSpec("totals_reason", "合計を書きかえた理由", FieldKind.TEXT, length=200),
    FieldSpec("target_value", "目標", FieldKind.NUMBER, maximum=9_999_999_999),
    FieldSpec("target_unit", "目標の単位", FieldKind.TEXT, length=20),
    FieldSpec("outcome", "成果", FieldKind.MULTILINE, length=300),
    FieldSpec("challenge", "課題", FieldKind.MULTILINE, length=300),
    FieldSpec("next_plan", "次年度に向けて", FieldKind.MULTILINE, length=300),
    FieldSpec("needs_support", "必要な支援", FieldKind.CHOICES, choices=codes.Support),
)

PRACTICE_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("item_number", "取組項目", FieldKind.ITEM),
    FieldSpec("title", "題名", FieldKind.TEXT, length=60),
    FieldSpec("story", "内容", FieldKind.MULTILINE, length=2000),
    FieldSpec("consent", "紹介してよい（本人たちの同意あり）", FieldKind.FLAG),
)

PHOTO_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("caption", "説明", FieldKind.TEXT, length=60),
    FieldSpec("consent", "公開してよい（写っている人の同意あり）", FieldKind.FLAG),
    FieldSpec("position", "順番", FieldKind.NUMBER),
)

REASON_LENGTH = 200

# Totals every item has, beside its kind's measures (``typed_totals``/``counted_totals`` codes).
# 実人数 is never counted from the diary and never added across districts.
COMMON_TOTALS: tuple[MeasureSpec, ...] = (
    MeasureSpec("sessions", "開催回数", unit="回"),
    MeasureSpec("places", "箇所数", unit="か所"),
    MeasureSpec("person_times", "延べ参加", unit="人"),
    MeasureSpec("unique_persons", "実人数", unit="人", total="none"),
    MeasureSpec("helpers", "延べ担い手", unit="人"),
)

FIELDS_OF: dict[str, tuple[FieldSpec, ...]] = {
    ACTIVITIES: ACTIVITY_FIELDS,
    ITEM_STATUSES: STATUS_FIELDS,
    GOOD_PRACTICES: PRACTICE_FIELDS,
    PHOTOS: PHOTO_FIELDS,
}
