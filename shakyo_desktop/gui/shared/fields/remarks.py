"""The lines under an input: hint, last year, carried over, the office's question, 要確認, problem."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.labels import plain_label

_ORDER = ("hint", "note", "last_year", "carried_over", "request", "unread", "problem")
_SHORT = 30
_ROLES = {"request": "request", "unread": "problem", "problem": "problem", "carried_over": "soft"}


class Remarks(QWidget):
    """Lines that appear when there is something to say; their order never changes."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._texts: dict[str, str] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.hide()

    def text(self, key: str) -> str:
        """Return what a line says; empty when it is not there."""
        return self._texts.get(key, "")

    def spoken(self) -> str:
        """Return what a screen reader is told about the input, the most urgent first."""
        keys = ("problem", "unread", "request", "carried_over", "note", "hint", "last_year")
        return " ".join(text for key in keys if (text := self.text(key)))

    def set_line(self, key: str, text: str, *, button: str = "", role: str = "") -> None:
        """Show, change or (with an empty text) take away one line, with a small button at its end."""
        if self._texts.get(key, "") == text and key not in ("last_year", "carried_over", "problem"):
            return
        self._texts[key] = text
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

    def change_text(self, key: str, text: str) -> None:
        """Change the words of a line that is there without making it anew (a counter)."""
        label = self._labels.get(key)
        if label is None:
            self.set_line(key, text)
        elif self._texts[key] != text:
            self._texts[key] = text
            label.setText(text)

    def _make_row(self, key: str, text: str, button: str, role: str) -> QWidget:
        short = bool(button) and len(text) <= _SHORT
        label = plain_label(text, role, wrap=not short)
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
