"""「このパソコンの鍵を新しくする」: a district's new keys; the office types the next cover sheet's number."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.gui.settings.section import SettingsDesk, button_row
from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present

_WHY = (
    "鍵は、報告がこのパソコンで作られたことを、事務所が確かめるためのものです。\n"
    "このパソコンの控えが人の手に渡ったときや、事務所から頼まれたときに、新しくします。記録は何も変わりません。\n"
    "次に提出すると、事務所で送付票の確認番号を入れてもらうまで、報告は受け取られずに待ちます。"
)
_ASK = (
    "鍵を新しくしますか。書いた記録と、これまでの返事は残ります。\n"
    "次の送付票には、今までと違う確認番号が出ます。事務所に「鍵を新しくした」と伝え、"
    "「前の登録を終わる」に印を付けてもらってください。"
)
_DONE = (
    "鍵を新しくしました。記録は何も変わっていません。\n"
    "次に提出するとき、送付票を事務所に渡し、「前の登録を終わる」に印を付けて登録してもらってください。"
)


class OwnKeyCard(Card):
    """Asks once before the keys are made anew."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__("このパソコンの鍵")
        self._desk = desk
        self.add(plain_label(_WHY))
        self.renew_button = SecondaryButton("このパソコンの鍵を新しくする", icon_name="key-round")
        self.renew_button.clicked.connect(lambda: self._ask(True))
        self.add_layout(button_row(self.renew_button))
        self._question = QWidget()
        column = QVBoxLayout(self._question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.yes_button = DangerButton("新しくする")
        self.yes_button.clicked.connect(self._renew)
        self.no_button = SecondaryButton("今のままにする")
        self.no_button.clicked.connect(lambda: self._ask(False))
        column.addWidget(plain_label(_ASK))
        column.addLayout(button_row(self.no_button, self.yes_button))
        self._question.hide()
        self.add(self._question)

    def _ask(self, on: bool) -> None:
        self._question.setVisible(on)
        (self.no_button if on else self.renew_button).setFocus()

    def _renew(self) -> None:
        def done(_none: None) -> None:
            self._ask(False)
            self._desk.messages.show_message("saved", _DONE)

        self._desk.worker.run(
            self._desk.services.key_changes.renew_district,
            done,
            lambda error: present(error, self._desk.messages),
            self,
        )
