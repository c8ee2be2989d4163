"""One box of the paper on the screen: a line in which Enter goes on as on the sheet."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from shakyo_desktop.domain.forms.keyed import COUNTED
from shakyo_desktop.domain.forms.layout import Box, BoxKind
from shakyo_desktop.domain.forms.shortcuts import is_whole_number
from shakyo_desktop.gui.shared.fields.inputs import DigitsInput, LineInput, flush_input_method
from shakyo_desktop.gui.shared.labels import plain_tip

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DITTO = frozenset("*＊〃")
"""Typed alone, these take over what stands above, as 〃 does on paper."""


class _Keyed(LineInput):
    """What lines for figures and for words share. ``numbers`` are the items that a box can name.

    Signals:
        went_on: Enter, 1, or Shift+Enter, -1.
        completed: what was typed needs no Enter.
        ditto_requested: what stands above is wanted.
        entered: the line has the keyboard.
    """

    went_on = Signal(int)
    completed = Signal()
    ditto_requested = Signal()
    entered = Signal()

    def __init__(self, box: Box) -> None:
        super().__init__()
        self.box = box
        self.numbers: Collection[int] = ()
        self.setAccessibleName(f"{box.number} {box.label}")
        self.setMinimumWidth(0)
        self.setContentsMargins(0, 0, 0, 0)
        self.setProperty("role", "key-line")
        if box.kind in COUNTED:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textEdited.connect(self._edited)

    def put(self, text: str) -> None:
        """Show a text without anybody having typed it."""
        if text != self.text():
            self.setText(text)

    def set_remark(self, remark: str) -> None:
        """Say what is to be looked at here; the mark is never colour alone, the row says it too."""
        self.setProperty("problem", bool(remark))
        self.setAccessibleDescription(remark)
        self.setToolTip(plain_tip(remark))
        self.style().unpolish(self)
        self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the next box, Shift+Enter the one before; arrows up and down go through the column."""
        if event.key() in _ENTER:
            event.accept()
            flush_input_method(self)
            self.went_on.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces what stood there, as in a table."""
        super().focusInEvent(event)
        self.selectAll()
        self.entered.emit()

    def _edited(self, text: str) -> None:
        if text in _DITTO:
            self.ditto_requested.emit()
        elif self._is_whole(text):
            self.completed.emit()

    def _is_whole(self, text: str) -> bool:
        """A choice with one digit is complete with its key: nobody presses Enter after it."""
        if self.box.field == "item_number":
            return is_whole_number(text, self.numbers)
        if self.box.kind is not BoxKind.CHOICE:
            return False
        digits = {one.digit for one in self.box.choices}
        return text in digits and all(len(digit) == 1 for digit in digits)


class WordsLine(_Keyed):
    """A box of words."""


class FigureLine(_Keyed, DigitsInput):
    """A box of figures, dates and digits: no input method, full width is read all the same."""


def line_for(box: Box) -> WordsLine | FigureLine:
    """The line that fits a box."""
    words = box.kind in (BoxKind.TEXT, BoxKind.MULTILINE)
    return WordsLine(box) if words else FigureLine(box)
