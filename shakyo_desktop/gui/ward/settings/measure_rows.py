"""追加の数字: what an item counts besides the figures every item has."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from shakyo_desktop.domain.catalogue_rules import LABEL_LENGTH, SHORT_LENGTH
from shakyo_desktop.domain.plan import Item, Measure
from shakyo_desktop.domain.plan_edits import with_measure
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField, Form, TextField
from shakyo_desktop.gui.shared.flow import FlowBox

_TOTALS = [Choice("sum", "合計"), Choice("last", "最後の数"), Choice("max", "最大の数")]
_NAMES = ("label", "unit", "total")


class MeasureRows(Card):
    """One small form per measure; its code is made by the program.

    Signals:
        changed: the item's place and all its measures.
    """

    changed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__("追加の数字")
        self._place: object = None
        self._measures: tuple[Measure, ...] = ()
        self.forms: list[Form] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.add_layout(self._rows)
        self.add_button = SecondaryButton("数字を加える", icon_name="plus")
        self.add_button.clicked.connect(self._add)
        flow = FlowBox()
        flow.add(self.add_button)
        self.add(flow)

    def show_measures(self, place: object, measures: Sequence[Measure]) -> None:
        """Show the measures of an item."""
        codes = [measure.code for measure in measures]
        if place != self._place or codes != [one.code for one in self._measures]:
            self._place, self._measures = place, tuple(measures)
            self._make_rows()
            return
        self._measures = tuple(measures)
        for form, measure in zip(self.forms, measures, strict=True):
            form.refresh({name: getattr(measure, name) for name in _NAMES})

    def show_faults(self, faults: Mapping[tuple[int, str], str]) -> None:
        """Show what is wrong, by the measure's position and field; the code is the program's own."""
        for at, form in enumerate(self.forms):
            found = {name: message for (own, name), message in faults.items() if own == at}
            found.setdefault("label", found.pop("code", ""))
            form.set_problems(found)

    def _make_rows(self) -> None:
        while (entry := self._rows.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.forms = [self._make_row(at, measure) for at, measure in enumerate(self._measures)]

    def _make_row(self, at: int, measure: Measure) -> Form:
        form = Form()
        form.add(TextField("label", f"数字{at + 1}の名前", length=LABEL_LENGTH, label_place="above"))
        form.add(TextField("unit", "単位", length=SHORT_LENGTH, label_place="above"))
        form.add(ChoiceField("total", "年の数にするとき", _TOTALS, numbered=False, label_place="above"))
        form.show_record(at, {name: getattr(measure, name) for name in _NAMES})
        form.changed.connect(self._field_changed)
        button = SecondaryButton(f"数字{at + 1}を消す")
        button.clicked.connect(lambda: self._remove(at))
        flow = FlowBox()
        flow.add(button)
        form.add_widget(flow)
        self._rows.addWidget(form)
        form.show()  # else it takes the keyboard only after the next event
        return form

    def _field_changed(self, at: object, name: str, value: object, _unread: str) -> None:
        measures = list(self._measures)
        if isinstance(at, int) and at < len(measures):
            measures[at] = replace(measures[at], **{name: value or ""})  # type: ignore[arg-type]
            self._measures = tuple(measures)
            self.changed.emit(self._place, self._measures)

    def _add(self) -> None:
        self._commit()
        self.changed.emit(self._place, with_measure(Item(0, 0, "", measures=self._measures)))
        if self.forms:
            self.forms[-1].focus_first()

    def _remove(self, at: int) -> None:
        self._commit()
        left = tuple(one for index, one in enumerate(self._measures) if index != at)
        self.changed.emit(self._place, left)
        self.add_button.setFocus()

    def _commit(self) -> None:
        for form in self.forms:
            form.commit()
