"""Which fields people may change, and what a text they typed means in one of them."""

from typing import Any

from shakyo_desktop.domain.codes import LabelledCode
from shakyo_desktop.domain.dates import read_date, read_month, read_time
from shakyo_desktop.domain.fields import REASON_LENGTH, FieldKind, FieldSpec
from shakyo_desktop.domain.labels import field_spec, find_measure
from shakyo_desktop.domain.numbers import read_number, read_thousandths
from shakyo_desktop.domain.records import GOOD_PRACTICES
from shakyo_desktop.domain.text import fold_name, repair_text

_IN_THOUSANDTHS = "target_value"
_TEXTS = (FieldKind.TEXT, FieldKind.MULTILINE)


def editable_spec(table: str, field: str) -> FieldSpec:
    """Return the specification of a field that people may change.

    Raises:
        AttributeError: the field is none of theirs; asking for it is a bug.
    """
    found = field_spec(table, field)
    if found is not None:
        return found
    base, dot, code = field.partition(".")
    if dot and base == "reasons":
        return FieldSpec(field, "理由", FieldKind.TEXT, length=REASON_LENGTH)
    if dot and base in ("measures", "typed_totals"):
        measure = find_measure(code)
        if measure is None:  # a plan's own figure: always a number
            return FieldSpec(field, code, FieldKind.NUMBER)
        return FieldSpec(
            field, measure.label, measure.kind, measure.unit, measure.length, choices=measure.choices
        )
    if (table, field) == (GOOD_PRACTICES, "photo_ids"):
        return FieldSpec(field, "写真", FieldKind.CHOICES)
    raise AttributeError(f"{table} has no field {field} that people may change")


def repaired(spec: FieldSpec, value: Any) -> Any:
    """Return a value as it may be stored: text without what a file could not carry."""
    if spec.kind in _TEXTS and isinstance(value, str):
        return repair_text(value, spec.kind is FieldKind.MULTILINE)
    return value


def read_typed(spec: FieldSpec, text: str, fiscal_year: int) -> tuple[Any, str]:
    """Return (value, unread) of a text as typed: one of the two is empty; both are when the text is."""
    if spec.kind in _TEXTS:
        return repaired(spec, text), ""
    plain = repair_text(text, multiline=False).strip()
    if not plain:
        return None, ""
    value = _read(spec, plain, fiscal_year)
    return (None, plain) if value is None else (value, "")


def _read(spec: FieldSpec, text: str, fiscal_year: int) -> Any:
    match spec.kind:
        case FieldKind.NUMBER:
            number = read_thousandths(text) if spec.name == _IN_THOUSANDTHS else read_number(text)
            return number if number is not None and number <= spec.maximum else None
        case FieldKind.DATE:
            return read_date(text, fiscal_year)
        case FieldKind.MONTH:
            return read_month(text, fiscal_year)
        case FieldKind.TIME:
            return read_time(text)
        case FieldKind.CHOICE:
            return _choice(spec.choices, text)
        case _:
            return None


def _choice(choices: type[LabelledCode] | None, text: str) -> LabelledCode | None:
    wanted = fold_name(text)
    return next((one for one in choices or () if wanted in (one.value, fold_name(one.label))), None)
