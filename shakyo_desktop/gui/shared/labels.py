"""Labels that show text as it is: data never becomes markup."""

import html

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.gui.shared.marks import Mark, state_mark
from shakyo_desktop.gui.shared.text_label import TextLabel
from shakyo_desktop.gui.shared.theme import font_size, look, set_role, size, theme_signals


def plain_label(
    text: str = "", role: str = "", *, wrap: bool = True, parent: QWidget | None = None
) -> QLabel:
    """Return a label of plain text that wraps; `role` names one of the style sheet's looks."""
    label = TextLabel(text, parent) if wrap else QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label


def plain_tip(text: str) -> str:
    """Return a tooltip that shows the text as it is: Qt takes what looks like markup for markup."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


class Chip(QLabel):
    """A short fact in a tone: plain, info, saved, warning or problem."""

    def __init__(self, text: str = "", tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.set_chip(text, tone)

    def set_chip(self, text: str, tone: str = "plain") -> None:
        """Show another fact."""
        set_role(self, f"chip-{tone}")
        self.setText(text)
        self.setAccessibleName(text)


class StateMark(QLabel):
    """The symbol, words and fill of an 実施状況; None is 未報告."""

    def __init__(self, state: ImplementationState | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._mark = state_mark(state)
        theme_signals().changed.connect(self._show)
        self.set_state(state)

    def set_state(self, state: ImplementationState | None) -> None:
        """Show another state."""
        self._mark = state_mark(state)
        self._show()

    def mark(self) -> Mark:
        """Return what is shown."""
        return self._mark

    def _show(self) -> None:
        self.setText(f"{self._mark.symbol} {self._mark.words}")
        self.setAccessibleName(self._mark.words)
        shape = f"border-radius: 4px; padding: 4px 8px; font-size: {font_size(16)}px;"
        if look().high_contrast:
            self.setStyleSheet(f"QLabel {{ border: 1px solid palette(text); {shape} }}")
        else:
            fill = f"color: {self._mark.ink}; background: {self._mark.ground}; border: 1px solid #666666;"
            self.setStyleSheet(f"QLabel {{ {fill} {shape} }}")
        self.setMinimumHeight(size(32))
