"""A question inside a card: what would happen, and two answers; the safe one has the keyboard."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label


class QuestionBox(QWidget):
    """Hidden until something is asked."""

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[], None] | None = None
        self._before: QWidget | None = None
        self.words = plain_label("")
        self.no_button = SecondaryButton("やめておく")
        self.no_button.clicked.connect(self.put_away)
        self.yes_button = DangerButton("")
        self.yes_button.clicked.connect(self._answer)
        row = FlowBox()
        row.add(self.no_button)
        row.add(self.yes_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(row)
        self.hide()

    def ask(self, words: str, yes: str, then: Callable[[], None], asked_by: QWidget) -> None:
        """Ask, and do `then` after `yes`; the keyboard goes back to `asked_by` after no."""
        self.words.setText(words)
        self.yes_button.set_words(yes)
        self._then, self._before = then, asked_by
        self.show()
        self.no_button.setFocus()

    def put_away(self) -> None:
        """Nothing is done."""
        inside = self.no_button.hasFocus() or self.yes_button.hasFocus()
        self.hide()
        if inside and self._before is not None:
            self._before.setFocus()

    def _answer(self) -> None:
        then = self._then
        self.put_away()
        if then is not None:
            then()
