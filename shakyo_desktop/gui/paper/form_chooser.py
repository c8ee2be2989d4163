"""Which form, for whom, with what in its boxes: the left side of 印刷する."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields.choice import Choice, ChoiceField
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.fields.number import NumberField
from shakyo_desktop.gui.shared.fields.text import TextField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.forms import Filling, FormWish

_LARGE = "F1L"
_FORMS = (
    Choice("F1", "活動記録票（12行）"),
    Choice(_LARGE, "活動記録票（1件1枚）"),
    Choice("F2", "月別集計表"),
    Choice("F3", "見守り月計表"),
    Choice("F4", "取組状況報告書"),
)
_FILLINGS = (
    Choice("blank", "空の用紙"),
    Choice("prefilled", "前年度を薄く入れる"),
    Choice("filled", "入力した内容"),
    Choice("proof", "校正票（違うところだけ）"),
)
MOST_SHEETS = 50


class FormChooser(Card):
    """Signals:
    changed: something else is wanted now.
    """

    changed = Signal()

    def __init__(self, *, office: bool) -> None:
        super().__init__()
        self.form = ChoiceField("form", "用紙", _FORMS, label_place="above")
        self.form.set_value("F1")
        self.filling = ChoiceField("filling", "入れるもの", _FILLINGS, label_place="above")
        self.filling.set_value("blank")
        self.sheets = NumberField("sheets", "枚数", unit="枚", maximum=MOST_SHEETS, label_place="above")
        self.sheets.set_value(1)
        self.pages = TextField("pages", "ページ（例 1-3,5）", label_place="above")
        self.plan = QuietComboBox("計画")
        self._plan_label = plain_label("計画")
        self.district = QuietComboBox("地区部会")
        self._district_label = plain_label("地区部会")
        for field in (self.form, self.filling, self.sheets, self.pages):
            field.changed.connect(lambda *_: self._chosen())
        self.plan.activated.connect(lambda _index: self._chosen())
        self.district.activated.connect(lambda _index: self._chosen())
        order: tuple[QWidget, ...] = (
            self._district_label,
            self.district,
            self.form,
            self.filling,
            self._plan_label,
            self.plan,
            self.sheets,
            self.pages,
        )
        for widget in order:
            self.add(widget)
        self._plan_label.setBuddy(self.plan)
        self._district_label.setBuddy(self.district)
        self._district_label.setVisible(office)
        self.district.setVisible(office)
        self.set_plans(())
        self._fit()

    def set_plans(self, plans: Sequence[Plan]) -> None:
        """Offer the plans of a year; one alone is no question."""
        known = self.plan.currentData()
        self.plan.clear()
        for plan in plans:
            self.plan.addItem(plan.name, plan.id)
        self.plan.setCurrentIndex(max(0, self.plan.findData(known)))
        self._plan_label.setVisible(len(plans) > 1)
        self.plan.setVisible(len(plans) > 1)

    def set_districts(self, districts: Sequence[Organisation]) -> None:
        """Offer the districts of an office's roster."""
        known = self.district.currentData()
        self.district.clear()
        for org in districts:
            self.district.addItem(org.name, org.code)
        self.district.setCurrentIndex(max(0, self.district.findData(known)))

    def wish(self, fiscal_year: int) -> FormWish:
        """What is wanted; without its pages, which only the made form can tell."""
        form = str(self.form.value() or "F1")
        sheets = self.sheets.value()
        return FormWish(
            form=FormCode(form.removesuffix("L")),
            fiscal_year=fiscal_year,
            filling=Filling(str(self.filling.value() or "blank")),
            org=self.district.currentData(),
            plan_id=self.plan.currentData(),
            large=form == _LARGE,
            sheets=sheets if isinstance(sheets, int) and sheets > 0 else 1,
        )

    def pages_text(self) -> str:
        """The pages as they were typed."""
        value = self.pages.value()
        return value.strip() if isinstance(value, str) else ""

    def _chosen(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Only F1 that is not filled in comes in any number of sheets."""
        form, filling = str(self.form.value()), str(self.filling.value())
        self.sheets.setVisible(form in ("F1", _LARGE) and filling in ("blank", "prefilled"))
        self.pages.setVisible(filling != "proof")
