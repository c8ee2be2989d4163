"""Any number of choices, and a single yes or no."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.fields.choice import Choice, group_box
from shakyo_desktop.gui.shared.fields.traversal import focus_next_field

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Check(QCheckBox):
    """A check box that answers to the space bar; Enter goes to the next field.

    Listen to `toggled`, not to `clicked`: a screen reader turns it over without a click.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)

    def show_checked(self, checked: bool) -> None:
        """Show what a record says; nobody is told that something changed."""
        with QSignalBlocker(self):
            self.setChecked(checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on and changes nothing."""
        if event.key() in _ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            focus_next_field(self, backwards=back)
            return
        super().keyPressEvent(event)


class ChoicesField(Field):
    """Check boxes side by side; the value is a tuple of codes in the order of the form."""

    def __init__(
        self,
        name: str,
        label: str,
        choices: Sequence[Choice],
        *,
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, label_place=label_place, parent=parent)
        self._box, flow = group_box(label)
        self._checks = {choice.code: Check(choice.label) for choice in choices}
        self._stray: tuple[str, ...] = ()
        for check in self._checks.values():
            check.toggled.connect(self._chosen)
            flow.add(check)
        self._set_input(self._box, stretch=True)

    def input(self) -> QWidget:
        """Return the first check box."""
        return next(iter(self._checks.values()), self._box)

    def checks(self) -> list[QCheckBox]:
        """Return the check boxes in the order of the form."""
        return list(self._checks.values())

    def _read(self) -> tuple[FieldValue, str]:
        chosen = tuple(str(code) for code, check in self._checks.items() if check.isChecked())
        return chosen + self._stray, ""

    def _show(self, value: FieldValue, unread: str) -> None:
        codes = tuple(str(code) for code in value) if isinstance(value, tuple) else ()
        for code, check in self._checks.items():
            check.show_checked(code in codes)
        self._stray = tuple(code for code in codes if code not in self._checks)

    def _describe(self) -> None:
        for check in self._checks.values():
            check.setAccessibleDescription(self.remarks.spoken())


class FlagField(Field):
    """One check box; its words are the field's label."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, "", hint=hint, label_place=label_place, parent=parent)
        self.label_text = label
        self._check = Check(label)
        self._check.toggled.connect(self._chosen)
        self._set_input(self._check)
        self.label.setVisible(label_place == "left")

    def input(self) -> QWidget:
        """Return the check box."""
        return self._check

    def _read(self) -> tuple[FieldValue, str]:
        return self._check.isChecked(), ""

    def _show(self, value: FieldValue, unread: str) -> None:
        self._check.show_checked(bool(value))
