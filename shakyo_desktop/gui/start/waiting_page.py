"""While something is opened, and when it could not be: what happened, what is safe, what to do next."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, EmptyState
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import size


class WaitingPage(Page):
    """A calm sentence in the middle."""

    help_key = "start"

    def __init__(self) -> None:
        super().__init__("")
        self._state = EmptyState("clock", "データを開いています…")
        self.add(self._state, 1)

    def set_text(self, text: str) -> None:
        """Say what is going on."""
        self._state.set_text(text)


class TroublePage(Page):
    """One failure and the ways on.

    Signals:
        chosen: the key of the way on that was pressed.
    """

    chosen = Signal(str)
    help_key = "start-trouble"

    def __init__(self, message: str, ways: Sequence[tuple[str, str, str]]) -> None:
        """``ways`` are (key, words, letter); the first is the one to try first."""
        super().__init__("データを開けませんでした")
        card = Card()
        card.setMaximumWidth(size(1000))
        self.text = plain_label(message)
        card.add(self.text)
        self.add(card)
        self.add_stretch()
        self.buttons: dict[str, SecondaryButton | PrimaryButton] = {}
        for at, (key, words, letter) in reversed(list(enumerate(ways))):
            button = (PrimaryButton if at == 0 else SecondaryButton)(words, letter)
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self.buttons[key] = button
            self.bar.add_right(button)
