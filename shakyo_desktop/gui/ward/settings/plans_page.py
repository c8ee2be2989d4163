"""計画: the catalogues that districts report on, and taking in another from a table."""

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.plan_table import PlanTable
from shakyo_desktop.gui.ward.settings.plan_tree import PlanTree
from shakyo_desktop.gui.ward.settings.saving import save_table
from shakyo_desktop.services.plans import PlanPreview

_COLUMNS = (Column("計画"), Column("期間", 290), Column("項目", 88, "right"))
_TABLES = "計画の表 (*.xlsx *.toml)"


class PlansPage(Page):
    """A plan in use can change; an item with records cannot leave it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("計画と取組項目", scrolling=False)
        self._desk = desk
        self._plans: dict[str, Plan] = {}
        self.list = RowList(_COLUMNS, "計画の一覧")
        self.list.set_empty_text("まだ計画がありません。「表から取り込む」で始めてください。")
        self.list.show_all_rows()
        self.list.row_selected.connect(self._choose)
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
        self._desk.worker.run(self._desk.services.plans.plans, self._show, self._failed, self)

    def preview(self, path: Path) -> None:
        """Show what a table would change."""
        plans = self._desk.services.plans
        self._desk.worker.run(lambda: plans.preview(path), self._show_preview, self._failed, self)

    def _make_reading(self) -> QWidget:
        reading = QWidget()
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.list)
        self.about = plain_label("", "small")
        column.addWidget(self.about)
        column.addWidget(self.tree, 1)
        return reading

    def _make_buttons(self) -> None:
        self.template_button = SecondaryButton("選んだ計画の表を保存する", "T", "download")
        self.template_button.clicked.connect(self._save_template)
        self.table_button = PrimaryButton("表から取り込む", "X", "table-2")
        self.table_button.clicked.connect(self._choose_table)
        self.leave_button = SecondaryButton("取り込まない")
        self.leave_button.clicked.connect(self._leave_table)
        self.take_button = PrimaryButton("この内容で取り込む", "T")
        self.take_button.clicked.connect(self._take_in)
        self.bar.add_left(self.template_button)
        for button in (self.table_button, self.leave_button, self.take_button):
            self.bar.add_right(button)
        self._show_buttons()

    def _show_buttons(self) -> None:
        previewing = self._stack.currentWidget() is self.table
        self.template_button.setVisible(not previewing)
        self.table_button.setVisible(not previewing)
        self.leave_button.setVisible(previewing)
        self.take_button.setVisible(previewing)

    def _show(self, plans: tuple[Plan, ...]) -> None:
        self._plans = {plan.id: plan for plan in plans}
        self.list.set_rows([_row(plan) for plan in plans])
        if self.list.selected_key() is None and plans:
            self.list.select_key(plans[0].id, silent=True)
        self._choose(self.list.selected_key())

    def _choose(self, key: object) -> None:
        plan = self._plans.get(str(key))
        if plan is not None:
            parts = (plan.nickname, plan.philosophy, plan.slogan)
            self.about.setText("　".join(part for part in parts if part))
            self.about.setVisible(any(parts))
            self.tree.show_plan(plan)

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
        key = self.list.selected_key()
        plans = self._desk.services.plans
        then = "書き直してから「表から取り込む」で選んでください。"
        plan_id = str(key) if key is not None else None
        save_table(self, self._desk, lambda: plans.template(plan_id), "計画.xlsx", then)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)


def _row(plan: Plan) -> Row:
    span = f"{fiscal_year_name(plan.first_fiscal_year)}から{fiscal_year_name(plan.last_fiscal_year)}"
    return Row(plan.id, (plan.name, span, f"{len(plan.items)}項目"))
