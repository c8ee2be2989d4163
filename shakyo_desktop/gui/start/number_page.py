"""Typing the 12 digits of the slip that came with the setup file."""

from shakyo_desktop.gui.shared.fields import CheckNumberField
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.start.step_page import StepPage

_LEAD = (
    "事務所から受け取った紙（はじめの設定の控え）にある、12けたの確認番号を入力してください。\n"
    "番号が合うと、どの地区部会かが自動で分かります。"
)
_WHY = "この番号は、設定ファイルが本当に事務所のものかを確かめるためのものです。画面には出ません。"


class NumberPage(StepPage):
    """The number is compared while this page waits; the district follows from it."""

    def __init__(self) -> None:
        super().__init__("確認番号を入力する", _LEAD)
        self.number = CheckNumberField("number", hint="例 1234-5678-9012（「-」は入れなくてもかまいません）")
        self.card.add(self.number)
        self._district = Chip("", "saved")
        self._district.hide()
        self.card.add(self._district)
        self.card.add(plain_label(_WHY, "small"))
        self.number.changed.connect(lambda *_: self._district.hide())

    def digits(self) -> str:
        """Return the 12 digits, empty while they are not complete."""
        return str(self.number.value() or "")

    def show_district(self, name: str) -> None:
        """Say which district the number belongs to."""
        self._district.set_chip(f"✓ {name} の番号です", "saved")
        self._district.setVisible(bool(name))

    def complaint(self) -> str:
        """All 12 digits are needed."""
        if self.digits():
            return ""
        return "確認番号は12けたの数字です。\n事務所からもらった紙を見て、4けたずつ入力してください。"
