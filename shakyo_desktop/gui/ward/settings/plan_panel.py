"""A plan's draft in the window: its outline, and beside it the form of the entry that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shakyo_desktop.domain.catalogue_rules import PlanFault
from shakyo_desktop.domain.plan_edits import Place
from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.theme import size, theme_signals
from shakyo_desktop.gui.ward.settings.plan_forms import FORMS, ItemEntryForm, PlanForm
from shakyo_desktop.gui.ward.settings.plan_outline import PlanOutline
from shakyo_desktop.services.plan_editing import PlanDesk

HEAD: Place = ("plan", 0)
_FORM_WIDTH = 430


class PlanPanel(QWidget):
    """Shows; what a person did is told to the page.

    Signals:
        changed: place, field, value, unread text.
        chosen: another place of the outline.
        add_requested: one entry more of a part.
        move_requested: the chosen entry up (-1) or down (1).
        remove_requested: the chosen entry away.
    """

    changed = Signal(object, str, object, str)
    chosen = Signal(object)
    add_requested = Signal(str)
    move_requested = Signal(int)
    remove_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._place: Place | None = None
        self.outline = PlanOutline()
        self.outline.row_selected.connect(self.chosen)
        self.outline.row_activated.connect(lambda _key: self.form().form.focus_first())
        self._forms = {part: make() for part, make in FORMS.items()}
        for form in self._forms.values():
            form.changed.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(self._make_left(), 1)
        row.addWidget(self._make_right())
        theme_signals().changed.connect(self._fit)
        self._fit()

    def form(self) -> PlanForm:
        """The form that is shown."""
        return self._forms[self._place[0] if self._place else HEAD[0]]

    def show_place(self, desk: PlanDesk, place: Place, faults: Sequence[PlanFault]) -> None:
        """Show a draft with one entry of it in its form."""
        draft = desk.draft
        self.outline.show_plan(draft.plan, {place_of(fault) for fault in faults})
        self.outline.select_key(place, silent=True)
        anew, self._place = place != self._place, place
        form = self.form()
        for other in self._forms.values():
            other.setVisible(other is form)
        form.show_entry(draft, place, anew=anew)
        if isinstance(form, ItemEntryForm):
            form.show_use(desk.in_use.get(draft.plan.items[place[1]].number, ()))
        form.show_faults({(one.part, one.entry, one.field): one for one in reversed(faults)})
        for button in (self.up_button, self.down_button, self.remove_button):
            button.setVisible(place[0] in ("goals", "directions", "items"))
        if anew:
            self._area.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Fill the form anew the next time, whatever it shows now."""
        self._place = None

    def _make_left(self) -> QVBoxLayout:
        self.item_button = SecondaryButton("項目", icon_name="plus")
        self.direction_button = SecondaryButton("方向性", icon_name="plus")
        self.goal_button = SecondaryButton("目標", icon_name="plus")
        flow = FlowBox()
        for button, part in (
            (self.item_button, "items"),
            (self.direction_button, "directions"),
            (self.goal_button, "goals"),
        ):
            button.setAccessibleName(f"{button.words()}を加える")
            button.clicked.connect(lambda _checked=False, part=part: self.add_requested.emit(part))
            flow.add(button)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.outline, 1)
        left.addWidget(flow)
        return left

    def _make_right(self) -> QScrollArea:
        self.up_button = SecondaryButton("上へ")
        self.up_button.clicked.connect(lambda: self.move_requested.emit(-1))
        self.down_button = SecondaryButton("下へ")
        self.down_button.clicked.connect(lambda: self.move_requested.emit(1))
        self.remove_button = DangerButton("消す")
        self.remove_button.clicked.connect(self.remove_requested)
        flow = FlowBox()
        for button in (self.up_button, self.down_button, self.remove_button):
            flow.add(button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(12)
        for form in self._forms.values():  # a stack would be as high as the highest of them
            column.addWidget(form)
        column.addWidget(flow)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        return self._area

    def _fit(self) -> None:
        self._area.setFixedWidth(size(_FORM_WIDTH))


def place_of(fault: PlanFault) -> Place:
    """The entry whose form shows a fault."""
    part = {"measures": "items"}.get(fault.part, fault.part)
    return (part, fault.entry[0]) if fault.entry else HEAD
