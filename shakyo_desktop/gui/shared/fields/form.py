"""A form: fields of one record at a time, which never credits a change to the wrong record."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.field_values import get_field
from shakyo_desktop.domain.records import FieldValue, Record
from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.fields.field_row import FieldRow

GAP = 12
LastYear = tuple[str, FieldValue, bool]


def values_of(record: Record, names: Iterable[str]) -> dict[str, FieldValue]:
    """Return the values of these fields of a record, as `Form.show_record` takes them."""
    return {name: get_field(record, name) for name in names}


class Form(QWidget):
    """Fields below each other. Every signal names the record's key that was shown when it was typed."""

    changed = Signal(object, str, object, str)
    typing = Signal(object, str, str)
    last_year_requested = Signal(object, str)
    carried_over_confirmed = Signal(object, str)
    request_answered = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: object = None
        self._fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)

    @property
    def key(self) -> object:
        """The record that is shown."""
        return self._key

    def add(self, field: Field) -> Field:
        """Add a field in a row of its own."""
        self._register(field)
        self._column.addWidget(field)
        return field

    def add_row(self, *fields: Field) -> QWidget:
        """Add short fields side by side; they wrap when there is no room."""
        row = FieldRow(gap=2 * GAP, row_gap=GAP)
        for field in fields:
            self._register(field)
            row.add(field)
        self._column.addWidget(row)
        return row

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is not a field."""
        self._column.addWidget(widget)

    def field(self, name: str) -> Field:
        """Return a field by name.

        Raises:
            KeyError: when the form has no such field.
        """
        return self._fields[name]

    def fields(self) -> list[Field]:
        """Return the fields in the order of the form."""
        return list(self._fields.values())

    def show_record(
        self, key: object, values: Mapping[str, FieldValue], unread: Mapping[str, str] | None = None
    ) -> None:
        """Show another record; what was typed into the old one is emitted first, under the old key."""
        self.commit()
        self._key = key
        for name, field in self._fields.items():
            field.set_value(values.get(name), (unread or {}).get(name, ""))
            field.set_request("")
            field.set_carried_over(False)

    def refresh(self, values: Mapping[str, FieldValue], unread: Mapping[str, str] | None = None) -> None:
        """Show newer values of the same record, except where somebody is typing."""
        for name, value in values.items():
            if name in self._fields:
                self._fields[name].refresh_value(value, (unread or {}).get(name, ""))

    def commit(self) -> None:
        """Emit everything that is pending in any field."""
        for field in self._fields.values():
            field.commit()

    def set_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem at its field and take away all others."""
        for name, field in self._fields.items():
            field.set_problem(problems.get(name, ""))

    def set_requests(self, requests: Mapping[str, str], button: str = "") -> None:
        """Show the office's questions at their fields and take away all others."""
        for name, field in self._fields.items():
            field.set_request(requests.get(name, ""), button)

    def set_last_year(self, values: Mapping[str, LastYear]) -> None:
        """Show last year's words beside each field: (words, value, whether it may be copied)."""
        for name, field in self._fields.items():
            text, value, copyable = values.get(name, ("", None, False))
            field.set_last_year(text, value, copyable=copyable)

    def set_carried_over(self, names: Iterable[str]) -> None:
        """Mark these fields as taken from last year and not yet confirmed."""
        marked = set(names)
        for name, field in self._fields.items():
            field.set_carried_over(name in marked)

    def set_fiscal_year(self, fiscal_year: int) -> None:
        """Tell the fields of dates which year they belong to."""
        for field in self._fields.values():
            field.set_fiscal_year(fiscal_year)

    def set_field_visible(self, name: str, visible: bool) -> None:
        """Show or hide a field that does not fit the record."""
        self._fields[name].setVisible(visible)

    def focus_field(self, name: str) -> None:
        """Give a field the focus."""
        self._fields[name].focus_input()

    def focus_first(self) -> None:
        """Give the first visible field the focus."""
        for field in self._fields.values():
            if not field.isHidden():
                field.focus_input()
                return

    def _register(self, field: Field) -> None:
        self._fields[field.name] = field
        field.changed.connect(lambda name, value, unread: self.changed.emit(self._key, name, value, unread))
        field.typing.connect(lambda name, text: self.typing.emit(self._key, name, text))
        field.last_year_requested.connect(lambda name: self.last_year_requested.emit(self._key, name))
        field.carried_over_confirmed.connect(lambda name: self.carried_over_confirmed.emit(self._key, name))
        field.request_answered.connect(lambda name: self.request_answered.emit(self._key, name))
