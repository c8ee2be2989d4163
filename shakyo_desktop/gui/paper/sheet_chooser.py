"""Which sheet of paper lies on the desk: by its QR code, by form and page, or where keying stopped."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.forms.paper import KeyingPlace
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields.choice import Choice, ChoiceField
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.fields.number import NumberField
from shakyo_desktop.gui.shared.fields.text import TextField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.second_keying import KeyingCounts

LARGE = "F1L"
_FORMS = (
    Choice("F1", "活動記録票（12行）"),
    Choice(LARGE, "活動記録票（1件1枚）"),
    Choice("F2", "月別集計表"),
    Choice("F3", "見守り月計表"),
    Choice("F4", "取組状況報告書"),
)
_PASSES = (Choice("first", "はじめて入力する"), Choice("second", "数字をもう一度入力して比べる"))
_SAMPLES = (Choice("1", "全部の行"), Choice("3", "3行に1行"), Choice("10", "10行に1行"))


class SheetChooser(Card):
    """Signals:
    opened: begin with the form, page and pass that are chosen.
    code_typed: the text of a QR code.
    resumed: go on where keying stopped.
    district_chosen: another district's paper is keyed.
    report_wanted: what was keyed of the district becomes its report.
    """

    opened = Signal()
    code_typed = Signal(str)
    resumed = Signal()
    district_chosen = Signal()
    report_wanted = Signal()

    def __init__(self, *, office: bool) -> None:
        super().__init__()
        self._wanted = ""
        self.district = QuietComboBox("地区部会")
        self._district_label = plain_label("どの地区部会の紙か（代わりに入力します）")
        self._district_label.setBuddy(self.district)
        self.district.activated.connect(lambda _index: self.district_chosen.emit())
        self.resume_button = PrimaryButton("続きから入力する", "T", "keyboard")
        self.resume_button.clicked.connect(self.resumed)
        self.code = TextField(
            "code",
            "用紙の右上の模様（QRコード）を読み取り機で読むと、その用紙が開きます",
            label_place="above",
        )
        self.code.changed.connect(lambda _name, value, _unread: self._code_typed(value))
        self.form = ChoiceField("form", "用紙", _FORMS, label_place="above")
        self.form.set_value("F1")
        self.page = NumberField("page", "用紙の番号", unit="枚目", maximum=999, label_place="above")
        self.passes = ChoiceField("pass", "入力のしかた", _PASSES, label_place="above")
        self.passes.set_value("first")
        self.sample = ChoiceField("sample", "比べる行", _SAMPLES, label_place="above")
        self.sample.set_value("1")
        self.passes.changed.connect(lambda *_: self.sample.setVisible(self.is_second()))
        self.open_button = SecondaryButton("この用紙を入力する", "N")
        self.open_button.clicked.connect(self.opened)
        self.counts = plain_label("", "small")
        parts = (self._district_label, self.district, self.resume_button, self.code, self.form, self.page)
        self.report_button = SecondaryButton("報告にする（代行入力）", "R", "file-plus")
        self.report_button.clicked.connect(self.report_wanted)
        for widget in (*parts, self.passes, self.sample, self.open_button, self.counts, self.report_button):
            self.add(widget)
        for widget in (self._district_label, self.district, self.report_button):
            widget.setVisible(office)
        self.sample.hide()
        self.show_place(None)

    def set_districts(self, districts: Sequence[Organisation]) -> None:
        """Offer the roster, those without a computer first."""
        known = self._wanted or self.district.currentData()
        self.district.clear()
        for org in sorted(districts, key=lambda one: one.has_computer):
            self.district.addItem(org.name + ("" if org.has_computer else "（紙で提出）"), org.code)
        self.district.setCurrentIndex(max(0, self.district.findData(known)))

    def choose_district(self, org: str) -> None:
        """Choose a district, also before the roster is offered."""
        self._wanted = org
        self.district.setCurrentIndex(max(0, self.district.findData(org)))

    def org(self) -> str | None:
        """The district whose paper is keyed; None for the own one."""
        code = self.district.currentData()
        return str(code) if code is not None else None

    def chosen_form(self) -> tuple[FormCode, bool]:
        """The form and whether it is the large sheet of F1."""
        form = str(self.form.value() or "F1")
        return FormCode(form.removesuffix("L")), form == LARGE

    def chosen_page(self) -> int | None:
        """The number typed, None when it was left to the program."""
        value = self.page.value()
        return value if isinstance(value, int) and value > 0 else None

    def is_second(self) -> bool:
        """Whether figures are keyed a second time."""
        return self.passes.value() == "second"

    def every(self) -> int:
        """One row in how many is keyed twice."""
        return int(str(self.sample.value() or "1"))

    def show_place(self, place: KeyingPlace | None) -> None:
        """Offer to go on where keying stopped."""
        self.resume_button.setVisible(place is not None)
        if place is not None:
            self.resume_button.set_words(f"続きから（{place.form.label} {place.page}枚目 {place.box}）")

    def show_counts(self, counts: KeyingCounts) -> None:
        """Say how much was keyed and how often two people differed."""
        if not counts.boxes:
            self.counts.setText("まだ紙から入力していません。")
            return
        differing = "、".join(f"{who or '名前なし'} {count}か所" for who, count in counts.differences.items())
        words = f"これまでに{counts.boxes}か所を入力し、そのうち{counts.twice}か所を2回入力しました。"
        self.counts.setText(words + (f"\n1回目と2回目が違ったところ：{differing}" if differing else ""))

    def _code_typed(self, value: object) -> None:
        if isinstance(value, str) and value.strip():
            self.code.set_value("")
            self.code_typed.emit(value)
