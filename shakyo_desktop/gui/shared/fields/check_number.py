"""A field for a 確認番号: 12 digits as they stand on paper, 4-4-4."""

import re
import unicodedata
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.fields.inputs import DigitsInput
from shakyo_desktop.gui.shared.fields.typed import TypedField

DIGITS = 12
_BETWEEN = re.compile(r"[\s,.‐‑‒–—―−ーｰ_-]+")


class CheckNumberField(TypedField):
    """Reads １２３４ー５６７８ー９０１２ and 123456789012 alike; the value is 12 digits, or None."""

    example: ClassVar[str] = "数字12けたを入れてください（例: 1234-5678-9012）。"
    input_width: ClassVar[int] = 320

    def __init__(
        self,
        name: str,
        label: str = "確認番号（12けた）",
        *,
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, label_place=label_place, parent=parent)
        line = DigitsInput()
        line.setProperty("role", "number")
        self._take(line)

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
        if not digits:
            return None, ""
        if len(digits) == DIGITS and digits.isascii() and digits.isdecimal():
            return digits, ""
        return None, text

    def _format(self, value: FieldValue) -> str:
        return "-".join(re.findall(r"\d{4}", value)) if isinstance(value, str) else ""

    def _unread_words(self) -> str:
        digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", self._input.text()))
        if digits.isascii() and digits.isdecimal():
            return f"⚠ いま{len(digits)}けたです。{DIGITS}けたを入れてください。"
        return super()._unread_words()
