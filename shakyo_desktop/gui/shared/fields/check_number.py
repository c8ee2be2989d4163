"""Fields for digits on paper in groups of four: a 確認番号 (12) and the 合い言葉 of a handover (24)."""

import re
import unicodedata
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.handover import CODE_DIGITS
from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.fields.inputs import DigitsInput
from shakyo_desktop.gui.shared.fields.typed import TypedField

DIGITS = 12
_BETWEEN = re.compile(r"[\s,.‐‑‒–—―−ーｰ_-]+")


class CheckNumberField(TypedField):
    """Reads １２３４ー５６７８ー９０１２ and 123456789012 alike; the value is 12 digits, or None."""

    digits: ClassVar[int] = DIGITS
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
        if len(digits) == self.digits and digits.isascii() and digits.isdecimal():
            return digits, ""
        return None, text

    def _format(self, value: FieldValue) -> str:
        return "-".join(re.findall(r"\d{4}", value)) if isinstance(value, str) else ""

    def _unread_words(self) -> str:
        digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", self._input.text()))
        if digits.isascii() and digits.isdecimal():
            return f"⚠ いま{len(digits)}けたです。{self.digits}けたを入れてください。"
        return super()._unread_words()


class HandoverCodeField(CheckNumberField):
    """The 24 digits of the paper 「引継ぎの合い言葉」; its value is 24 digits, or None."""

    digits: ClassVar[int] = CODE_DIGITS
    example: ClassVar[str] = f"数字{CODE_DIGITS}けたを入れてください。"
    input_width: ClassVar[int] = 560
