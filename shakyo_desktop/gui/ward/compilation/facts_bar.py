"""What there is to know about the version that is shown, above its tree: its plan, what is special of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.shared.fields import QuietComboBox
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import Chip
from shakyo_desktop.gui.ward.compilation.shown import Shown

_PLAN_LETTERS = 18


class FactsBar(FlowBox):
    """Signals: ``plan_chosen`` the id of another plan."""

    plan_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=12, row_gap=8)
        self._ids: list[str] = []
        self.plans = QuietComboBox("計画を選ぶ")
        self.plans.setMinimumContentsLength(_PLAN_LETTERS)
        self.plans.activated.connect(lambda at: self.plan_chosen.emit(self._ids[at]))
        self.unconfirmed = Chip("△ 未確定の報告を含む", "warning")
        self.fixed = Chip()
        for widget in (self.plans, self.unconfirmed, self.fixed):
            self.add(widget)

    def show_facts(self, shown: Shown) -> None:
        """Show the facts of a version; the bar goes away where there is none to tell."""
        self._show_plans(shown.plans, shown.plan)
        compilation = shown.compilation
        partly = compilation is not None and compilation.include_unconfirmed
        self.unconfirmed.setVisible(partly)
        old = compilation is not None and not shown.is_newest()
        fixed = ("前の版（読むだけ）", "warning") if old else ("✓ 検証済み（読むだけ）", "saved")
        self.fixed.set_chip(*fixed)
        closed = compilation is not None and not shown.open_
        self.fixed.setVisible(closed)
        self.setVisible(partly or closed or len(shown.plans) > 1)

    def _show_plans(self, plans: Sequence[Plan], plan: Plan) -> None:
        self._ids = [one.id for one in plans]
        names = [one.nickname or one.name for one in plans]
        if [self.plans.itemText(at) for at in range(self.plans.count())] != names:
            self.plans.clear()
            self.plans.addItems(names)
        self.plans.setCurrentIndex(self._ids.index(plan.id))
        self.plans.setVisible(len(plans) > 1)
