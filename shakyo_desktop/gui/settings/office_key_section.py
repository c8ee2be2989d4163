"""「事務所の鍵が変わりました」: take in a setup file of a new key with the number of a new slip."""

from pathlib import Path
from typing import ClassVar

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.settings.section import Section, SettingsDesk, button_row
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.fields import CheckNumberField
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.services.setup_files import read_setup_file

_LEAD = (
    "{office}から「鍵が変わりました」と言われ、新しい設定ファイルと新しい紙（控え）を受け取ったときだけ使います。\n"
    "ふだんの新しい設定は、「{usual}」の画面で受け取れます。"
)


class OfficeKeySection(Section):
    """Nothing changes until the number of the new slip was typed and fits.

    ``office`` is whose key it is, ``usual`` the screen that takes in its other setups.
    """

    office: ClassVar[str] = "事務所"
    usual: ClassVar[str] = "返事"

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        self._file: Path | None = None
        card = Card(f"{self.office}の鍵が変わりました")
        self.drop = DropArea(
            "ここに新しい設定ファイルを置く または",
            "設定ファイルを選ぶ",
            pattern="設定ファイル (*.shakyo)",
            multiple=False,
            primary=False,
        )
        self.drop.paths_chosen.connect(lambda paths: self._choose(Path(paths[0])))
        self._chosen = Chip("", "info")
        self._chosen.hide()
        self.number = CheckNumberField("number", "新しい確認番号", hint="例 1234-5678-9012")
        self.accept_button = SecondaryButton("新しい鍵を受け入れる", icon_name="shield-check")
        self.accept_button.clicked.connect(self.accept)
        lead = _LEAD.format(office=self.office, usual=self.usual)
        for widget in (plain_label(lead), self.drop, self._chosen, self.number):
            card.add(widget)
        card.add_layout(button_row(self.accept_button))
        self.column.addWidget(card)

    def accept(self) -> None:
        """Compare the number and take the setup in."""
        self.number.commit()
        file, number = self._file, str(self.number.value() or "")
        if file is None or not number:
            missing = "設定ファイルを選んで" if file is None else "新しい紙にある確認番号12けたを入力して"
            self.say(f"{missing}ください。まだ何も変えていません。", "problem")
            return
        setups = self.desk.services.setups
        self.say("番号を確かめています…", "info")
        self.desk.worker.start(
            lambda _task: setups.accept_new_office_key(read_setup_file(file), number),
            lambda _outcome: self._accepted(),
            self._refused,
            owner=self,
        )

    def _choose(self, path: Path) -> None:
        self._file = path
        self._chosen.set_chip(f"✓ {path.name}", "info")
        self._chosen.show()
        self.number.focus_input()

    def _accepted(self) -> None:
        self._file = None
        self._chosen.hide()
        self.number.set_value(None)
        self.say(
            f"{self.office}の新しい鍵を受け入れました。\n"
            "記録は何も変わっていません。これからの提出に使います。"
        )

    def _refused(self, error: ShakyoError) -> None:
        present(error, self.desk.messages)
        self.number.focus_input()


class CityKeySection(OfficeKeySection):
    """A ward's: its office above is the city, and 区の鍵 is its own."""

    office = "市"
    usual = "ファイル受取"
