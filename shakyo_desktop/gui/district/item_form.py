"""The form of one item: every field of its 取組状況, in the order of the paper form."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.domain.codes import SelfRating
from shakyo_desktop.domain.field_values import get_field, ref_of
from shakyo_desktop.domain.fields import STATUS_FIELDS, FieldSpec
from shakyo_desktop.domain.labels import show_value
from shakyo_desktop.domain.numbers import show_number, show_thousandths
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.records import ITEM_STATUSES, FieldValue, ItemStatus
from shakyo_desktop.domain.status_checks import NEEDS_STATE_REASON, WORKED
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.domain.totals import effective_totals, item_achievement, show_rate, target_total
from shakyo_desktop.gui.district.record_form import RecordForm
from shakyo_desktop.gui.district.totals_form import TotalsForm, total_values
from shakyo_desktop.gui.shared.buttons import LinkButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Form, field_for
from shakyo_desktop.gui.shared.labels import plain_label

_SPECS: Mapping[str, FieldSpec] = {spec.name: spec for spec in STATUS_FIELDS}
_NOT_COPIED = frozenset({"totals_reason"})
_EMPTY: tuple[object, ...] = (None, "", ())
_LONGEST_WORDS = 120
_CARRIED_OVER = "item_status.carried_over"
_AROUND = 24
"""Pixels around what stands in a card."""


class ItemForm(RecordForm):
    """Shows one status with its figures; says which field was changed and asks for nothing itself."""

    same_requested = Signal()
    activity_requested = Signal()

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = plan
        self._head = self._make_head()
        self._state = self._card("", "state", "state_reason", "self_rating", "rating_reason")
        self.totals = TotalsForm(plan)
        card = Card("今年度の数")
        card.add(self.use(self.totals))
        self.activity_button = LinkButton("この項目の活動記録を書く")
        self.activity_button.clicked.connect(self.activity_requested)
        card.body.addWidget(self.activity_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._figures = Form()
        self._figures.add(field_for(_SPECS["totals_reason"], plan))
        self._figures.add_row(
            field_for(_SPECS["target_value"], plan),
            field_for(_SPECS["target_unit"], plan, label="単位", label_place="inline"),
        )
        self._rate = plain_label("", "secondary")
        card.add(self.use(self._figures))
        card.add(self._rate)
        self.column.addWidget(card)
        self._card("成果と課題", "outcome", "challenge", "next_plan", "needs_support")
        for field in self.fields():
            field.copied_by_screen = True

    def show_status(
        self, item: Item, status: ItemStatus, counted: Mapping[str, int], before: Mapping[str, int]
    ) -> None:
        """Show another item, or the same one anew."""
        values = self._values(item, status, counted)
        self.show_values(ref_of(status), values, status.unread)
        self._fit_record(item, status, counted, before)

    def refresh_status(
        self, item: Item, status: ItemStatus, counted: Mapping[str, int], before: Mapping[str, int]
    ) -> None:
        """Show newer values of the same item."""
        self.refresh_values(self._values(item, status, counted), status.unread)
        self._fit_record(item, status, counted, before)

    def fit_width(self, width: int) -> None:
        """Follow the room there is."""
        self.totals.fit_width(width - 2 * _AROUND)

    def show_before(self, before: ItemStatus | None) -> None:
        """Show last year's words beside each field."""
        words: dict[str, tuple[str, FieldValue, bool]] = {}
        for name in _SPECS:
            value = get_field(before, name) if before is not None else None
            if value not in _EMPTY and name not in _NOT_COPIED:
                said = show_value(ITEM_STATUSES, name, value, self.plan)
                short = said if len(said) <= _LONGEST_WORDS else said[:_LONGEST_WORDS] + "…"
                words[name] = (short.replace("\n", " "), value, True)
        for form in self._forms:
            if form is not self.totals:
                form.set_last_year(words)
        self._head.setVisible(before is not None and before.state is not None)
        if before is not None:
            parts = (
                show_value(ITEM_STATUSES, name, get_field(before, name), self.plan) for name in _HEADLINE
            )
            self._before_words.setText("前年度: " + "　".join(part for part in parts if part))

    def set_problems(self, problems: Sequence[Problem], requests: Sequence[CorrectionRequest]) -> None:
        """Show problems at their fields; 前年度から・要確認 stands there already with its own button."""
        super().set_problems([one for one in problems if one.code != _CARRIED_OVER], requests)

    def _fit_record(
        self, item: Item, status: ItemStatus, counted: Mapping[str, int], before: Mapping[str, int]
    ) -> None:
        """Show the fields that fit what is written, and the figures beside them."""
        worked = status.state in WORKED
        rated = worked or status.self_rating is not None or "self_rating" in status.unread
        unrated = status.self_rating is SelfRating.NOT_RATED or bool(status.rating_reason)
        self._state.set_field_visible(
            "state_reason", status.state in NEEDS_STATE_REASON or bool(status.state_reason)
        )
        self._state.set_field_visible("self_rating", rated)
        self._state.set_field_visible("rating_reason", unrated)
        over = any(counted.get(code, value) != value for code, value in status.typed_totals.items())
        self._figures.set_field_visible("totals_reason", over or bool(status.totals_reason))
        self.totals.show_figures(item, status, counted, before)
        for form in self._forms:
            form.set_carried_over(status.carried_over)
        self._show_rate(item, status, counted)

    def _show_rate(self, item: Item, status: ItemStatus, counted: Mapping[str, int]) -> None:
        totals = effective_totals(status, counted)
        rate, spec = item_achievement(item, status, totals), target_total(item, status)
        self._rate.setVisible(rate is not None)
        if rate is not None and spec is not None and status.target_value is not None:
            self._rate.setText(
                f"達成率 {show_rate(rate)}　（{spec.label} {show_number(totals[spec.code])}{spec.unit}"
                f" ／ 目標 {show_thousandths(status.target_value)}{status.target_unit}）"
            )

    def _values(self, item: Item, status: ItemStatus, counted: Mapping[str, int]) -> dict[str, FieldValue]:
        values: dict[str, FieldValue] = {name: get_field(status, name) for name in _SPECS}
        return values | total_values(item, status, counted)

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._before_words = plain_label("", "secondary")
        self.same_button = SecondaryButton("昨年と同じにする", "L", "copy")
        self.same_button.clicked.connect(self.same_requested)
        row.addWidget(self._before_words, 1)
        row.addWidget(self.same_button)
        self.column.addWidget(head)
        return head

    def _card(self, title: str, *names: str) -> Form:
        card, form = Card(title), Form()
        for name in names:
            form.add(field_for(_SPECS[name], self.plan))
        card.add(self.use(form))
        self.column.addWidget(card)
        return form


_HEADLINE = ("state", "self_rating")
