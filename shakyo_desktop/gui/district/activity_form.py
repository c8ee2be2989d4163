"""The form of one activity: every field that fits its kind, in the order people write."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.field_values import get_field, ref_of
from shakyo_desktop.domain.fields import ACTIVITY_FIELDS, FieldSpec, MeasureSpec
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.records import Activity
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.domain.totals import measure_specs
from shakyo_desktop.gui.district.activity_fields import BREAKDOWN, fits, is_filled
from shakyo_desktop.gui.district.record_form import RecordForm
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Form, TextField, TimeField, field_for

_SPECS: Mapping[str, FieldSpec] = {spec.name: spec for spec in ACTIVITY_FIELDS}
_WHEN = ("held_on", "month")
_REST = ("partners", "partners_text", "note")
_KIND = ("kind", "granularity", "method", "related_items")
_OPEN, _CLOSE = "内訳を書く", "内訳をたたむ"


class ActivityForm(RecordForm):
    """Shows one activity; hides what does not fit it."""

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = plan
        self._names: dict[str, Form] = {}
        self._measures: dict[tuple[MeasureSpec, ...], Form] = {}
        self._shown_measures: Form | None = None
        self._venues: tuple[str, ...] = ()
        self._first: Form = self._make_first()
        self._make_people()
        self._card("くわしい内容", *_REST)
        self._card("記録のしかた", *_KIND)

    def set_venues(self, venues: Sequence[str]) -> None:
        """Offer places that were used before."""
        if tuple(venues) == self._venues:
            return
        self._venues = tuple(venues)
        field = self._first.field("venue")
        if isinstance(field, TextField):
            field.set_completions(venues)

    def show_activity(self, activity: Activity, item: Item | None) -> None:
        """Show another activity, or newer values of the same one."""
        again = self.ref == ref_of(activity)
        if not again:
            self.commit()
        self._use_measures(activity, item)
        values = {name: get_field(activity, name) for name in self._all_names()}
        if again:
            self.refresh_values(values, activity.unread)
        else:
            for form in self._forms:
                form.set_fiscal_year(activity.fiscal_year)
            self.show_values(ref_of(activity), values, activity.unread)
        self._fit_record(activity, fold=not again)

    def set_problems(self, problems: Sequence[Problem], requests: Sequence[CorrectionRequest]) -> None:
        """Show problems at their fields; a problem unfolds the 内訳 it is in."""
        named = {problem.field for problem in problems} | {request.field for request in requests}
        if named & set(BREAKDOWN):
            self._fold(False)
        super().set_problems(problems, requests)

    def focus_place(self, name: str) -> bool:
        """Give a field the focus, unfolded when it is folded away."""
        if name in BREAKDOWN:
            self._fold(False)
        if name in _WHEN and not self._is_shown(name):
            name = _WHEN[1 - _WHEN.index(name)]
        return super().focus_place(name)

    def _is_shown(self, name: str) -> bool:
        field = self.find_field(name)
        return field is not None and field.isVisibleTo(self)

    def _all_names(self) -> list[str]:
        return [field.name for field in self.fields()]

    def _fit_record(self, activity: Activity, *, fold: bool) -> None:
        for name, form in self._names.items():
            if name not in BREAKDOWN:
                form.set_field_visible(name, fits(activity, name))
        if self._shown_measures is not None:
            for field in self._shown_measures.fields():
                field.setVisible(fits(activity, field.name))
        counted = any(fits(activity, name) for name in ("participants", "breakdown.other"))
        filled = any(is_filled(activity, name) for name in BREAKDOWN)
        self._toggle.setVisible(counted or filled)
        if fold or (filled and self._breakdown.isHidden()) or not (counted or filled):
            self._fold(not filled)

    def _fold(self, folded: bool) -> None:
        self._breakdown.setVisible(not folded)
        self._toggle.set_words(_OPEN if folded else _CLOSE)

    def _use_measures(self, activity: Activity, item: Item | None) -> None:
        """Show the figures of the activity's kind and item; their forms are kept for the next time."""
        specs = measure_specs(item, activity) if item is not None else ()
        form = self._measures.get(specs)
        if form is None and specs:
            form = self._measures[specs] = self.use(self._make_measures(specs))
            names = [field.name for field in form.fields()]
            form.show_record(
                ref_of(activity), {name: get_field(activity, name) for name in names}, activity.unread
            )
        if form is not self._shown_measures:
            if self._shown_measures is not None:
                self._shown_measures.commit()
                self._shown_measures.hide()
            if form is not None:
                form.show()
        self._shown_measures = form

    def _make_measures(self, specs: Sequence[MeasureSpec]) -> Form:
        form = Form()
        for spec in specs:
            form.add(field_for(spec, self.plan, name=f"measures.{spec.code}"))
        self._measures_place.addWidget(form)
        return form

    def _make_first(self) -> Form:
        card, form = Card(), Form()
        for name in ("held_on", "month"):
            form.add(field_for(_SPECS[name], self.plan))
        start = field_for(_SPECS["start_time"], self.plan, label="時間")
        end = field_for(_SPECS["end_time"], self.plan, label="～", label_place="inline")
        for field, words in ((start, "始まりの時刻"), (end, "終わりの時刻")):
            field.input().setAccessibleName(words)
            if isinstance(field, TimeField):
                field.echo.hide()
        form.add_row(start, end)
        for name in ("item_number", "outcome_state", "outcome_reason", "venue", "content"):
            form.add(field_for(_SPECS[name], self.plan))
        self._remember(form)
        card.add(self.use(form))
        self.column.addWidget(card)
        return form

    def _make_people(self) -> None:
        card = Card("人数と数")
        counts, self._breakdown, others = Form(), Form(), Form()
        counts.add_row(
            field_for(_SPECS["participants"], self.plan),
            field_for(
                _SPECS["participants_unknown"], self.plan, label="人数はわからない", label_place="inline"
            ),
        )
        for name in BREAKDOWN:
            self._breakdown.add(field_for(_SPECS[name], self.plan))
        for name in ("helpers", "sessions"):
            others.add(field_for(_SPECS[name], self.plan))
        self._toggle = LinkButton(_OPEN)
        self._toggle.clicked.connect(lambda: self._fold(not self._breakdown.isHidden()))
        place = QWidget()
        self._measures_place = QVBoxLayout(place)
        self._measures_place.setContentsMargins(0, 0, 0, 0)
        for form in (counts, self._breakdown, others):
            self._remember(form)
            self.use(form)
        card.add(counts)
        card.body.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._breakdown, others, place):
            card.add(widget)
        self.column.addWidget(card)

    def _card(self, title: str, *names: str) -> Form:
        card, form = Card(title), Form()
        for name in names:
            form.add(field_for(_SPECS[name], self.plan))
        self._remember(form)
        card.add(self.use(form))
        self.column.addWidget(card)
        return form

    def _remember(self, form: Form) -> None:
        self._names |= {field.name: form for field in form.fields()}
