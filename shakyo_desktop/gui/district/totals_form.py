"""The year's figures of an item: what is reported, what the diary counts, and last year's beside it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from shakyo_desktop.domain.fields import MeasureSpec
from shakyo_desktop.domain.numbers import show_number
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import FieldValue, ItemStatus
from shakyo_desktop.domain.totals import total_specs
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.fields import Form, NumberField
from shakyo_desktop.gui.shared.fields.frame import LABEL_WIDTH
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.theme import size, theme_signals

PREFIX = "typed_totals."
_UNIT, _COUNTED, _BEFORE = 48, 116, 100
_NEEDED = 640
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TotalField(NumberField):
    """One figure. Its value is what is reported; a figure typed over the diary's says so, with a way back."""

    def __init__(self, code: str, label: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(PREFIX + code, label, parent=parent)
        self.code = code
        self._unit_label = plain_label(unit, wrap=False)
        self._counted_label = _column_label("")
        self._before_label = _column_label("")
        self.line.insertWidget(1, self._unit_label)
        self.line.addWidget(self._counted_label)
        self.line.addWidget(self._before_label)
        self._counted: int | None = None
        self._compact = False
        self._words = plain_label("", "small", wrap=False)
        self.back_button = LinkButton("活動記録の数に戻す")
        self.back_button.clicked.connect(self._go_back)
        self._spoken = ""
        self._over = FlowBox(row_gap=4)
        for piece in (Chip("書きかえ", "warning"), self._words, self.back_button):
            self._over.add(piece)
        self.body.insertWidget(1, self._over)
        self._over.hide()
        self._fit()

    def is_typed_over(self) -> bool:
        """Return whether the figure differs from what the diary counts."""
        return not self._over.isHidden()

    def set_figures(self, spec: MeasureSpec, counted: int | None, before: int | None, *, typed: bool) -> None:
        """Show the item's own words, what the diary counts, last year's figure, and whether one was typed."""
        self.label.setText(spec.label)
        self.label_text = spec.label
        self._counted = counted
        self._unit_label.setText(spec.unit)
        self._counted_label.setText("－" if counted is None else f"{show_number(counted)}{spec.unit}")
        self._before_label.setText("－" if before is None else f"{show_number(before)}{spec.unit}")
        self.input().setAccessibleName(f"{spec.label}（{spec.unit}）")
        self._over.setVisible(typed and counted is not None)
        self._words.setText(f"活動記録では{self._counted_label.text()}")
        self.back_button.setAccessibleName(f"{spec.label} 活動記録の数に戻す")
        counted_words = f"活動記録から {self._counted_label.text()}" if counted is not None else ""
        before_words = f"前年度 {self._before_label.text()}" if before is not None else ""
        self._spoken = f"{counted_words}　{before_words}".strip("　")
        self.set_compact(self._compact)
        self._describe()

    def set_compact(self, compact: bool) -> None:
        """Show the figures beside the input, or under it where there is no room."""
        self._compact = compact
        self._counted_label.setVisible(not compact)
        self._before_label.setVisible(not compact)
        self.set_note(self._spoken if compact else "")

    def _go_back(self) -> None:
        self.put_value(self._counted)
        self.focus_input()

    def _describe(self) -> None:
        spoken = "" if self.remarks.text("note") else getattr(self, "_spoken", "")
        words = (self.remarks.spoken(), spoken)
        self.input().setAccessibleDescription(" ".join(text for text in words if text))

    def _fit(self) -> None:
        super()._fit()
        if hasattr(self, "_before_label"):
            self._unit_label.setFixedWidth(size(_UNIT))
            self._counted_label.setFixedWidth(size(_COUNTED))
            self._before_label.setFixedWidth(size(_BEFORE))


class TotalsForm(Form):
    """Every total that an item of the plan may have; those that fit the item are shown."""

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = _Head()
        self.add_widget(self._head)
        specs = {spec.code: spec for item in plan.items for spec in total_specs(item)}
        for spec in specs.values():
            self.add(TotalField(spec.code, spec.label, spec.unit))

    def total_fields(self) -> list[TotalField]:
        """Return the rows, hidden ones too."""
        return [field for field in self.fields() if isinstance(field, TotalField)]

    def fit_width(self, width: int) -> None:
        """Follow the room there is."""
        compact = width < size(_NEEDED)
        self._head.setVisible(not compact)
        for field in self.total_fields():
            field.set_compact(compact)

    def show_figures(
        self, item: Item, status: ItemStatus, counted: Mapping[str, int], before: Mapping[str, int]
    ) -> None:
        """Show the rows of this item, their words and the figures beside them."""
        specs = {spec.code: spec for spec in total_specs(item)}
        for field in self.total_fields():
            spec = specs.get(field.code)
            field.setVisible(spec is not None)
            if spec is not None:
                typed = field.code in status.typed_totals
                field.set_figures(spec, counted.get(field.code), before.get(field.code), typed=typed)


def total_values(item: Item, status: ItemStatus, counted: Mapping[str, int]) -> dict[str, FieldValue]:
    """Return what stands in each row: the figure that was typed, else the diary's."""
    return {
        PREFIX + spec.code: status.typed_totals.get(spec.code, counted.get(spec.code))
        for spec in total_specs(item)
    }


class _Head(QWidget):
    """The words over the columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._first = plain_label("報告する数", "small", wrap=False)
        self._counted = _column_label("活動記録から")
        self._before = _column_label("前年度")
        self._row.addWidget(self._first)
        self._row.addStretch(1)
        self._row.addWidget(self._counted)
        self._row.addWidget(self._before)
        theme_signals().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._row.setContentsMargins(size(LABEL_WIDTH) + 12, 0, 0, 0)
        self._counted.setFixedWidth(size(_COUNTED))
        self._before.setFixedWidth(size(_BEFORE))


def _column_label(text: str) -> QLabel:
    label = plain_label(text, "small", wrap=False)
    label.setAlignment(_RIGHT)
    return label
