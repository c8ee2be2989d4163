"""What is said when something unexpected happened: a calm sentence, and the report to copy."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.announcements import announce
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role, size

_HEIGHT = 320
_WORDS = (
    "思いがけない問題が起きました。\n"
    "「保存済み」と出ていた入力は、このパソコンに残っています。\n"
    "下の記録を写して担当者に渡してください。名前や書いた内容は入っていません。"
)


class CrashPanel(QFrame):
    """Lies over the lower part of a window until it is closed; the window can be used on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        set_role(self, "message-problem")
        self.setAccessibleName("思いがけない問題の記録")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("記録")
        self.text.setTabChangesFocus(True)
        self.copy_button = PrimaryButton("記録を写す", icon_name="copy")
        self.copy_button.clicked.connect(self._copy)
        self.close_button = SecondaryButton("閉じる")
        self.close_button.clicked.connect(self.hide)
        self._said = plain_label("", "small")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self._said, 1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(plain_label(_WORDS))
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        window.installEventFilter(self)
        self.hide()

    def show_report(self, text: str) -> None:
        """Show a report; one that is shown already stays above it."""
        before = "" if self.isHidden() else self.text.toPlainText()
        self.text.setPlainText(f"{before}\n{text}".strip() if before else text)
        self._said.setText("")
        self._place()
        self.show()
        self.raise_()
        self.copy_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, _WORDS, urgent=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._said.setText("✓ 写しました。メールや文書に貼り付けられます。")

    def _place(self) -> None:
        window = self._window
        height = min(size(_HEIGHT), window.height() - 24)
        self.setGeometry(12, window.height() - height - 12, window.width() - 24, height)


class CrashReports(QObject):
    """Brings reports from any thread to the window's thread."""

    reported = Signal(str)
