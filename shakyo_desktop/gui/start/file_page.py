"""Choosing one file: the office's setup file, or a copy to restore."""

from pathlib import Path

from PySide6.QtCore import Signal

from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.start.step_page import StepPage


class FilePage(StepPage):
    """A drop area with a button; what was found in the file is said below.

    Signals:
        file_chosen: the path; answer with `show_found` or a message.
    """

    file_chosen = Signal(object)

    def __init__(
        self, title: str, lead: str, drop_text: str, button_text: str, pattern: str, missing: str
    ) -> None:
        super().__init__(title, lead)
        self._missing = missing
        self._found = False
        self.drop = DropArea(
            drop_text, button_text, letter="O", pattern=pattern, multiple=False, primary=False
        )
        self.drop.paths_chosen.connect(lambda paths: self._choose(Path(paths[0])))
        self.card.add(self.drop)
        self._chip = Chip("", "saved")
        self._words = plain_label("")
        self.card.add(self._chip)
        self.card.add(self._words)
        self.show_found("", "")

    def show_found(self, file_name: str, words: str) -> None:
        """Say which file is chosen and what it holds; empty for none."""
        self._found = bool(file_name)
        self._chip.set_chip(f"✓ {file_name}", "saved")
        self._chip.setVisible(self._found)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        if self._found:
            self.messages.clear()
            self.next_button.setFocus()

    def complaint(self) -> str:
        """A file has to be chosen."""
        return "" if self._found else self._missing

    def focus_first(self) -> None:
        """The button that chooses, or the one that goes on."""
        (self.next_button if self._found else self.drop.button).setFocus()

    def _choose(self, path: Path) -> None:
        self.messages.clear()
        self.file_chosen.emit(path)
