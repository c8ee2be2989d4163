"""An item that the ward office reports itself: the fields of its 取組状況, last year's beside them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.codes import SelfRating, Stage
from shakyo_desktop.domain.field_values import get_field, ref_of
from shakyo_desktop.domain.fields import STATUS_FIELDS, FieldSpec
from shakyo_desktop.domain.labels import show_value
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.problems import Level
from shakyo_desktop.domain.records import ITEM_STATUSES, FieldValue, ItemStatus
from shakyo_desktop.domain.status_checks import NEEDS_STATE_REASON, WORKED, check_status
from shakyo_desktop.domain.totals import effective_totals, total_specs
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Field, Form, field_for

_SPECS: Mapping[str, FieldSpec] = {spec.name: spec for spec in STATUS_FIELDS}
_STATE = ("state", "state_reason", "self_rating", "rating_reason")
_WORDS = ("outcome", "challenge", "next_plan", "needs_support")
_PREFIX = "typed_totals."
_EMPTY: tuple[object, ...] = (None, "", ())
_LONGEST_WORDS = 120
_SAID_ALREADY = (".unread", ".carried_over")
"""Ends of the codes of problems that a field tells by itself."""


class OwnItemForm(QWidget):
    """Signals, as `Form`: ``changed`` ref, field, value, unread; ``typing`` ref, field, text;
    ``last_year_requested`` and ``carried_over_confirmed`` ref, field.
    """

    changed = Signal(object, str, object, str)
    typing = Signal(object, str, str)
    last_year_requested = Signal(object, str)
    carried_over_confirmed = Signal(object, str)

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._item: Item | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.state, self.totals, self.words = Form(), Form(), Form()
        for name in _STATE:
            self.state.add(field_for(_SPECS[name], plan))
        specs = {spec.code: spec for item in plan.items for spec in total_specs(item)}
        for spec in specs.values():
            self.totals.add(field_for(spec, plan, name=_PREFIX + spec.code))
        self.totals.add_row(
            field_for(_SPECS["target_value"], plan),
            field_for(_SPECS["target_unit"], plan, label="単位", label_place="inline"),
        )
        for name in _WORDS:
            self.words.add(field_for(_SPECS[name], plan))
        titles = ("区事務所の取組", "今年度の数", "成果と課題")
        for title, form in zip(titles, self.forms(), strict=True):
            form.changed.connect(self.changed)
            form.typing.connect(self.typing)
            form.last_year_requested.connect(self.last_year_requested)
            form.carried_over_confirmed.connect(self.carried_over_confirmed)
            card = Card(title)
            card.add(form)
            column.addWidget(card)
        for field in self.state.fields() + self.words.fields():
            field.copied_by_screen = True

    def forms(self) -> tuple[Form, Form, Form]:
        """Return the three forms in their order."""
        return self.state, self.totals, self.words

    def field(self, name: str) -> Field:
        """Return a field by name."""
        return next(field for form in self.forms() for field in form.fields() if field.name == name)

    def show_status(self, item: Item, status: ItemStatus, before: ItemStatus | None) -> None:
        """Show another item."""
        self._item = item
        fitting = {_PREFIX + spec.code for spec in total_specs(item)}
        for field in self.totals.fields():
            if field.name.startswith(_PREFIX):
                self.totals.set_field_visible(field.name, field.name in fitting)
        for form in self.forms():
            form.show_record(ref_of(status), self._values(form, status), status.unread)
            form.set_last_year(self._before(form, before))
        self._fit_status(status)

    def refresh_status(self, status: ItemStatus) -> None:
        """Show newer values of the same item."""
        for form in self.forms():
            form.refresh(self._values(form, status), status.unread)
        self._fit_status(status)

    def _fit_status(self, status: ItemStatus) -> None:
        rated = status.state in WORKED or status.self_rating is not None
        unrated = status.self_rating is SelfRating.NOT_RATED or bool(status.rating_reason)
        stopped = status.state in NEEDS_STATE_REASON or bool(status.state_reason)
        self.state.set_field_visible("state_reason", stopped)
        self.state.set_field_visible("self_rating", rated)
        self.state.set_field_visible("rating_reason", unrated)
        problems = self._problems(status)
        for form in self.forms():
            form.set_carried_over(status.carried_over)
            form.set_problems(problems)

    def _problems(self, status: ItemStatus) -> dict[str, str]:
        """What is missing or wrong, by field; what a field says of itself already is left out."""
        found = check_status(status, self._item, status.counted_totals, None, Stage.INTERIM)
        hard = [one for one in found if one.level is Level.HARD and not one.code.endswith(_SAID_ALREADY)]
        return {one.field: one.message for one in hard}

    def _values(self, form: Form, status: ItemStatus) -> dict[str, FieldValue]:
        return {field.name: get_field(status, field.name) for field in form.fields()}

    def _before(self, form: Form, before: ItemStatus | None) -> dict[str, tuple[str, FieldValue, bool]]:
        if before is None:
            return {}
        totals = effective_totals(before, before.counted_totals)
        words: dict[str, tuple[str, FieldValue, bool]] = {}
        for field in form.fields():
            code = field.name.removeprefix(_PREFIX)
            value = totals.get(code) if code != field.name else get_field(before, field.name)
            if value not in _EMPTY:
                said = show_value(
                    ITEM_STATUSES, field.name, value, self._plan, item_number=before.item_number
                )
                words[field.name] = (_short(said), value, form is not self.totals)
        return words


def _short(text: str) -> str:
    cut = text if len(text) <= _LONGEST_WORDS else text[:_LONGEST_WORDS] + "…"
    return cut.replace("\n", " ")
