"""練習: begin it anew, or go back to one's own work."""

from PySide6.QtCore import Signal

from shakyo_desktop.gui.settings.section import Section, SettingsDesk, button_row
from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label

_LEAD = (
    "いまは練習中です。名前も記録もすべて架空のもので、本物の記録とは別の場所に入っています。\n"
    "「はじめからやり直す」を押すと、練習で書いたものは消えます。本物の記録は変わりません。"
)


class PracticeSection(Section):
    """Signals: `reset_requested`, `left`."""

    reset_requested = Signal()
    left = Signal()

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        card = Card("練習")
        card.add(plain_label(_LEAD))
        self.leave_button = SecondaryButton("練習を終わる", icon_name="home")
        self.leave_button.clicked.connect(self.left)
        self.reset_button = DangerButton("練習をはじめからやり直す", icon_name="rotate-cw")
        self.reset_button.clicked.connect(self.reset_requested)
        card.add_layout(button_row(self.leave_button, self.reset_button))
        self.column.addWidget(card)
