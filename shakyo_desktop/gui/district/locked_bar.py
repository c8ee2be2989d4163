"""An accepted year: why it is closed, and the way to write in it again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import TextField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role

_WHY = "この年度の報告は区事務所で確定しています。確定した内容はこのまま残ります。"
_HOW = "直すときは理由を書いて「もう一度書く」を押してください。次に提出すると新しい版になります。"
_TYPED = "今書いた内容はまだ保存していません。理由を書いて「もう一度書く」を押すと保存します。"
_NO_REASON = "もう一度書く理由を書いてください。"


class LockedBar(Card):
    """Shown over the form while the year is closed."""

    reopen_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        set_role(self, "message-warning")
        self.body.setContentsMargins(12, 8, 12, 8)
        self.body.setSpacing(8)
        self._words = plain_label(_WHY + _HOW)
        self.reason = TextField("reopen_reason", "理由", length=200, label_place="inline")
        self.button = SecondaryButton("もう一度書く", icon_name="lock")
        self.button.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.reason, 1)
        row.addWidget(self.button)
        self.add(self._words)
        self.add_layout(row)
        self.hide()

    def set_locked(self, locked: bool) -> None:
        """Show or hide it."""
        if locked != self.isHidden():
            return
        self.reason.set_value("")
        self._words.setText(_WHY + _HOW)
        self.setVisible(locked)

    def say_typed(self) -> None:
        """Say that what was just typed waits for the year to be opened."""
        self._words.setText(_WHY + _TYPED)

    def _ask(self) -> None:
        self.reason.commit()
        reason = str(self.reason.value() or "").strip()
        self.reason.set_problem("" if reason else _NO_REASON)
        if reason:
            self.reopen_requested.emit(reason)
        else:
            self.reason.focus_input()
