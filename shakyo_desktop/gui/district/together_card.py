"""In 事務所へ提出: the way to what a second person wrote on another computer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label

_LEAD = "ほかの人が別のパソコンで書いた分は、提出する前に、ここで1つに合わせられます。"


class TogetherCard(Card):
    """Signals: `joining_requested`."""

    joining_requested = Signal()

    def __init__(self) -> None:
        super().__init__("2台のパソコンで書いているとき")
        self.add(plain_label(_LEAD))
        self.button = SecondaryButton("ほかの人が書いた分を合わせる", icon_name="users")
        self.button.clicked.connect(self.joining_requested)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.add_layout(row)
