"""Messages inside the page instead of dialogs: what happened, what is safe, what to do next."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.announcements import announce
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.icons import pixmap
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import colours, set_role, size

KINDS = ("info", "saved", "warning", "problem", "undo")
_ICONS = {
    "info": ("info", "primary"),
    "saved": ("check", "saved"),
    "warning": ("triangle-alert", "warning"),
    "problem": ("circle-x", "problem"),
    "undo": ("undo-2", "warning"),
}
_TOP = Qt.AlignmentFlag.AlignTop


class MessageBar(QWidget):
    """One message at a time, hidden when there is none; the text is never markup."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_action: Callable[[], None] | None = None
        self._before: QWidget | None = None
        self._frame = QFrame()
        self._sign = QLabel()
        self._text = plain_label()
        self._text.setMinimumHeight(size(32))
        self.action_button = SecondaryButton("")
        self.action_button.clicked.connect(self._act)
        self.close_button = SecondaryButton("閉じる")
        self.close_button.clicked.connect(self._close)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._sign, 0, _TOP)
        row.addWidget(self._text, 1)
        row.addWidget(self.action_button, 0, _TOP)
        row.addWidget(self.close_button, 0, _TOP)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.kind = ""
        self.hide()

    def text(self) -> str:
        """Return the message that is shown, or an empty text."""
        return "" if self.isHidden() else self._text.text()

    def last_text(self) -> str:
        """Return the message that was shown last, also when it went away."""
        return self._text.text()

    def show_message(
        self, kind: str, text: str, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        """Replace what is shown.

        Args:
            kind: one of `KINDS`.
            action: words of the button that answers the message; empty for none.
            on_action: called when it is pressed, after the message went away.
        """
        self.kind = kind
        self._on_action = on_action
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        set_role(self._frame, f"message-{kind}")
        sign, colour = _ICONS[kind]
        self._sign.setPixmap(pixmap(sign, getattr(colours(), colour), size(24)))
        self._sign.setFixedHeight(size(32))
        self._text.setText(text)
        self._frame.setAccessibleName(text)
        self.action_button.setVisible(bool(action))
        self.action_button.set_words(action)
        self.show()
        announce(self, text, urgent=kind == "problem")

    def clear(self) -> None:
        """Take the message away."""
        self._on_action = None
        focused, before = QApplication.focusWidget(), self._before
        inside = focused is not None and self.isAncestorOf(focused)
        if inside and before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt gives it to whatever comes next
        self.hide()

    def _act(self) -> None:
        action = self._on_action
        self.clear()
        if action is not None:
            action()

    def _close(self) -> None:
        self.clear()
        self.closed.emit()


def present(
    error: ShakyoError, bar: MessageBar, action: str = "", on_action: Callable[[], None] | None = None
) -> None:
    """Show a known failure in a message bar; stopping on purpose is no problem."""
    kind = "info" if error.code == "cancelled" else "problem"
    bar.show_message(kind, error.message, action, on_action)
