"""The words for a field and for its value, as a person reads them in lists, differences and documents."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shakyo_desktop.domain.codes import ActivityKind, LabelledCode, SelfRating
from shakyo_desktop.domain.dates import era_date, era_timestamp, month_name
from shakyo_desktop.domain.fields import (
    COMMON_TOTALS,
    FIELDS_OF,
    KIND_MEASURES,
    FieldKind,
    FieldSpec,
    MeasureSpec,
)
from shakyo_desktop.domain.numbers import show_number, show_thousandths
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, PHOTOS

TABLE_LABELS: Mapping[str, str] = {
    ITEM_STATUSES: "取組状況",
    ACTIVITIES: "活動記録",
    PHOTOS: "写真",
    GOOD_PRACTICES: "成果事例",
    "report": "報告全体",
}
_OTHER_LABELS: Mapping[str, str] = {
    "typed_totals": "書きかえた合計",
    "counted_totals": "活動記録からの合計",
    "reasons": "確認の理由",
    "unread": "読めなかった文字",
    "measures": "数字",
    "carried_over": "前年度から写した欄",
    "photo_ids": "写真",
    "activity_id": "活動記録",
    "sha256": "写真の画像",
    "deleted_at": "ごみ箱に入れた時",
    "source": "書いた方法",
    "keyed_by": "入力した人",
    "plan_id": "計画",
}


def field_spec(table: str, field: str) -> FieldSpec | None:
    """The field's specification, None for fields that are not typed by people."""
    return next((spec for spec in FIELDS_OF.get(table, ()) if spec.name == field), None)


def find_measure(
    code: str, kind: ActivityKind | None = None, plan: Plan | None = None, item_number: int | None = None
) -> MeasureSpec | None:
    """The figure with this code: of the kind, else of the item or plan, else of any kind."""
    for spec in KIND_MEASURES[kind] if kind else ():
        if spec.code == code:
            return spec
    for item in plan.items if plan else ():
        for extra in item.measures if item_number in (None, item.number) else ():
            if extra.code == code:
                return MeasureSpec(code, extra.label, unit=extra.unit, total=extra.total)
    everywhere = [*COMMON_TOTALS, *(spec for specs in KIND_MEASURES.values() for spec in specs)]
    return next((spec for spec in everywhere if spec.code == code), None)


def field_label(
    table: str,
    field: str,
    kind: ActivityKind | None = None,
    plan: Plan | None = None,
    item_number: int | None = None,
) -> str:
    """What a field is called on the screen; an empty field name means the whole record."""
    if not field:
        return TABLE_LABELS.get(table, table)
    spec = field_spec(table, field)
    if spec is not None:
        return spec.label
    base, dot, key = field.partition(".")
    if dot and base in ("measures", "typed_totals", "counted_totals"):
        measure = find_measure(key, kind, plan, item_number)
        return measure.label if measure else key
    if dot and base in ("reasons", "unread"):
        inner = field_label(table, key.partition(":")[0], kind, plan, item_number)
        return f"{_OTHER_LABELS[base]}（{inner}）"
    return _OTHER_LABELS.get(base, field)


def show_value(
    table: str,
    field: str,
    value: Any,
    plan: Plan | None = None,
    kind: ActivityKind | None = None,
    item_number: int | None = None,
) -> str:
    """A stored value in Japanese: numbers with their unit, dates in eras, choices in words, lists joined.

    Blank is an empty string, so that the reader of the list can be told so in the list's own way.
    """
    if value is None or value == "" or value == ():
        return ""
    base, dot, key = field.partition(".")
    if dot and base in ("measures", "typed_totals", "counted_totals"):
        return _show_measure(find_measure(key, kind, plan, item_number), value)
    spec = field_spec(table, field)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, datetime):
        return era_timestamp(value)
    if isinstance(value, date):
        return era_date(value)
    if spec is not None:
        return _show_specified(spec, value, plan)
    if isinstance(value, tuple | list):
        return "、".join(_show_name(table, field, str(entry)) for entry in value)
    return value.label if isinstance(value, LabelledCode) else str(value)


def item_name(number: int, plan: Plan | None) -> str:
    """6 見守り活動の促進; the number alone when the plan is not known."""
    item = plan.item(number) if plan else None
    return f"{number} {item.name}" if item else str(number)


def rating_words(rating: str, plan: Plan | None = None) -> str:
    """◎ 大きく進んだ, in the words of the plan's own scale when it has some."""
    for level in plan.rating_scale if plan else ():
        if level.code == rating:
            return f"{level.symbol} {level.words}"
    return next((known.label for known in SelfRating if known.value == rating), rating)


def _show_specified(spec: FieldSpec, value: Any, plan: Plan | None) -> str:
    if spec.name == "target_value":
        return show_thousandths(value)
    if spec.name == "self_rating":
        return rating_words(value, plan)
    if spec.kind is FieldKind.NUMBER:
        return f"{show_number(value)}{spec.unit}"
    if spec.kind is FieldKind.MONTH:
        return month_name(value)
    if spec.kind is FieldKind.ITEM:
        return item_name(value, plan)
    if spec.kind is FieldKind.ITEMS:
        return "、".join(item_name(number, plan) for number in value)
    if spec.kind is FieldKind.CHOICES:
        return "、".join(_choice(spec.choices, entry) for entry in value)
    return _choice(spec.choices, value)


def _show_measure(spec: MeasureSpec | None, value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int):
        return f"{show_number(value)}{spec.unit if spec else ''}"
    return _choice(spec.choices if spec else None, value)


def _choice(choices: type[LabelledCode] | None, value: str) -> str:
    """The label of a code, the code itself when it is not one of the choices (a later version's)."""
    return next((known.label for known in choices or () if known.value == value), str(value))


def _show_name(table: str, field: str, entry: str) -> str:
    return field_label(table, entry) if field == "carried_over" else entry
