"""A field for a passphrase or the long text of the recovery sheet: all of it is seen, Enter goes on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.domain.sheet_text import read_sheet, sheet_problem
from shakyo_desktop.gui.shared.fields.inputs import AreaInput, flush_input_method
from shakyo_desktop.gui.shared.fields.traversal import focus_next_field
from shakyo_desktop.gui.shared.fields.typed import TypedField
from shakyo_desktop.gui.shared.theme import size

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HEIGHT = 88


class _WrappedLine(AreaInput):
    """Shown in several lines, typed as one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the next field, as in every other line."""
        if event.key() in _ENTER:
            event.accept()
            flush_input_method(self)
            focus_next_field(self, backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return
        super().keyPressEvent(event)


class SecretField(TypedField):
    """The value is the text as typed, without spaces at its ends; it is kept nowhere."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        hint: str = "",
        label_place: str = "above",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, label_place=label_place, parent=parent)
        area = _WrappedLine()
        area.setProperty("role", "number")
        area.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        area.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self._take(area)

    def text(self) -> str:
        """Return what is typed, line ends as spaces."""
        return " ".join(str(self.value() or "").split())

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        return text.strip(), ""

    def _format(self, value: FieldValue) -> str:
        return value if isinstance(value, str) else ""

    def _fit(self) -> None:
        super()._fit()
        self._input.setFixedHeight(size(_HEIGHT))


def with_prefix(typed: str) -> str:
    """Return the text of a recovery sheet whole when only its own lines were typed; else as it is."""
    return typed if sheet_problem(typed) else read_sheet(typed) or typed
