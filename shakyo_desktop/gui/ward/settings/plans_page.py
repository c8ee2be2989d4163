"""計画: the catalogues that districts report on, and taking in another from a table."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.plan import Plan, PlanDraft
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.plan_table import PlanTable
from shakyo_desktop.gui.ward.settings.plan_tree import PlanTree
from shakyo_desktop.gui.ward.settings.saving import save_table
from shakyo_desktop.services.plans import PlanPreview

_COLUMNS = (Column("計画"), Column("期間", 290), Column("項目", 88, "right"), Column("", 110))
_TABLES = "計画の表 (*.xlsx *.csv *.toml)"
_LOW = 400
"""Below this height two lists would show half a row each."""
Found = tuple[tuple[Plan, ...], tuple[PlanDraft, ...]]


class PlansPage(Page):
    """A plan in use can change; an item with records cannot leave it.

    Signals:
        edit_requested: change the plan with this id.
        versions_requested: show the versions of the plan with this id.
        new_requested: begin a new plan.
    """

    edit_requested = Signal(str)
    versions_requested = Signal(str)
    new_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("計画と取組項目", scrolling=False)
        self._desk = desk
        self._plans: dict[str, Plan] = {}
        self._saved: set[str] = set()
        self.list = RowList(_COLUMNS, "計画の一覧")
        self.list.set_empty_text("まだ計画がありません。「表から取り込む」で始めてください。")
        self.list.row_selected.connect(self._choose)
        self.list.row_activated.connect(lambda key: self.edit_requested.emit(str(key)))
        self.tree = PlanTree()
        self.table = PlanTable()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_reading())
        self._stack.addWidget(self.table)
        self.add(self._stack, 1)
        self._make_buttons()

    def enter(self) -> None:
        """Read the plans."""
        self.reload()

    def reload(self) -> None:
        """Show what the store says now."""
        services = self._desk.services

        def work() -> Found:
            return services.plans.plans(), services.plan_editing.drafts()

        self._desk.worker.run(work, self._show, self._failed, self)

    def preview(self, path: Path) -> None:
        """Show what a table would change."""
        plans = self._desk.services.plans
        self._desk.worker.run(lambda: plans.preview(path), self._show_preview, self._failed, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the list of plans has the room; これまでの版 shows their items too."""
        super().resizeEvent(event)
        low = self.height() < size(_LOW)
        self.tree.setVisible(not low)
        self.about.setVisible(not low and bool(self.about.text()))

    def _make_reading(self) -> QWidget:
        reading = QWidget()
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.list, 2)
        self.edit_button = SecondaryButton("選んだ計画を直す", "E", "pencil")
        self.edit_button.clicked.connect(lambda: self._ask(self.edit_requested, drafts=True))
        self.versions_button = SecondaryButton("これまでの版", "V", "clock")
        self.versions_button.clicked.connect(lambda: self._ask(self.versions_requested))
        self.template_button = SecondaryButton("この計画の表を保存する", "T", "download")
        self.template_button.clicked.connect(self._save_template)
        flow = FlowBox()
        for button in (self.edit_button, self.versions_button, self.template_button):
            flow.add(button)
        column.addWidget(flow)
        self.about = plain_label("", "small")
        column.addWidget(self.about)
        column.addWidget(self.tree, 3)
        return reading

    def _make_buttons(self) -> None:
        self.empty_button = SecondaryButton("空のひな形を保存する", "W", "download")
        self.empty_button.clicked.connect(self._save_empty)
        self.table_button = SecondaryButton("表から取り込む", "X", "table-2")
        self.table_button.clicked.connect(self._choose_table)
        self.new_button = PrimaryButton("新しい計画を作る", "A", "plus")
        self.new_button.clicked.connect(self.new_requested)
        self.leave_button = SecondaryButton("取り込まない")
        self.leave_button.clicked.connect(self._leave_table)
        self.take_button = PrimaryButton("この内容で取り込む", "T")
        self.take_button.clicked.connect(self._take_in)
        self.bar.add_left(self.empty_button)
        for button in (self.table_button, self.new_button, self.leave_button, self.take_button):
            self.bar.add_right(button)
        self._show_buttons()

    def _show_buttons(self) -> None:
        previewing = self._stack.currentWidget() is self.table
        for button in (self.empty_button, self.table_button, self.new_button):
            button.setVisible(not previewing)
        for button in (self.leave_button, self.take_button):
            button.setVisible(previewing)

    def _show(self, found: Found) -> None:
        plans, drafts = found
        waiting = {draft.plan.id for draft in drafts}
        self._saved = {plan.id for plan in plans}
        new = [draft.plan for draft in drafts if draft.plan.id not in self._saved]
        self._plans = {plan.id: plan for plan in (*plans, *new)}
        self.set_title_note(f"{len(plans)}つの計画")
        self.list.set_rows([_row(plan, draft=plan.id in waiting) for plan in self._plans.values()])
        if self.list.selected_key() is None and self._plans:
            self.list.select_key(next(iter(self._plans)), silent=True)
        self._choose(self.list.selected_key())

    def _choose(self, key: object) -> None:
        plan = self._plans.get(str(key))
        if plan is not None:
            parts = (plan.nickname, plan.philosophy, plan.slogan)
            self.about.setText("　".join(part for part in parts if part))
            self.about.setVisible(any(parts) and self.height() >= size(_LOW))
            self.tree.show_plan(plan)

    def _ask(self, signal: object, *, drafts: bool = False) -> None:
        key = str(self.list.selected_key())
        if key in self._saved or (drafts and key in self._plans):
            signal.emit(key)  # type: ignore[attr-defined]
        elif key in self._plans:
            text = "この計画はまだ下書きです。「選んだ計画を直す」で開き、版として保存してください。"
            self.messages.show_message("info", text)
        else:
            self.messages.show_message("info", "計画を1つ選んでください。")

    def _choose_table(self) -> None:
        path = choosers.choose_file(self, self.table_button.words(), _TABLES)
        if path is not None:
            self.preview(path)

    def _show_preview(self, preview: PlanPreview) -> None:
        self.messages.clear()
        self.table.show_preview(preview)
        self._stack.setCurrentWidget(self.table)
        self._show_buttons()

    def _leave_table(self) -> None:
        self._stack.setCurrentIndex(0)
        self._show_buttons()
        self.list.setFocus()

    def _take_in(self) -> None:
        preview = self.table.preview
        if preview is None:
            return

        def done(plan: Plan) -> None:
            self._leave_table()
            self.messages.show_message(
                "saved",
                f"{plan.name} を取り込みました。\n"
                "「設定ファイル」で新しい設定ファイルを作って渡してください。",
            )
            self.reload()

        self._desk.worker.run(lambda: self._desk.services.plans.take_in(preview), done, self._failed, self)

    def _save_template(self) -> None:
        key, plans = self.list.selected_key(), self._desk.services.plans
        plan_id = str(key) if key in self._saved else None
        then = "書き直してから「表から取り込む」で選んでください。"
        save_table(self, self._desk, lambda: plans.template(plan_id), "計画.xlsx", then)

    def _save_empty(self) -> None:
        then = "はじめのシート「書き方」を見て書き、「表から取り込む」で選んでください。"
        empty = self._desk.services.plans.empty_template
        save_table(self, self._desk, empty, "計画のひな形.xlsx", then)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)


def _row(plan: Plan, *, draft: bool) -> Row:
    span = f"{fiscal_year_name(plan.first_fiscal_year)}から{fiscal_year_name(plan.last_fiscal_year)}"
    mark = "下書きあり" if draft else ""
    return Row(plan.id, (plan.name or "新しい計画", span, f"{len(plan.items)}項目", mark))
