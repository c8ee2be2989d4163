"""Two people keyed different figures: both are shown, and what the paper says decides."""

from PySide6.QtCore import Signal

from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields.text import TextField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.second_keying import SecondLook


class MismatchCard(Card):
    """Hidden while there is nothing to decide.

    Signals:
        settled: the box's number and what the paper says.
    """

    settled = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("紙を見てください")
        self._number = ""
        self._words = plain_label("")
        self.answer = TextField("answer", "紙に書いてある数字", label_place="above")
        self.button = PrimaryButton("この数字にする", "D")
        self.button.clicked.connect(self._settle)
        for widget in (self._words, self.answer, self.button):
            self.add(widget)
        self.hide()

    def ask(self, number: str, label: str, look: SecondLook) -> None:
        """Show both figures and take the third."""
        self._number = number
        first, second = look.first or "空欄", look.second or "空欄"
        self._words.setText(f"{number} {label}\n1回目：{first}　　2回目：{second}")
        self.answer.set_value("")
        self.show()
        self.answer.focus_input()

    def _settle(self) -> None:
        self.answer.commit()
        value = self.answer.value()
        self.hide()
        self.settled.emit(self._number, value if isinstance(value, str) else "")
