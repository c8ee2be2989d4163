"""Messages inside the page instead of dialogs: what happened, what is safe, what to do next."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.announcements import announce
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.icons import pixmap
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import colours, set_role, size, theme_signals

KINDS = ("info", "saved", "warning", "problem", "undo")
_ICONS = {
    "info": ("info", "primary"),
    "saved": ("check", "saved"),
    "warning": ("triangle-alert", "warning"),
    "problem": ("circle-x", "problem"),
    "undo": ("undo-2", "warning"),
}
_TOP, _LEFT = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignLeft
_GAP = 12
_SHARE = 4
"""A message that folds takes no more than one part in four of its window's height."""


class MessageBar(QWidget):
    """One message at a time, hidden when there is none; the text is never markup.

    Signals:
        closed: the person pressed 閉じる.
        unfolded: all of a long message is wanted (True), or its first line again (False).
    """

    closed = Signal()
    unfolded = Signal(bool)

    def __init__(self, *, folds: bool = False) -> None:
        """``folds``: in a low window a long message shows its first line, until the rest is asked for."""
        super().__init__()
        self._folds, self._whole = folds, False
        self._words, self._action = "", ""
        self._on_action: Callable[[], None] | None = None
        self._before: QWidget | None = None
        self._frame = QFrame()
        self._sign = QLabel()
        self._text = plain_label()
        self._text.setMinimumHeight(size(32))
        self.more_button = SecondaryButton("続きを読む")
        self.more_button.clicked.connect(lambda: self._unfold(not self._whole))
        self.action_button = SecondaryButton("")
        self.action_button.clicked.connect(self._act)
        self.close_button = SecondaryButton("閉じる")
        self.close_button.clicked.connect(self._close)
        self._lay_out()
        self.kind = ""
        self.hide()
        theme_signals().changed.connect(self.fit)

    def text(self) -> str:
        """Return the message that is shown, or an empty text."""
        return "" if self.isHidden() else self._words

    def last_text(self) -> str:
        """Return the message that was shown last, also when it went away."""
        return self._words

    def is_unfolded(self) -> bool:
        """Whether all of a message is shown that is too long for its window."""
        return self._whole

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
        self._words, self._action, self._on_action = text, action, on_action
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        set_role(self._frame, f"message-{kind}")
        sign, colour = _ICONS[kind]
        self._sign.setPixmap(pixmap(sign, getattr(colours(), colour), size(24)))
        self._sign.setFixedHeight(size(32))
        self._frame.setAccessibleName(text)
        self.action_button.set_words(action)
        self.show()
        self.fold()
        self.fit()
        announce(self, text, urgent=kind == "problem")

    def clear(self) -> None:
        """Take the message away."""
        self._on_action = None
        self.fold()
        focused, before = QApplication.focusWidget(), self._before
        inside = focused is not None and self.isAncestorOf(focused)
        if inside and before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt gives it to whatever comes next
        self.hide()

    def fold(self) -> None:
        """Show no more of a long message than its window has room for."""
        if self._whole:
            self._unfold(False)

    def fit(self) -> None:
        """Choose how much of the message is shown, and put the buttons where they cost less height."""
        if self.isHidden():
            return
        offered = [self.action_button, self.close_button] if self._action else [self.close_button]
        first_line, more, _ = self._words.partition("\n")
        self._text.setText(self._words)
        is_long = min(self._heights(offered)) > self.window().height() / _SHARE
        folds = self._folds and bool(more) and is_long
        if folds and not self._whole:
            self._text.setText(first_line)
            offered = [self.close_button]
        if folds:
            offered = [self.more_button, *offered]
        self.more_button.set_words("たたむ" if self._whole else "続きを読む")
        for button in (self.more_button, self.action_button, self.close_button):
            button.setVisible(button in offered)
        beside, under = self._heights(offered)
        direction = QBoxLayout.Direction.TopToBottom if under < beside else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(direction)
        self._buttons.updateGeometry()  # Qt keeps the width of the buttons before, without being asked now
        self._frame.layout().activate()  # type: ignore[union-attr]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into another width."""
        super().resizeEvent(event)
        self.fit()

    def _lay_out(self) -> None:
        self._buttons = FlowBox(gap=_GAP)
        for button in (self.more_button, self.action_button, self.close_button):
            self._buttons.add(button)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(_GAP)
        self._body.addWidget(self._text, 1)
        self._body.addWidget(self._buttons, 0, _TOP | _LEFT)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(_GAP)
        row.addWidget(self._sign, 0, _TOP)
        row.addLayout(self._body, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)

    def _heights(self, buttons: list[SecondaryButton]) -> tuple[int, int]:
        """How high the text is with these buttons beside it, and with them under it."""
        margins = self._frame.layout().contentsMargins()  # type: ignore[union-attr]
        room = self.width() - margins.left() - margins.right() - self._sign.sizeHint().width() - _GAP
        wide = sum(one.sizeHint().width() + _GAP for one in buttons)
        high = max(one.sizeHint().height() for one in buttons)
        beside = max(self._text.heightForWidth(room - wide), high)
        return beside, self._text.heightForWidth(room) + _GAP + high

    def _unfold(self, on: bool) -> None:
        self._whole = on
        self.fit()
        self.unfolded.emit(on)

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
