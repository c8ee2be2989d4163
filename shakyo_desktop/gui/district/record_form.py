"""Several forms that show one record together, its problems and the office's questions at their fields."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.problems import Level, Problem
from shakyo_desktop.domain.records import FieldValue, RecordRef
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.district.reason_form import ReasonForm, names_of, takes_reason
from shakyo_desktop.gui.district.tab_order import set_tab_order
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.fields import Field, Form
from shakyo_desktop.gui.shared.labels import plain_label

DONE = "直しました"
_SEVERAL = "確かめることが{}つあります。直すか、それぞれに理由を書いてください。"


class RecordForm(QWidget):
    """The base of the forms of an item, an activity and a good practice.

    Signals name the record that was shown when it was typed. ``request_answered`` names the field, ""
    for a question about the whole record.
    """

    changed = Signal(object, str, object, str)
    typing = Signal(object, str, str)
    last_year_requested = Signal(object, str)
    carried_over_confirmed = Signal(object, str)
    request_answered = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ref: RecordRef | None = None
        self._forms: list[Form] = []
        self._reasons: dict[str, ReasonForm] = {}
        self._tab_order: tuple[int, ...] = ()
        self._marks: tuple[object, ...] = ()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self._general = QWidget()
        self._general_column = QVBoxLayout(self._general)
        self._general_column.setContentsMargins(0, 0, 0, 0)
        self._general_column.setSpacing(8)
        self._general.hide()
        self._said: tuple[object, ...] = ()
        self.column.addWidget(self._general)

    def use(self, form: Form) -> Form:
        """Let a form, wherever it stands, be part of this one."""
        self._forms.append(form)
        self._connect(form)
        return form

    def fields(self) -> list[Field]:
        """Return every field, reasons left out."""
        return [field for form in self._forms for field in form.fields()]

    def find_field(self, name: str) -> Field | None:
        """Return the field of this name that is shown, else one that is hidden, else None."""
        found = [field for field in self.fields() if field.name == name]
        return next((field for field in found if field.isVisibleTo(self)), found[0] if found else None)

    def show_values(
        self, ref: RecordRef, values: Mapping[str, FieldValue], unread: Mapping[str, str]
    ) -> None:
        """Show another record; what is pending is emitted for the old one first."""
        self.commit()
        self.ref = ref
        self._drop_reasons()
        self._marks = ()
        for form in self._forms:
            form.show_record(ref, values, unread)

    def refresh_values(self, values: Mapping[str, FieldValue], unread: Mapping[str, str]) -> None:
        """Show newer values of the same record, except where somebody is typing."""
        for form in self._forms:
            form.refresh(values, unread)

    def commit(self) -> None:
        """Emit everything that is pending."""
        for form in (*self._forms, *self._reasons.values()):
            form.commit()

    def focus_place(self, name: str) -> bool:
        """Give a field the focus; False when it is not there."""
        field = self.find_field(name)
        if field is None or not field.isVisibleTo(self):
            return False
        field.focus_input()
        return True

    def set_problems(self, problems: Sequence[Problem], requests: Sequence[CorrectionRequest]) -> None:
        """Show every problem and question at its field; what has none stands at the top."""
        visible = [field for field in self.fields() if field.isVisibleTo(self)]
        marks = (self.ref, tuple(problems), tuple(requests), tuple(id(field) for field in visible))
        if marks == self._marks:
            return
        self._marks = marks
        by_field: dict[str, list[Problem]] = {}
        for problem in problems:
            by_field.setdefault(problem.field, []).append(problem)
        asked: dict[str, list[str]] = {}
        for request in requests:
            asked.setdefault(request.field, []).append(request.text)
        for field in self.fields():
            shown = field in visible
            self._show_problems(field, by_field.pop(field.name, []) if shown else [])
            texts = asked.pop(field.name, []) if shown else []
            field.set_request("\n".join(texts), DONE if texts else "")
        rest = [problem for some in by_field.values() for problem in some]
        self._say_general(rest, asked)
        self._tab_order = set_tab_order(self.fields(), self._tab_order)

    def _show_problems(self, field: Field, problems: list[Problem]) -> None:
        open_ = [problem for problem in problems if not problem.answered or not problem.asks_reason]
        hard = any(problem.level is Level.HARD for problem in open_)
        said = [one.message for one in open_ if not field.unread() or not one.code.endswith(".unread")]
        to_answer = [problem for problem in open_ if takes_reason(problem)]
        if len(self._answers(problems)) > 1 and len(said) == len(to_answer) and to_answer:
            said = [_SEVERAL.format(len(to_answer))]
        field.set_problem("\n".join(dict.fromkeys(said)), "hard" if hard else "soft")
        self._show_reasons(field, self._answers(problems))

    @staticmethod
    def _answers(problems: list[Problem]) -> list[Problem]:
        return [problem for problem in problems if takes_reason(problem)]

    def _show_reasons(self, field: Field, problems: list[Problem]) -> None:
        there = self._reasons.get(field.name)
        if there is not None and there.names == names_of(problems):
            there.show_problems(problems)
            return
        if there is not None:
            self._drop(self._reasons.pop(field.name))
        if problems:
            form = ReasonForm(self.ref, field.label_text, problems)
            form.changed.connect(self.changed)
            form.typing.connect(self.typing)
            self._reasons[field.name] = form
            field.body.addWidget(form)

    def _say_general(self, problems: list[Problem], asked: dict[str, list[str]]) -> None:
        said = (tuple((one.message, one.level) for one in problems), tuple(asked.items()).__repr__())
        if said == self._said:
            return
        self._said = said
        while item := self._general_column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for problem in problems:
            role = "problem" if problem.level is Level.HARD else "soft"
            self._general_column.addWidget(plain_label(f"⚠ {problem.message}", role))
        for name, texts in asked.items():
            self._general_column.addWidget(self._request_row(name, texts))
        self._general.setVisible(bool(problems or asked))

    def _request_row(self, name: str, texts: list[str]) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(plain_label("確認のお願い: " + "\n".join(texts), "request"), 1)
        button = LinkButton(DONE)
        button.clicked.connect(lambda: self.request_answered.emit(self.ref, name))
        layout.addWidget(button)
        return row

    def _drop_reasons(self) -> None:
        for form in self._reasons.values():
            self._drop(form)
        self._reasons = {}

    def _drop(self, form: ReasonForm) -> None:
        form.commit()
        form.hide()
        form.deleteLater()

    def _connect(self, form: Form) -> None:
        form.changed.connect(self.changed)
        form.typing.connect(self.typing)
        form.last_year_requested.connect(self.last_year_requested)
        form.carried_over_confirmed.connect(self.carried_over_confirmed)
        form.request_answered.connect(self.request_answered)
