"""Makes the field that fits a specification of the domain."""

from collections.abc import Callable

from shakyo_desktop.domain.codes import SelfRating
from shakyo_desktop.domain.fields import FieldKind, FieldSpec, MeasureSpec
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.fields.choice import Choice, ChoiceField, choices_of, rating_choices
from shakyo_desktop.gui.shared.fields.choices import ChoicesField, FlagField
from shakyo_desktop.gui.shared.fields.dates import DateField, MonthField, TimeField
from shakyo_desktop.gui.shared.fields.items import ItemField, ItemsField
from shakyo_desktop.gui.shared.fields.number import NumberField
from shakyo_desktop.gui.shared.fields.text import MultilineField, TextField

THOUSANDTHS = frozenset({"target_value"})
"""Number fields whose stored value is in thousandths."""

_REQUIRED_CHOICES = frozenset({"kind", "granularity", "outcome_state"})

Spec = FieldSpec | MeasureSpec


def field_for(
    spec: Spec,
    plan: Plan | None = None,
    *,
    fiscal_year: int | None = None,
    name: str = "",
    label: str = "",
    label_place: str = "left",
) -> Field:
    """Return an empty field of the right kind.

    Args:
        plan: needed for fields of items and for the words of its rating scale.
        fiscal_year: what a date without a year belongs to.
        name: the field's name in its record (``measures.visits``); a FieldSpec knows its own.
        label: other words than the specification's.
    """
    own = spec.name if isinstance(spec, FieldSpec) else spec.code
    made = _MAKERS[spec.kind](spec, plan, name or own, label or spec.label, label_place)
    if fiscal_year is not None:
        made.set_fiscal_year(fiscal_year)
    return made


def _number(spec: Spec, plan: Plan | None, name: str, label: str, place: str) -> Field:
    if isinstance(spec, MeasureSpec):
        return NumberField(name, label, unit=spec.unit, label_place=place)
    return NumberField(
        name,
        label,
        unit=spec.unit,
        maximum=spec.maximum,
        thousandths=spec.name in THOUSANDTHS,
        label_place=place,
    )


def _text(spec: Spec, plan: Plan | None, name: str, label: str, place: str) -> Field:
    return TextField(name, label, length=spec.length, label_place=place)


def _multiline(spec: Spec, plan: Plan | None, name: str, label: str, place: str) -> Field:
    return MultilineField(name, label, length=spec.length, label_place=place)


def _choice(spec: Spec, plan: Plan | None, name: str, label: str, place: str) -> Field:
    clearable = name not in _REQUIRED_CHOICES
    return ChoiceField(name, label, _choices(spec, plan), clearable=clearable, label_place=place)


def _many(spec: Spec, plan: Plan | None, name: str, label: str, place: str) -> Field:
    return ChoicesField(name, label, _choices(spec, plan), label_place=place)


def _choices(spec: Spec, plan: Plan | None) -> list[Choice]:
    if spec.choices is None:
        return []
    if spec.choices is SelfRating and plan is not None:
        return rating_choices(plan, SelfRating)
    return choices_of(spec.choices)


def _simple(kind: type[DateField | MonthField | TimeField | FlagField]) -> "_Maker":
    def make(spec: Spec, plan: Plan | None, name: str, label: str, place: str) -> Field:
        return kind(name, label, label_place=place)

    return make


def _items(kind: type[ItemField | ItemsField]) -> "_Maker":
    def make(spec: Spec, plan: Plan | None, name: str, label: str, place: str) -> Field:
        return kind(name, label, plan.items if plan else (), label_place=place)

    return make


_Maker = Callable[[Spec, Plan | None, str, str, str], Field]

_MAKERS: dict[FieldKind, _Maker] = {
    FieldKind.NUMBER: _number,
    FieldKind.TEXT: _text,
    FieldKind.MULTILINE: _multiline,
    FieldKind.DATE: _simple(DateField),
    FieldKind.MONTH: _simple(MonthField),
    FieldKind.TIME: _simple(TimeField),
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _many,
    FieldKind.FLAG: _simple(FlagField),
    FieldKind.ITEM: _items(ItemField),
    FieldKind.ITEMS: _items(ItemsField),
}
