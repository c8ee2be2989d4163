"""Line and area inputs without Qt's traps: nothing is cut, nothing is refused, Japanese input is flushed.

Enter goes to the next field and never presses a button; unfinished input of an input method is committed
before its text is read.
"""

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QTextBlockFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from shakyo_desktop.gui.shared.fields.traversal import focus_next_field

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINE_HEIGHT = 140
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class LineInput(QLineEdit):
    """One line. `left` when the focus leaves, `composing` while an input method is at work."""

    left = Signal()
    composing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preedit = ""

    def text_in_progress(self) -> str:
        """Return the text with what the input method has not yet committed."""
        at = self.cursorPosition()
        return self.text()[:at] + self.preedit + self.text()[at:]

    def replace_text(self, text: str) -> None:
        """Put another text in its place; Ctrl+Z brings the old one back (`setText` would forget it)."""
        if text == self.text():
            return
        self.selectAll()
        self.insert(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed, so that it can be flushed and drafted."""
        super().inputMethodEvent(event)
        self.preedit = event.preeditString()
        if self.preedit:
            self.composing.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the next field, Shift+Enter the one before."""
        if event.key() in _ENTER:
            event.accept()
            flush_input_method(self)
            focus_next_field(self, backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Flush the input method and say that the field was left."""
        flush_input_method(self)
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class DigitsInput(LineInput):
    """A line for figures: the input method is off, and full width figures are welcome all the same."""

    def inputMethodQuery(self, *query: Any) -> Any:
        """Answer that no input method is wanted here."""
        if query[0] == Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(*query)


class AreaInput(QTextEdit):
    """Several lines of plain text, far enough apart to be read. Tab moves on, Ctrl+Enter leaves."""

    left = Signal()
    composing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preedit = ""
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self._space_lines()

    def text(self) -> str:
        """Return the committed text."""
        return self.toPlainText()

    def setPlainText(self, text: str) -> None:
        """Show another text and forget what could be undone."""
        super().setPlainText(text)
        self._space_lines()

    def text_in_progress(self) -> str:
        """Return the text with what the input method has not yet committed."""
        at = self.textCursor().position()
        return self.text()[:at] + self.preedit + self.text()[at:]

    def replace_text(self, text: str) -> None:
        """Put another text in its place; Ctrl+Z brings the old one back."""
        if text == self.text():
            return
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def _space_lines(self) -> None:
        """BIZ UDPGothic leaves nothing between its lines. Not a step that Ctrl+Z takes back."""
        room = QTextBlockFormat()
        room.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self.document().setUndoRedoEnabled(False)
        cursor.mergeBlockFormat(room)
        self.document().setUndoRedoEnabled(True)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed, so that it can be flushed and drafted."""
        super().inputMethodEvent(event)
        self.preedit = event.preeditString()
        if self.preedit:
            self.composing.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter leaves for the next field, with Shift for the one before."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            flush_input_method(self)
            focus_next_field(self, backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Flush the input method and say that the field was left."""
        flush_input_method(self)
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll one's own text only while one has the focus and there is something to scroll."""
        bar = self.verticalScrollBar()
        if self.hasFocus() and bar.maximum() > bar.minimum():
            super().wheelEvent(event)
        else:
            event.ignore()


def flush_input_method(target: LineInput | AreaInput) -> None:
    """Turn what is being composed into text before anything is read, saved or closed.

    The platform's input method is asked first. Where it does nothing the composed text is committed as
    it stands, and the input method is told to forget it.
    """
    if not target.preedit:
        return
    QGuiApplication.inputMethod().commit()
    if target.preedit:
        event = QInputMethodEvent()
        event.setCommitString(target.preedit)
        target.preedit = ""
        QCoreApplication.sendEvent(target, event)
        QGuiApplication.inputMethod().reset()
