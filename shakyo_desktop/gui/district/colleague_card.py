"""Choosing a colleague's 控え and typing what opens it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.secret_field import SecretField, with_prefix

_HOW = (
    "1 相手のパソコンの「設定・控え」で、「相手に渡す合い言葉」を書いて控えを作ってもらいます。\n"
    "2 その控えをUSBメモリで受け取り、下で選びます。\n"
    "3 相手が決めた合い言葉を入れて、「開いて見くらべる」を押します。"
)
_HINT = "相手が控えを作るときに書いた「相手に渡す合い言葉」です。"


class ColleagueCard(Card):
    """Signals: `opened` the file and the text that opens it; `incomplete` what is missing, in words."""

    opened = Signal(object, str)
    incomplete = Signal(str)

    def __init__(self) -> None:
        super().__init__("相手の控えを開く")
        self._file: Path | None = None
        self.add(plain_label(_HOW))
        self.drop = DropArea(
            "ここに相手の控えを置く または",
            "相手の控えを選ぶ",
            letter="O",
            pattern="控え (*.hikae);;すべてのファイル (*)",
            multiple=False,
            primary=False,
        )
        self.drop.paths_chosen.connect(lambda paths: self.choose(Path(paths[0])))
        self._chip = Chip("", "saved")
        self.secret = SecretField("secret", "合い言葉", hint=_HINT)
        self.open_button = PrimaryButton("開いて見くらべる", "K", "eye")
        self.open_button.clicked.connect(self._open)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.open_button)
        for widget in (self.drop, self._chip, self.secret):
            self.add(widget)
        self.add_layout(row)
        self._chip.hide()

    def choose(self, file: Path) -> None:
        """Take this file; the passphrase is next."""
        self._file = file
        self._chip.set_chip(f"✓ {file.name}", "saved")
        self._chip.show()
        self.secret.focus_input()

    def focus_first(self) -> None:
        """What is to be done first."""
        if self._file is None:
            self.drop.button.setFocus()
        else:
            self.secret.focus_input()

    def forget(self) -> None:
        """Forget the file and what was typed."""
        self._file = None
        self._chip.hide()
        self.secret.set_value("")

    def _open(self) -> None:
        self.secret.commit()
        text = with_prefix(self.secret.text())
        if self._file is None:
            self.incomplete.emit("相手の控えがまだ選ばれていません。\n「相手の控えを選ぶ」を押してください。")
            self.drop.button.setFocus()
        elif not text:
            self.incomplete.emit("合い言葉を入力してください。\n記録は何も変わっていません。")
            self.secret.focus_input()
        else:
            self.opened.emit(self._file, text)
