"""A field for a fiscal year: 2026 and 令和8年度 are read, the era's year is echoed."""

from typing import ClassVar

from shakyo_desktop.domain.fiscal_year import fiscal_year_name, read_fiscal_year
from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.fields.inputs import LineInput
from shakyo_desktop.gui.shared.fields.typed import TypedField


class FiscalYearField(TypedField):
    """The value is the year's first calendar year, or None."""

    example: ClassVar[str] = "2026 か 令和8年度 のように入れてください。"
    input_width: ClassVar[int] = 150

    def __init__(self, name: str, label: str) -> None:
        super().__init__(name, label, label_place="above")
        self._take(LineInput())

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        if not text.strip():
            return None, ""
        year = read_fiscal_year(text)
        return (year, "") if year else (None, text)

    def _format(self, value: FieldValue) -> str:
        return str(value) if isinstance(value, int) and value else ""

    def _settle(self) -> None:
        super()._settle()
        year = self.value()
        self.set_note(fiscal_year_name(year) if isinstance(year, int) else "")
