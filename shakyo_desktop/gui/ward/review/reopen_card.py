"""Taking a decision back needs a reason, so that everybody can understand it later."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import TextField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label


class ReopenCard(Card):
    """Hidden until it is asked for."""

    reopen_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__("もう一度確認する")
        self.add(plain_label("決めたことを取り消して、読み直します。渡した受領証と前の返事は残ります。"))
        self.reason = TextField("reason", "理由", length=200)
        self.add(self.reason)
        self.do_button = PrimaryButton("もう一度確認する")
        self.do_button.clicked.connect(self._press)
        self.leave_button = SecondaryButton("やめる")
        self.leave_button.clicked.connect(self.hide)
        buttons = FlowBox()
        buttons.add(self.do_button)
        buttons.add(self.leave_button)
        self.add(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def ask(self) -> None:
        """Show the card, the reason empty."""
        self.reason.set_value("")
        self.show()
        self.reason.focus_input()

    def _press(self) -> None:
        self.reason.commit()
        self.reopen_requested.emit(str(self.reason.value() or ""))
