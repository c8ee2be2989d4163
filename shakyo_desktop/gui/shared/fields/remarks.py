"""The lines under an input: hint, last year, carried over, the office's question, 要確認, problem."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import size, theme_signals

_ORDER = ("hint", "note", "last_year", "carried_over", "request", "glyphs", "unread", "problem")
_SHORT = 30
_COUNTER_WIDTH = 296
_ROLES = {
    "request": "request",
    "unread": "problem",
    "problem": "problem",
    "carried_over": "soft",
    "glyphs": "soft",
}


class Remarks(QWidget):
    """Lines that appear when there is something to say; their order never changes."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._shown: dict[str, tuple[str, str, str]] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._counting = False
        theme_signals().changed.connect(self._fix_counter)
        self.hide()

    def text(self, key: str) -> str:
        """Return what a line says; empty when it is not there."""
        return self._shown.get(key, ("", "", ""))[0]

    def spoken(self) -> str:
        """Return what a screen reader is told about the input, the most urgent first."""
        keys = ("problem", "unread", "glyphs", "request", "carried_over", "note", "hint", "last_year")
        return " ".join(text for key in keys if (text := self.text(key)))

    def set_line(self, key: str, text: str, *, button: str = "", role: str = "") -> None:
        """Show, change or (with an empty text) take away one line, with a small button at its end."""
        if self._shown.get(key, ("", "", "")) == (text, button if text else "", role if text else ""):
            return
        self._shown[key] = (text, button if text else "", role if text else "")
        old = self._rows.pop(key, None)
        if old is not None:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
            self._labels.pop(key)
        if text:
            at = sum(1 for other in _ORDER[: _ORDER.index(key)] if other in self._rows)
            self._rows[key] = self._make_row(key, text, button, role or _ROLES.get(key, "small"))
            self._layout.insertWidget(at, self._rows[key])
        self.setVisible(bool(self._rows))
        self.updateGeometry()

    def count(self, text: str) -> None:
        """Show a counter in the hint's line; of fixed size, so that no keystroke lays the page out anew."""
        label = self._labels.get("hint")
        if label is None:
            self.set_line("hint", text)
            self._counting = True
            self._fix_counter()
        elif self.text("hint") != text:
            self._shown["hint"] = (text, "", "")
            label.setText(text)

    def _fix_counter(self) -> None:
        label = self._labels.get("hint")
        if label is not None and self._counting:
            label.ensurePolished()
            label.setFixedSize(size(_COUNTER_WIDTH), label.fontMetrics().height() + 3)

    def _make_row(self, key: str, text: str, button: str, role: str) -> QWidget:
        short = bool(button) and len(text) <= _SHORT
        label = plain_label(text, role)
        self._labels[key] = label
        if not button:
            return label
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(label, 0 if short else 1)
        press = LinkButton(button)
        press.clicked.connect(lambda: self.pressed.emit(key))
        layout.addWidget(press)
        if short:
            layout.addStretch(1)
        return row
