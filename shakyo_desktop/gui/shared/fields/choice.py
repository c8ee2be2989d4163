"""One of a few choices: buttons in a row that a screen reader knows as radio buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QRadioButton, QVBoxLayout, QWidget

from shakyo_desktop.domain.codes import LabelledCode
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.fields.traversal import focus_next_field
from shakyo_desktop.gui.shared.flow import FlowBox

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)
MAX_KEYS = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """A code and the words for it."""

    code: str
    label: str


def choices_of(codes: type[LabelledCode]) -> list[Choice]:
    """Return the choices of a code type in the order of the form."""
    return [Choice(code, code.label) for code in codes]


def rating_choices(plan: Plan, codes: type[LabelledCode]) -> list[Choice]:
    """Return the levels of a plan's own scale (symbol and words), then 評価しない."""
    levels = {level.code: f"{level.symbol} {level.words}" for level in plan.rating_scale}
    return [
        Choice(code, levels.get(code, code.label)) for code in codes if code in levels or code == "not_rated"
    ]


class Segment(QRadioButton):
    """One choice; arrows choose the neighbour, figures choose by number, Enter goes on."""

    stepped = Signal(int)
    numbered = Signal(int)
    cleared = Signal()

    def __init__(self, number: int, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = label.replace("&", "&&")
        self.setText(f"{number} {words}" if 0 < number <= MAX_KEYS else words)
        self.setProperty("role", "segment")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer to figures, arrows, Delete and Enter."""
        key = event.key()
        if key in _ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            focus_next_field(self, backwards=back)
        elif key in _BACK or key in _ON:
            self.stepped.emit(-1 if key in _BACK else 1)
        elif len(event.text()) == 1 and event.text().isdecimal():
            self.numbered.emit(int(event.text()))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            super().keyPressEvent(event)


def group_box(name: str) -> tuple[QGroupBox, FlowBox]:
    """Return a group that a screen reader announces by name, and the flow inside it."""
    box = QGroupBox()
    box.setAccessibleName(name)
    flow = FlowBox()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(flow)
    return box, flow


class ChoiceField(Field):
    """Exactly one choice, or none yet. `clearable` offers 選択を消す (also the Delete key)."""

    def __init__(
        self,
        name: str,
        label: str,
        choices: Sequence[Choice],
        *,
        clearable: bool = False,
        numbered: bool = True,
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, label_place=label_place, parent=parent)
        self._choices = list(choices)
        self._clearable = clearable
        self._stray = ""
        self._group = QButtonGroup(self)
        self._box, flow = group_box(label)
        self._segments = [self._make(index, numbered) for index in range(len(self._choices))]
        for segment in self._segments:
            flow.add(segment)
        self._clear_button = LinkButton("選択を消す")
        self._clear_button.setAccessibleName(f"{label} 選択を消す")
        self._clear_button.clicked.connect(self._clear)
        self._clear_button.hide()
        flow.add(self._clear_button)
        self._set_input(self._box, stretch=True)
        if self._segments and label:
            self.label.setBuddy(self._segments[0])
        self._mark_tab_stop()

    def input(self) -> QWidget:
        """Return the chosen button, or the first, or the empty group."""
        if not self._segments:
            return self._box
        return self._segments[max(self._index(), 0)]

    def name_group(self, name: str) -> None:
        """Say what the choice is about where no label says it."""
        self._box.setAccessibleName(name)

    def segments(self) -> list[Segment]:
        """Return the buttons in the order of the form."""
        return list(self._segments)

    def choose(self, index: int) -> None:
        """Choose by position, as a click would."""
        if 0 <= index < len(self._segments):
            self._segments[index].setChecked(True)

    def _make(self, index: int, numbered: bool) -> Segment:
        segment = Segment(index + 1 if numbered else 0, self._choices[index].label)
        self._group.addButton(segment, index)
        segment.toggled.connect(self._after_choice)  # a screen reader chooses without a click
        segment.numbered.connect(lambda number: self._step_to(number - 1))
        segment.stepped.connect(lambda step: self._step_to((index + step) % len(self._choices)))
        segment.cleared.connect(self._clear)
        return segment

    def _step_to(self, index: int) -> None:
        if 0 <= index < len(self._segments):
            self.choose(index)
            self._segments[index].setFocus(Qt.FocusReason.TabFocusReason)

    def _after_choice(self, chosen: bool) -> None:
        if not chosen:
            return
        self._stray = ""
        self._mark_tab_stop()
        self._chosen()

    def _clear(self) -> None:
        if self._clearable and self._index() >= 0:
            self._show(None, "")
            self._chosen()
            self.focus_input()

    def _index(self) -> int:
        return self._group.checkedId()

    def _read(self) -> tuple[FieldValue, str]:
        index = self._index()
        return (self._choices[index].code if index >= 0 else None), self._stray

    def _show(self, value: FieldValue, unread: str) -> None:
        self._stray = unread
        self._group.setExclusive(False)
        for choice, segment in zip(self._choices, self._segments, strict=True):
            with QSignalBlocker(segment):
                segment.setChecked(choice.code == value)
        self._group.setExclusive(True)
        self._mark_tab_stop()

    def _mark_tab_stop(self) -> None:
        """One stop for Tab per group, as radio buttons have."""
        stop = max(self._index(), 0)
        for index, segment in enumerate(self._segments):
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if index == stop else Qt.FocusPolicy.ClickFocus)
        self._clear_button.setVisible(self._clearable and self._index() >= 0)

    def _describe(self) -> None:
        for segment in self._segments:
            segment.setAccessibleDescription(self.remarks.spoken())
        self._box.setAccessibleDescription(self.remarks.spoken())
