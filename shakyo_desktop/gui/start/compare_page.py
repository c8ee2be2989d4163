"""Comparing a copy with the paper, where nothing in the copy proves whose it is."""

from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.start.step_page import StepPage


class ComparePage(StepPage):
    """What the copy says of itself; going on says that the paper says the same."""

    def __init__(self) -> None:
        super().__init__("控えを紙と見くらべる", next_words="すべて同じなので、戻す")
        self._words = plain_label("")
        self.card.add(self._words)
        self.number = ""

    def show_copy(self, words: str, number: str) -> None:
        """Show what to compare; ``number`` are the 12 digits that a person agrees to by going on."""
        self._words.setText(words)
        self.number = number

    def text(self) -> str:
        """What is shown."""
        return self._words.text()

    def focus_first(self) -> None:
        """Not on the button that agrees: Enter pressed once too often is no comparison."""
        self.back_button.setFocus()
