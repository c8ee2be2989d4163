"""Fields: label, input, unit, problem and last year's value in one piece."""

from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.fields.check_number import CheckNumberField, HandoverCodeField
from shakyo_desktop.gui.shared.fields.choice import Choice, ChoiceField, choices_of, rating_choices
from shakyo_desktop.gui.shared.fields.choices import ChoicesField, FlagField
from shakyo_desktop.gui.shared.fields.dates import DateField, MonthField, TimeField
from shakyo_desktop.gui.shared.fields.factory import field_for
from shakyo_desktop.gui.shared.fields.form import Form, values_of
from shakyo_desktop.gui.shared.fields.items import ItemField, ItemsField, QuietComboBox
from shakyo_desktop.gui.shared.fields.number import NumberField
from shakyo_desktop.gui.shared.fields.text import MultilineField, TextField

__all__ = [
    "CheckNumberField",
    "Choice",
    "ChoiceField",
    "ChoicesField",
    "DateField",
    "Field",
    "FlagField",
    "Form",
    "HandoverCodeField",
    "ItemField",
    "ItemsField",
    "MonthField",
    "MultilineField",
    "NumberField",
    "QuietComboBox",
    "TextField",
    "TimeField",
    "choices_of",
    "field_for",
    "rating_choices",
    "values_of",
]
