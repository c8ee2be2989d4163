"""Buttons: never a default button, never disabled, 44 px high, with a letter for Alt."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from shakyo_desktop.gui.shared.icons import icon
from shakyo_desktop.gui.shared.theme import colours, size, theme_signals

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Button(QPushButton):
    """A push button; `letter` shows 「次へ（N）→」 for 「次へ →」 and makes Alt+N press it.

    Enter presses it only when it has the focus and is not held down; a button that destroys
    (`DangerButton`) answers to the space bar and the mouse alone.
    """

    role = ""
    enter_presses = True

    def __init__(
        self, text: str, letter: str = "", icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._letter = letter
        self._icon_name = icon_name
        if self.role:
            self.setProperty("role", self.role)
        self.set_words(text)
        if icon_name:
            theme_signals().changed.connect(self._show_icon)
            self._show_icon()

    def set_words(self, text: str) -> None:
        """Change the words and keep the letter; data with & is shown as it is."""
        self._words = text
        words = text.replace("&", "&&")
        if self._letter:
            stem = words.removesuffix("→").rstrip()
            words = f"{stem}（&{self._letter}）{'' if stem == words else '→'}"
        self.setText(f" {words}" if self._icon_name and words else words)
        self.setAccessibleName(text)

    def words(self) -> str:
        """Return the words without the letter."""
        return self._words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button once; a held key does nothing."""
        if event.key() in _ENTER:
            event.accept()
            if self.enter_presses and not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def _ink(self) -> str:
        return colours().primary

    def _show_icon(self) -> None:
        self.setIcon(icon(self._icon_name, self._ink(), size(24)))
        self.setIconSize(QSize(size(24), size(24)))


class SecondaryButton(Button):
    """Everything that is not the page's one main action."""


class PrimaryButton(Button):
    """The one main action of a page."""

    role = "primary"

    def _ink(self) -> str:
        return colours().on_primary


class SubmitButton(PrimaryButton):
    """The last step of handing in: 56 px."""

    role = "submit"


class DangerButton(Button):
    """Takes something away; Enter never presses it."""

    role = "danger"
    enter_presses = False

    def _ink(self) -> str:
        return colours().problem


class LinkButton(Button):
    """A small action inside a text or under a field."""

    role = "link"
