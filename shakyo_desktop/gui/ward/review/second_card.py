"""確定 by a second person: the name is asked, because it must be another than the one who checked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import TextField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.decisions import NAME_LENGTH


class SecondCard(Card):
    """Hidden until it is asked for; what was typed stays when the name was refused."""

    accept_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__("確定する人")
        self.words = plain_label("")
        self.add(self.words)
        self.name = TextField("second", "確定する人のお名前", length=NAME_LENGTH)
        self.add(self.name)
        self.do_button = PrimaryButton("この名前で確定する")
        self.do_button.clicked.connect(self._press)
        self.leave_button = SecondaryButton("やめる")
        self.leave_button.clicked.connect(self.hide)
        buttons = FlowBox()
        buttons.add(self.do_button)
        buttons.add(self.leave_button)
        self.add(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def ask(self, first: str) -> None:
        """Show the card; ``first`` is who checked."""
        self.words.setText(f"{first or '担当者'}さんが確認しました。確定は、別の人がお名前を入れて行います。")
        self.show()
        self.name.focus_input()

    def _press(self) -> None:
        self.name.commit()
        self.accept_requested.emit(str(self.name.value() or ""))
