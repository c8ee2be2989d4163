"""Several newer revisions at once: one button takes them all in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label


class NewerCard(Card):
    """Hidden while fewer than two wait for an answer."""

    all_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = plain_label("", "strong")
        self.all_button = PrimaryButton("すべて受け取る", "A")
        self.all_button.clicked.connect(self.all_requested)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self.all_button)
        self.add_layout(row)
        self.hide()

    def set_waiting(self, count: int) -> None:
        """Say how many newer revisions wait."""
        self._words.setText(
            f"新しい版が{count}件あります。まだ受け取っていません。今ある版は、そのままです。\n"
            "1件ずつ選ぶか、まとめて受け取ってください。"
        )
        self.setVisible(count > 1)
