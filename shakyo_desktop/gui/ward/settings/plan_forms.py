"""The forms of a plan's parts: the plan itself, goals, directions, items, the rating scale."""

from collections.abc import Mapping
from dataclasses import fields as fields_of

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.catalogue_rules import (
    LABEL_LENGTH,
    LONG_LENGTH,
    NAME_LENGTH,
    SHORT_LENGTH,
    PlanFault,
)
from shakyo_desktop.domain.codes import ActivityKind, Reporter
from shakyo_desktop.domain.plan import Plan, PlanDraft
from shakyo_desktop.domain.plan_edits import Place, unread_of
from shakyo_desktop.gui.shared.fields import (
    ChoiceField,
    FlagField,
    Form,
    MultilineField,
    NumberField,
    TextField,
    choices_of,
)
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.settings.measure_rows import MeasureRows
from shakyo_desktop.gui.ward.settings.year_field import FiscalYearField

_HIGHEST = 999


class PlanForm(QWidget):
    """One entry of a plan's draft in fields.

    Signals:
        changed: place, field, value, unread text.
    """

    changed = Signal(object, str, object, str)

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.form.changed.connect(self._field_changed)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(self.form)

    def show_entry(self, draft: PlanDraft, place: Place, *, anew: bool) -> None:
        """Show an entry; `anew` when another one was shown, else only what is not being typed changes."""
        entry = draft.plan if place[0] == "plan" else getattr(draft.plan, place[0])[place[1]]
        values = {one.name: getattr(entry, one.name) for one in fields_of(entry)}
        for name, value in values.items():
            if value == 0 and isinstance(value, int) and not isinstance(value, bool):
                values[name] = None
        unread = unread_of(draft, place)
        if anew:
            self.form.show_record(place, values, unread)
        else:
            self.form.refresh({one.name: values[one.name] for one in self.form.fields()}, unread)
        self.show_names(draft.plan)

    def show_faults(self, faults: Mapping[tuple[str, tuple[int, ...], str], PlanFault]) -> None:
        """Show what is wrong at its field."""
        place = self.form.key
        if isinstance(place, tuple):
            at = () if place[0] == "plan" else (place[1],)
            found = {key[2]: one.message for key, one in faults.items() if key[:2] == (place[0], at)}
            self.form.set_problems(found)

    def show_names(self, plan: Plan) -> None:
        """Say which goal or direction a number means."""

    def _field_changed(self, place: object, field: str, value: object, unread: str) -> None:
        if place is not None:
            self.changed.emit(place, field, value, unread)


class HeadForm(PlanForm):
    """The plan itself. Its mark is never changed: records know the plan by it."""

    def __init__(self) -> None:
        super().__init__()
        add = self.form.add
        add(TextField("name", "計画の名前", length=NAME_LENGTH, label_place="above"))
        add(TextField("owner", "計画を作った団体", length=NAME_LENGTH, label_place="above"))
        self.form.add_row(
            FiscalYearField("first_fiscal_year", "はじめの年度"),
            FiscalYearField("last_fiscal_year", "終わりの年度"),
        )
        add(TextField("nickname", "愛称", length=NAME_LENGTH, label_place="above"))
        add(MultilineField("philosophy", "理念", length=LONG_LENGTH, height=84, label_place="above"))
        add(MultilineField("slogan", "合言葉", length=LONG_LENGTH, height=84, label_place="above"))
        self.mark = plain_label("", "small")
        self.column.addWidget(self.mark)

    def show_names(self, plan: Plan) -> None:
        """Say the mark."""
        self.mark.setText(f"記号 {plan.id}（記録が計画を見分ける名前です。変わりません。）")


class GoalForm(PlanForm):
    """基本目標."""

    def __init__(self) -> None:
        super().__init__()
        self.form.add(NumberField("number", "番号", maximum=_HIGHEST, label_place="above"))
        self.form.add(TextField("name", "基本目標の名前", length=NAME_LENGTH, label_place="above"))


class DirectionForm(PlanForm):
    """施策の方向性."""

    def __init__(self) -> None:
        super().__init__()
        self.form.add(NumberField("number", "番号", maximum=_HIGHEST, label_place="above"))
        self.form.add(TextField("name", "施策の方向性の名前", length=NAME_LENGTH, label_place="above"))
        self.form.add(NumberField("goal", "基本目標の番号", maximum=_HIGHEST, label_place="above"))

    def show_names(self, plan: Plan) -> None:
        """Name the goal."""
        field = self.form.field("goal")
        field.set_note(next((one.name for one in plan.goals if one.number == field.value()), ""))


class ItemEntryForm(PlanForm):
    """取組項目, with what is counted in addition."""

    def __init__(self) -> None:
        super().__init__()
        self.used = plain_label("", "small")
        self.used.hide()
        self.column.insertWidget(0, self.used)
        add = self.form.add
        add(NumberField("number", "番号", maximum=_HIGHEST, label_place="above"))
        add(TextField("name", "取組項目の名前", length=NAME_LENGTH, label_place="above"))
        add(NumberField("direction", "施策の方向性の番号", maximum=_HIGHEST, label_place="above"))
        self.form.add_row(
            FlagField("priority", "重点", label_place="above"), FlagField("new", "新規", label_place="above")
        )
        add(ChoiceField("reporter", "書く人", choices_of(Reporter), label_place="above"))
        add(ChoiceField("kind", "活動の種類", choices_of(ActivityKind), label_place="above"))
        self.measures = MeasureRows()
        self.measures.changed.connect(self._measures_changed)
        self.column.addWidget(self.measures)

    def show_entry(self, draft: PlanDraft, place: Place, *, anew: bool) -> None:
        """Show the item and its measures."""
        super().show_entry(draft, place, anew=anew)
        self.measures.show_measures(place, draft.plan.items[place[1]].measures)

    def show_names(self, plan: Plan) -> None:
        """Name the direction."""
        field = self.form.field("direction")
        field.set_note(next((one.name for one in plan.directions if one.number == field.value()), ""))

    def show_use(self, words: tuple[str, ...]) -> None:
        """Say what uses the item, so that its number stays."""
        self.used.setText(f"使われています：{'、'.join(words)}。番号を変えたり消したりはできません。")
        self.used.setVisible(bool(words))

    def show_faults(self, faults: Mapping[tuple[str, tuple[int, ...], str], PlanFault]) -> None:
        """Show also what is wrong with a measure."""
        super().show_faults(faults)
        place = self.form.key
        if isinstance(place, tuple):
            self.measures.show_faults(
                {
                    (key[1][1], key[2]): one.message
                    for key, one in faults.items()
                    if key[0] == "measures" and key[1][0] == place[1]
                }
            )

    def _measures_changed(self, place: object, measures: object) -> None:
        self.changed.emit(place, "measures", measures, "")


class LevelForm(PlanForm):
    """One level of the rating scale."""

    def __init__(self) -> None:
        super().__init__()
        self.form.add(TextField("symbol", "しるし", length=SHORT_LENGTH, label_place="above"))
        self.form.add(TextField("words", "言葉", length=LABEL_LENGTH, label_place="above"))


FORMS: dict[str, type[PlanForm]] = {
    "plan": HeadForm,
    "goals": GoalForm,
    "directions": DirectionForm,
    "items": ItemEntryForm,
    "rating_scale": LevelForm,
}
