"""市への提出: the city's setup file and the number of its slip open the ward's way to the city."""

from pathlib import Path

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.fields import CheckNumberField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.setup_files import read_setup_file
from shakyo_desktop.services.setup_intake import SetupOutcome
from shakyo_desktop.services.ward_report import CityOffice

_FIRST = (
    "市から、設定ファイル（名前が「setup-」で始まります）と、この区の番号が書かれた紙（控え）を受け取ってください。\n"
    "ファイルを選び、紙の12けたを入れると、取りまとめを市へ送れるようになります。"
)
_AGAIN = (
    "市の新しい設定ファイルは、ふだんは「ファイル受取」で受け取れます。\n"
    "市から「鍵が変わりました」と言われ、新しい紙を受け取ったときだけ、ここで取り込みます。"
)


class CityPage(Page):
    """Nothing changes until the number of the slip was typed and fits."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("市への提出")
        self._desk = desk
        self._file: Path | None = None
        self.add(self._make_state())
        self.add(self._make_taking())
        self.add_stretch()

    def enter(self) -> None:
        """Read what is known of the city."""
        self._desk.worker.run(self._desk.services.ward_report.city, self._show, self._failed, self)

    def choose(self, path: Path) -> None:
        """Take a setup file up; its number comes next."""
        self._file = path
        self.chosen.set_chip(f"✓ {path.name}", "info")
        self.chosen.show()
        self.number.focus_input()

    def take_in(self) -> None:
        """Compare the number and take the setup in."""
        self.number.commit()
        file, number = self._file, str(self.number.value() or self.number.unread() or "")
        if file is None or not number:
            missing = "市の設定ファイルを選んで" if file is None else "市の紙にある確認番号12けたを入れて"
            self.messages.show_message("problem", f"{missing}ください。\nまだ何も変えていません。")
            (self.drop.button if file is None else self.number).setFocus()
            return
        setups = self._desk.services.setups
        self.messages.show_message("info", "番号を確かめています…")
        self._desk.worker.start(
            lambda _task: setups.accept_new_office_key(read_setup_file(file), number),
            self._taken,
            self._refused,
            owner=self,
        )

    def _make_state(self) -> Card:
        card = Card("あて先の市")
        self.state = Chip()
        self.facts = plain_label()
        card.body.addWidget(self.state)
        card.add(self.facts)
        return card

    def _make_taking(self) -> Card:
        card = Card("市の設定を取り込む")
        self.lead = plain_label(_FIRST)
        self.drop = DropArea(
            "ここに市の設定ファイルを置く または",
            "市の設定ファイルを選ぶ",
            pattern="設定ファイル (*.shakyo)",
            multiple=False,
            primary=False,
        )
        self.drop.paths_chosen.connect(lambda paths: self.choose(Path(paths[0])))
        self.chosen = Chip("", "info")
        self.chosen.hide()
        self.number = CheckNumberField("city_number", "市の紙の確認番号", hint="例 1234-5678-9012")
        self.take_button = PrimaryButton("番号を確かめて取り込む", "K", "shield-check")
        self.take_button.clicked.connect(self.take_in)
        row = FlowBox()
        row.add(self.take_button)
        for widget in (self.lead, self.drop, self.chosen, self.number, row):
            card.add(widget)
        return card

    def _show(self, city: CityOffice | None) -> None:
        self.lead.setText(_AGAIN if city else _FIRST)
        self.facts.setVisible(city is not None)
        if city is None:
            self.state.set_chip("まだ取り込んでいません", "warning")
            return
        self.state.set_chip("✓ 取り込みました", "saved")
        telephone = city.telephone or "（設定ファイルにありません）"
        self.facts.setText(
            f"{city.name}（番号 {city.org}）\n電話番号　{telephone}\n市の設定ファイル　第{city.serial}号"
        )

    def _taken(self, _outcome: SetupOutcome) -> None:
        self._file = None
        self.chosen.hide()
        self.number.set_value(None)
        self.messages.show_message(
            "saved",
            "市の設定を取り込みました。\n「取りまとめ」の「市へ送る」で、市へ渡すファイルを作れます。",
        )
        self.enter()

    def _refused(self, error: ShakyoError) -> None:
        self._failed(error)
        self.number.focus_input()

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
