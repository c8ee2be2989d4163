"""Fields for days, months and times: typed in any Japanese way, answered at once in full."""

from datetime import date
from typing import ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget

from shakyo_desktop.domain.dates import (
    era_date,
    month_name,
    read_date,
    read_month,
    read_time,
    short_era_date,
)
from shakyo_desktop.domain.fiscal_year import first_day, fiscal_year_of, last_day
from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.fields.calendar_popup import CalendarPopup
from shakyo_desktop.gui.shared.fields.inputs import DigitsInput
from shakyo_desktop.gui.shared.fields.typed import TypedField
from shakyo_desktop.gui.shared.labels import plain_label


class _EchoField(TypedField):
    """A line that says beside itself how it was understood."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        fiscal_year: int | None = None,
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, label_place=label_place, parent=parent)
        self._fiscal_year = fiscal_year if fiscal_year is not None else fiscal_year_of(date.today())
        line = DigitsInput()
        self.echo: QLabel = plain_label("", "secondary")
        self._take(line, *self._beside(), self.echo)
        line.textChanged.connect(self._echo)

    def set_fiscal_year(self, fiscal_year: int) -> None:
        """Say which year an entry without a year belongs to."""
        self._fiscal_year = fiscal_year
        self._echo()

    def _beside(self) -> list[QWidget]:
        return []

    def _echo(self) -> None:
        words = self._echo_words(self.value())
        self.echo.setText("" if words == self.shown_text() else words)

    def _echo_words(self, value: FieldValue) -> str:
        return ""

    def _describe(self) -> None:
        spoken = " ".join(text for text in (self.remarks.spoken(), self.echo.text()) if text)
        self.input().setAccessibleDescription(spoken)


class DateField(_EchoField):
    """A day: 0401, R8.4.1, 20260401, ４／１ …; the value is a `date`. Beside it a calendar to choose from."""

    example: ClassVar[str] = "例: 0401、R8.4.1"
    input_width: ClassVar[int] = 160

    def _beside(self) -> list[QWidget]:
        button = SecondaryButton("", icon_name="calendar")
        button.setProperty("role", "square")
        button.setAccessibleName(f"{self.label_text} カレンダーから選ぶ")
        button.setToolTip("カレンダーから選ぶ")
        button.clicked.connect(self._open_calendar)
        self.calendar_button = button
        return [button]

    def _open_calendar(self) -> None:
        value = self.value()
        popup = CalendarPopup(
            value if isinstance(value, date) else self._likely_day(),
            first_day(self._fiscal_year),
            last_day(self._fiscal_year),
            self,
        )
        popup.chosen.connect(self._day_chosen)
        popup.open_below(self._input.mapToGlobal(QPoint(0, self._input.height() + 8)))

    def _likely_day(self) -> date:
        return min(max(date.today(), first_day(self._fiscal_year)), last_day(self._fiscal_year))

    def _day_chosen(self, day: date) -> None:
        self.put_value(day)
        self.focus_input()

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        if not text.strip():
            return None, ""
        day = read_date(text, self._fiscal_year)
        return (None, text) if day is None else (day, "")

    def _format(self, value: FieldValue) -> str:
        return short_era_date(value) if isinstance(value, date) else ""

    def _echo_words(self, value: FieldValue) -> str:
        return era_date(value) if isinstance(value, date) else ""


class MonthField(_EchoField):
    """A month: 9, 9月, R8.9, 202609; the value is "YYYY-MM"."""

    example: ClassVar[str] = "例: 9、R8.9"
    input_width: ClassVar[int] = 124

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        if not text.strip():
            return None, ""
        month = read_month(text, self._fiscal_year)
        return (None, text) if month is None else (month, "")

    def _format(self, value: FieldValue) -> str:
        return month_name(value) if isinstance(value, str) else ""

    def _echo_words(self, value: FieldValue) -> str:
        return month_name(value) if isinstance(value, str) else ""

    def _fit(self) -> None:
        super()._fit()
        digits = self._input.fontMetrics().horizontalAdvance("令和88年12月")
        self._input.setFixedWidth(max(self._input.width(), digits + 32))


class TimeField(_EchoField):
    """A time of day: 1330, 13:30, 午後1時半; the value is "HH:MM"."""

    example: ClassVar[str] = "例: 1330、13:30"
    input_width: ClassVar[int] = 124

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        if not text.strip():
            return None, ""
        time = read_time(text)
        return (None, text) if time is None else (time, "")

    def _format(self, value: FieldValue) -> str:
        return value if isinstance(value, str) else ""

    def _echo_words(self, value: FieldValue) -> str:
        if not isinstance(value, str):
            return ""
        hour, minute = (int(part) for part in value.split(":"))
        half = "午前" if hour < 12 else "午後"
        return f"{half}{hour if hour <= 12 else hour - 12}時" + (f"{minute}分" if minute else "")
