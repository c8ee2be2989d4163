"""The rules that every field keeps by its specification: readable, not too long, within its bounds."""

from collections.abc import Iterable

from shakyo_desktop.domain.codes import ActivityKind
from shakyo_desktop.domain.field_values import get_field
from shakyo_desktop.domain.fields import FIELDS_OF, MAX_NUMBER, FieldKind, FieldSpec, MeasureSpec
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.domain.problems import Findings
from shakyo_desktop.domain.records import ItemStatus, Photo, Record

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


def check_unread(findings: Findings, record: Record, table: str, kind: ActivityKind | None = None) -> None:
    """Hard: what could not be read must be written again."""
    if isinstance(record, Photo):
        return
    for field, typed in record.unread.items():
        how = _HOW_TO_WRITE.get(_kind_of(table, field), "書きなおしてください。")
        label = field_label(table, field, kind)
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


def check_measure_bounds(findings: Findings, record: Record, specs: Iterable[MeasureSpec]) -> None:
    """The same for the figures and words that fit a kind of activity."""
    for spec in specs:
        name = f"measures.{spec.code}"
        value = get_field(record, name)
        if isinstance(value, str) and spec.kind is FieldKind.TEXT:
            _check_length(
                findings, FieldSpec(name, spec.label, spec.kind), spec.length, value, f"activity.{name}"
            )
        elif isinstance(value, int) and not isinstance(value, bool):
            _check_range(findings, name, spec.label, MAX_NUMBER, value, f"activity.{name}")


def check_total_bounds(findings: Findings, status: ItemStatus) -> None:
    """The same for totals that were typed."""
    for code, value in status.typed_totals.items():
        name = f"typed_totals.{code}"
        label = field_label("item_statuses", name)
        _check_range(findings, name, label, MAX_NUMBER, value, f"item_status.{name}")


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
