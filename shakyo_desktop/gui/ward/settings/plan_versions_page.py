"""これまでの版: every version of a plan that was saved, what it changed, and its catalogue."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.plan import Plan, PlanDraft, PlanVersion
from shakyo_desktop.domain.plan_changes import PlanChange
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.change_list import ChangeList
from shakyo_desktop.gui.ward.settings.plan_tree import PlanTree

_COLUMNS = (Column("版", 80, "right"), Column("保存した日時", 330), Column("保存した人"))
_VIEWS = [Choice("changes", "前の版から変わったところ"), Choice("items", "この版の取組項目")]


class PlanVersionsPage(Page):
    """Nothing is ever overwritten; an old version can become the draft of a new one.

    Signals:
        left: back to the plans.
        draft_made: an old version became the draft of this plan's id.
    """

    left = Signal()
    draft_made = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("これまでの版", scrolling=False)
        self._desk = desk
        self._plan_id = ""
        self.list = RowList(_COLUMNS, "版の一覧")
        self.list.row_selected.connect(self._choose)
        self.view = ChoiceField("view", "", _VIEWS, numbered=False)
        self.view.name_group("見るもの")
        self.view.set_value("changes")
        self.view.changed.connect(lambda *_change: self._show_view())
        self.changes = ChangeList()
        self.tree = PlanTree()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.changes)
        self._stack.addWidget(self.tree)
        self.add(self.list, 2)
        self.add(self.view)
        self.add(self._stack, 3)
        self.back_button = SecondaryButton("一覧に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self.left)
        self.draft_button = SecondaryButton("この版をもとに直す", "E", "pencil")
        self.draft_button.clicked.connect(self._bring_back)
        self.bar.add_left(self.back_button)
        self.bar.add_right(self.draft_button)

    def show_versions(self, plan: Plan, versions: tuple[PlanVersion, ...]) -> None:
        """Show the versions of a plan, the newest chosen."""
        self.messages.clear()
        self._plan_id = plan.id
        self.set_title(f"{plan.name}のこれまでの版")
        self.set_title_note(f"{len(versions)}版")
        self.list.set_rows([_row(one) for one in versions])
        self.list.select_key(versions[0].version, silent=True)
        self._choose(versions[0].version)
        self.list.setFocus()

    def _choose(self, key: object) -> None:
        if isinstance(key, int):
            editing, plan_id = self._desk.services.plan_editing, self._plan_id
            self._run(lambda: editing.version(plan_id, key), self._show)

    def _show(self, found: tuple[Plan, tuple[PlanChange, ...]]) -> None:
        plan, changes = found
        first = self.list.selected_key() == min((row.key for row in self.list.rows()), default=None)  # type: ignore[type-var]
        nothing = "はじめに保存された版です。" if first else "前の版と同じです。"
        self.changes.show_changes(changes, nothing)
        self.tree.show_plan(plan)
        self._show_view()

    def _show_view(self) -> None:
        self._stack.setCurrentWidget(self.tree if self.view.value() == "items" else self.changes)

    def _bring_back(self) -> None:
        key = self.list.selected_key()
        if isinstance(key, int):
            editing, plan_id = self._desk.services.plan_editing, self._plan_id

            def done(draft: PlanDraft) -> None:
                self.draft_made.emit(draft.plan.id)

            self._run(lambda: editing.bring_back(plan_id, key), done)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._desk.worker.run(work, done, lambda error: present(error, self.messages), self)


def _row(version: PlanVersion) -> Row:
    who = version.saved_by or "記録がありません"
    return Row(version.version, (f"{version.version}版", era_timestamp(version.saved_at), who))
