"""報告にする in parts: whose report it is, the 部会長's paper, and where the year stands in words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import ChoiceField, TextField, choices_of
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.proxy_reports import NAME_LENGTH, NUMBER_LENGTH, ProxyState


class WhoseReport(Card):
    """Signals:
    changed: another district or another kind of report is meant.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("どの報告ですか")
        self._wanted = ""
        self.district = QuietComboBox("地区部会")
        label = plain_label("地区部会")
        label.setBuddy(self.district)
        self.district.activated.connect(lambda _index: self.changed.emit())
        self.stage = ChoiceField("stage", "報告の種類", choices_of(Stage), numbered=False)
        self.stage.set_value(Stage.INTERIM.value)
        self.stage.changed.connect(lambda *_: self.changed.emit())
        self.assembly = ChoiceField("assembly", "総会", choices_of(Assembly), numbered=False)
        self.assembly.set_value(Assembly.NONE.value)
        for widget in (label, self.district, self.stage, self.assembly):
            self.add(widget)

    def set_districts(self, districts: Sequence[Organisation]) -> None:
        """Offer the roster, those without a computer first."""
        known = self._wanted or self.org()
        self.district.clear()
        for org in sorted(districts, key=lambda one: one.has_computer):
            self.district.addItem(org.name + ("" if org.has_computer else "（紙で提出）"), org.code)
        self.district.setCurrentIndex(max(0, self.district.findData(known)))

    def choose(self, org: str) -> None:
        """Choose a district, also before the roster is offered."""
        self._wanted = org
        self.district.setCurrentIndex(max(0, self.district.findData(org)))

    def org(self) -> str:
        """The district that is chosen, "" while there is none."""
        return str(self.district.currentData() or self._wanted)

    def chosen_stage(self) -> Stage:
        """Interim or final."""
        return Stage(str(self.stage.value() or Stage.INTERIM.value))

    def chosen_assembly(self) -> Assembly:
        """Before, after or without a general assembly."""
        return Assembly(str(self.assembly.value() or Assembly.NONE.value))


class ChairsPaper(Card):
    """The name and the number that stand on the paper which the 部会長 confirmed."""

    def __init__(self) -> None:
        super().__init__("部会長の紙")
        self.chair = TextField("chair", "部会長のお名前", length=NAME_LENGTH, hint="例 千葉 太郎")
        self.number = TextField("paper_no", "紙の受付番号", length=NUMBER_LENGTH, hint="紙の「受付欄」の番号")
        self.add(self.chair)
        self.add(self.number)

    def begin(self, chair: str) -> None:
        """For another district: the name its last report had, and no number."""
        self.chair.set_value(chair)
        self.number.set_value("")

    def typed(self) -> tuple[str, str]:
        """The name and the number as typed."""
        return str(self.chair.value() or ""), str(self.number.value() or "")


def standing_words(state: ProxyState) -> str:
    """Where the year stands: what is keyed, what counts, and what a person should know before."""
    lines = [f"紙から入力した欄　{state.keyed}か所"]
    if state.last is not None:
        how = f"代行入力　紙の受付番号 {state.last.paper_no}" if state.last.is_proxy else "パソコンで提出"
        lines.append(f"今の報告　第{state.last.revision}版（{state.last.state.label}、{how}）")
    else:
        lines.append("今の報告　まだありません")
    if state.waiting:
        lines.append(f"※ この地区部会のファイルが{state.waiting}件、「登録の確認」で待っています。")
    if state.sent_on and not state.locked:
        lines.append("※ この年度は、もう市へ送ってあります。報告にすると、取りまとめに印が付きます。")
    if state.last is not None and not state.changed and not state.locked:
        lines.append("※ 今の報告から、何も変わっていません。")
    return "\n".join(lines)
