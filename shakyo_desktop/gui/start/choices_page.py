"""A page of a few big choices, one of which starts something."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import size, theme_signals

_WIDTH = 1000
_HIGH = 60


@dataclass(frozen=True, slots=True)
class BigChoice:
    """What one may choose: the words of its button, what follows from it, and a letter for Alt."""

    key: str
    words: str
    note: str
    icon: str
    letter: str


class ChoicesPage(Page):
    """Signals: `chosen` with a choice's key, `back_requested`."""

    chosen = Signal(str)
    back_requested = Signal()
    help_key = "start"

    def __init__(
        self,
        title: str,
        lead: str,
        choices: Sequence[BigChoice],
        *,
        small: Sequence[BigChoice] = (),
        back: bool = False,
    ) -> None:
        super().__init__(title)
        self.buttons: dict[str, SecondaryButton] = {}
        self._wide: list[QWidget] = []
        if lead:
            self.add(plain_label(lead))
        for at, choice in enumerate(choices):
            self.add(self._make_card(choice, first=at == 0))
        for choice in small:
            self.bar.add_right(self._make_button(choice, first=False))
        if back:
            button = SecondaryButton("戻る", "B", "chevron-left")
            button.clicked.connect(self.back_requested)
            self.bar.add_left(button)
        self.add_stretch()
        theme_signals().changed.connect(self._fit)
        self._fit()

    def _make_card(self, choice: BigChoice, *, first: bool) -> QWidget:
        card = Card()
        card.body.setSpacing(8)
        button = self._make_button(choice, first=first)
        button.setMinimumHeight(size(_HIGH))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        card.add(button)
        card.add(plain_label(choice.note, "secondary"))
        self._wide.append(card)
        return card

    def _make_button(self, choice: BigChoice, *, first: bool) -> SecondaryButton | PrimaryButton:
        kind = PrimaryButton if first else SecondaryButton
        button = kind(choice.words, choice.letter, choice.icon)
        button.setAccessibleDescription(choice.note)
        button.clicked.connect(lambda: self.chosen.emit(choice.key))
        self.buttons[choice.key] = button  # type: ignore[assignment]
        return button

    def _fit(self) -> None:
        for card in self._wide:
            card.setMaximumWidth(size(_WIDTH))
