"""Fields for whole numbers and for figures with up to three decimals."""

import unicodedata
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.fields import MAX_NUMBER
from shakyo_desktop.domain.numbers import read_number, read_thousandths, show_number, show_thousandths
from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.fields.inputs import DigitsInput
from shakyo_desktop.gui.shared.fields.typed import TypedField


class NumberField(TypedField):
    """A figure: １２, 1,200 and 5人 are read when the field is left; blank is not 0.

    With `thousandths` the value is in thousandths of the unit, as stored.
    """

    example: ClassVar[str] = "数字で入れてください（例: 12）。"
    input_width: ClassVar[int] = 124

    def __init__(
        self,
        name: str,
        label: str,
        *,
        unit: str = "",
        maximum: int = MAX_NUMBER,
        thousandths: bool = False,
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, unit=unit, hint=hint, label_place=label_place, parent=parent)
        self.maximum = maximum
        self._thousandths = thousandths
        line = DigitsInput()
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setProperty("role", "number")
        self._take(line)

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        if not text.strip():
            return None, ""
        number = read_thousandths(text) if self._thousandths else read_number(text)
        if number is None or not 0 <= number <= self.maximum:
            return None, text
        return number, ""

    def _format(self, value: FieldValue) -> str:
        if not isinstance(value, int):
            return ""
        return show_thousandths(value) if self._thousandths else show_number(value)

    def _unread_words(self) -> str:
        digits = unicodedata.normalize("NFKC", self._input.text()).replace(",", "").strip()
        if digits.isascii() and digits.isdecimal():
            return f"⚠ 要確認 数が大きすぎます（{show_number(self.maximum)}まで）。"
        return super()._unread_words()
