"""計画: the list of plans, and behind it one plan to change or its versions."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from shakyo_desktop.domain.plan import Plan, PlanVersion
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page, Screen
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.plan_editor_page import PlanEditorPage
from shakyo_desktop.gui.ward.settings.plan_versions_page import PlanVersionsPage
from shakyo_desktop.gui.ward.settings.plans_page import PlansPage
from shakyo_desktop.services.plan_editing import PlanDesk


class PlansArea(Screen):
    """Only one page is seen at a time; the list is where every way leads back to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.plans = PlansPage(desk)
        self.editor = PlanEditorPage(desk)
        self.versions = PlanVersionsPage(desk)
        self._stack = QStackedWidget()
        for page in (self.plans, self.editor, self.versions):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.plans.edit_requested.connect(self._edit)
        self.plans.new_requested.connect(self._begin)
        self.plans.versions_requested.connect(self._show_versions)
        self.editor.left.connect(self._show_list)
        self.versions.left.connect(self._show_list)
        self.versions.draft_made.connect(self._edit)

    def enter(self) -> None:
        """Read the plans again; a plan that is being changed stays open."""
        if self._stack.currentWidget() is self.plans:
            self.plans.enter()

    def page(self) -> Page:
        """The page that is seen."""
        current = self._stack.currentWidget()
        return current if isinstance(current, Page) else self.plans

    def focus_first(self) -> None:
        """The page that is seen takes the keyboard."""
        self.page().focus_first()

    def _show_list(self, message: str = "") -> None:
        self._stack.setCurrentWidget(self.plans)
        self.plans.messages.clear()
        self.plans.reload()
        if message:
            self.plans.messages.show_message("saved", message)
        self.plans.list.setFocus()

    def _begin(self) -> None:
        editing = self._desk.services.plan_editing
        self._run(lambda: editing.open(editing.begin().plan.id), self._show_editor)

    def _edit(self, plan_id: str) -> None:
        editing = self._desk.services.plan_editing
        self._run(lambda: editing.open(plan_id), self._show_editor)

    def _show_editor(self, found: PlanDesk) -> None:
        self._stack.setCurrentWidget(self.editor)
        self.editor.show_plan(found)

    def _show_versions(self, plan_id: str) -> None:
        services = self._desk.services

        def work() -> tuple[Plan, tuple[PlanVersion, ...]]:
            return services.plans.plan(plan_id), services.plan_editing.versions(plan_id)

        def done(found: tuple[Plan, tuple[PlanVersion, ...]]) -> None:
            self._stack.setCurrentWidget(self.versions)
            self.versions.show_versions(*found)

        self._run(work, done)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._desk.worker.run(work, done, lambda error: present(error, self.page().messages), self)
