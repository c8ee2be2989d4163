"""The help of the page that is shown, from a file that ships with the program; no network, ever."""

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from shakyo_desktop import paths
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role, size, theme_signals, ui_font

WIDTH = 400
_LINE_HEIGHT = 145
_MISSING = "このページの説明はありません。\n\n事務所に電話でおたずねください。"


class HelpText(QTextBrowser):
    """Shows our own Markdown; opens nothing by itself and loads nothing from outside the help folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName("説明")
        self.document().setDocumentMargin(16)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return pictures of the help folder only."""
        file = (paths.help_dir() / QUrl(name).path()).resolve()
        if file.is_file() and file.is_relative_to(paths.help_dir().resolve()):
            return super().loadResource(kind, QUrl.fromLocalFile(str(file)))
        return None


class HelpPanel(QWidget):
    """A panel beside the page. F1 opens and closes it, Esc closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "help")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = HelpText()
        self.text.anchorClicked.connect(self._open)
        self.close_button = SecondaryButton("説明を閉じる")
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 0)
        head.addWidget(plain_label("困ったときは", "subheading"), 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self._key = ""
        theme_signals().changed.connect(self._show)
        self.hide()

    def show_help(self, key: str) -> None:
        """Show the page `key`.md of the help folder."""
        self._key = key
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel and nothing else."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        file = paths.help_dir() / f"{self._key}.md"
        known = bool(self._key) and file.is_file()
        self.text.document().setDefaultFont(ui_font())
        self.text.setMarkdown(file.read_text(encoding="utf-8") if known else _MISSING)
        self._space_lines()
        self.setMinimumWidth(min(size(WIDTH), 440))

    def _space_lines(self) -> None:
        """Give the lines of every paragraph room; Markdown cannot ask for it."""
        room = QTextBlockFormat()
        room.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(room)

    def _open(self, link: QUrl) -> None:
        """Follow links to other help pages and no others: this program has no network."""
        name = link.path()
        if not link.scheme() and name.endswith(".md"):
            self.show_help(name.removesuffix(".md"))
