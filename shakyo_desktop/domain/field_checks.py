"""The rules that every field keeps by its specification: readable, not too long, within its bounds."""

from collections.abc import Iterable, Mapping

from shakyo_desktop.domain.field_values import get_field
from shakyo_desktop.domain.fields import FIELDS_OF, MAX_NUMBER, FieldKind, FieldSpec, MeasureSpec
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.domain.problems import Findings
from shakyo_desktop.domain.records import ITEM_STATUSES, ItemStatus, MeasureValue, Photo, Record

_HOW_TO_WRITE = {
    FieldKind.NUMBER: "数字だけで書いてください（わからないときは空のままにします）。",
    FieldKind.DATE: "R8.9.12 のように書いてください。",
    FieldKind.MONTH: "9月 か R8.9 のように書いてください。",
    FieldKind.TIME: "9:30 のように書いてください。",
}

# Only these can be out of bounds; a year has thousands of records.
_BOUNDED = {
    table: tuple(spec for spec in specs if spec.length or spec.kind is FieldKind.NUMBER)
    for table, specs in FIELDS_OF.items()
}


def check_unread(findings: Findings, record: Record, table: str, labels: Mapping[str, str]) -> None:
    """Hard: what could not be read must be written again.

    Args:
        labels: the words for fields that only the item or the kind of activity gives their names.
    """
    if isinstance(record, Photo):
        return
    for field, typed in record.unread.items():
        how = _HOW_TO_WRITE.get(_kind_of(table, field), "書きなおしてください。")
        label = labels.get(field) or field_label(table, field)
        findings.hard(field, f"{_prefix(table)}.unread", f"{label}の「{typed}」が読みとれませんでした。{how}")


def check_bounds(findings: Findings, record: Record, table: str) -> None:
    """Hard: texts within their length (code points), numbers from 0 to their largest value."""
    prefix = _prefix(table)
    for spec in _BOUNDED[table]:
        value = get_field(record, spec.name)
        if value is None:
            continue
        if isinstance(value, str) and spec.length:
            _check_length(findings, spec, spec.length, value, f"{prefix}.{spec.name}")
        elif spec.kind is FieldKind.NUMBER and isinstance(value, int):
            _check_range(findings, spec.name, spec.label, spec.maximum, value, f"{prefix}.{spec.name}")


def check_measures(findings: Findings, record: Record, specs: Iterable[MeasureSpec]) -> None:
    """The same for the figures and words that an activity asks for, and that each is of its own sort."""
    for spec in specs:
        name = f"measures.{spec.code}"
        value = get_field(record, name)
        if value is None:
            continue
        if not _is_of_its_sort(spec, value):
            message = f"{spec.label}が、ここに書ける内容ではありません。書きなおすか、選びなおしてください。"
            findings.hard(name, f"activity.{name}.unfit", message)
        elif spec.kind is FieldKind.TEXT:
            _check_length(
                findings, FieldSpec(name, spec.label, spec.kind), spec.length, value, f"activity.{name}"
            )
        elif spec.kind is FieldKind.NUMBER:
            _check_range(findings, name, spec.label, MAX_NUMBER, value, f"activity.{name}")


def _is_of_its_sort(spec: MeasureSpec, value: MeasureValue) -> bool:
    """A package may carry anything under a code, and a code may have meant something else in another kind."""
    if spec.kind is FieldKind.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    if spec.kind is FieldKind.CHOICE:
        return value in [choice.value for choice in spec.choices or ()]
    return isinstance(value, bool if spec.kind is FieldKind.FLAG else str)


def check_total_bounds(
    findings: Findings, status: ItemStatus, counted: Mapping[str, int], labels: Mapping[str, str]
) -> None:
    """The same for totals, typed or counted from the diary; ``labels`` as in ``check_unread``."""
    for code, value in status.typed_totals.items():
        name = f"typed_totals.{code}"
        label = labels.get(name) or field_label(ITEM_STATUSES, name)
        _check_range(findings, name, label, MAX_NUMBER, value, f"item_status.{name}")
    for code, value in counted.items():
        if value > MAX_NUMBER:
            label = labels.get(f"typed_totals.{code}", code)
            message = f"活動記録から数えた{label}が大きすぎます。活動記録の数を確かめてください。"
            findings.hard(f"typed_totals.{code}", f"item_status.counted_totals.{code}.range", message)


def _check_length(findings: Findings, spec: FieldSpec, length: int, value: str, code: str) -> None:
    over = len(value) - length
    if over > 0:
        message = f"{spec.label}が{over}文字多すぎます。{length}文字までに短くしてください。"
        findings.hard(spec.name, f"{code}.too_long", message)


def _check_range(findings: Findings, name: str, label: str, maximum: int, value: int, code: str) -> None:
    if not 0 <= value <= maximum:
        message = f"{label}の数が大きすぎるか、0より小さくなっています。書きなおしてください。"
        findings.hard(name, f"{code}.range", message)


def _kind_of(table: str, field: str) -> FieldKind:
    base = field.partition(".")[0]
    if base in ("measures", "typed_totals"):
        return FieldKind.NUMBER
    return next((spec.kind for spec in FIELDS_OF[table] if spec.name == field), FieldKind.TEXT)


def _prefix(table: str) -> str:
    """The first word of a code: item_statuses → item_status, activities → activity."""
    return {"activities": "activity", "item_statuses": "item_status"}.get(table, table.removesuffix("s"))
