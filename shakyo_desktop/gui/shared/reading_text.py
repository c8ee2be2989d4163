"""Long plain text to read and copy, with room between its lines; nothing in it is markup."""

from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from shakyo_desktop.gui.shared.theme import BODY, theme_signals, ui_font

_LINE_HEIGHT = 145


class ReadingText(QTextEdit):
    """Read-only; Tab goes on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self._text = ""
        self._pixels = BODY
        theme_signals().changed.connect(self._show)

    def set_text(self, text: str) -> None:
        """Show a text from its beginning."""
        self._text = text
        self._show()

    def set_pixels(self, pixels: int) -> None:
        """Read in another size of type; it still follows the size chosen for the whole program."""
        self._pixels = pixels
        self._show()

    def _show(self) -> None:
        self.document().setDefaultFont(ui_font(self._pixels))
        self.setPlainText(self._text)
        room = QTextBlockFormat()
        room.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(room)
