"""What taking a plan in would do: its items, what changes, or the cells to put right."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.settings.change_list import ChangeList
from shakyo_desktop.gui.ward.settings.plan_tree import PlanTree
from shakyo_desktop.services.plans import PlanPreview

_COLUMNS = (Column("場所", 150), Column("直すところ"))


class PlanTable(QWidget):
    """Nothing is stored yet."""

    def __init__(self) -> None:
        super().__init__()
        self.preview: PlanPreview | None = None
        self.summary = plain_label("", "strong")
        self.problems = RowList(_COLUMNS, "直すところ", row_height=60)
        self.problems.setWordWrap(True)
        self.tree = PlanTree()
        self.changes = ChangeList()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.changes)
        self._stack.addWidget(self.problems)
        self._stack.addWidget(self.tree)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self._stack, 1)

    def show_preview(self, preview: PlanPreview) -> None:
        """Show a plan that was read."""
        self.preview = preview
        self.summary.setText(_summary(preview))
        if preview.plan is None or preview.problems:
            rows = [Row(at, (one.address, one.message)) for at, one in enumerate(preview.problems)]
            self.problems.set_rows(rows)
            self._stack.setCurrentWidget(self.problems)
            self.problems.setFocus()
        elif preview.replaces is not None:
            self.changes.show_changes(preview.changes, "今の計画と同じです。変わるところはありません。")
            self._stack.setCurrentWidget(self.changes)
            self.changes.setFocus()
        else:
            self.tree.show_plan(preview.plan)
            self._stack.setCurrentWidget(self.tree)
            self.tree.setFocus()


def _summary(preview: PlanPreview) -> str:
    if preview.plan is None or preview.problems:
        return (
            f"{preview.file_name}　直すところが{len(preview.problems)}か所あります。\n"
            "まだ何も変わっていません。表を直してから、もう一度選んでください。"
        )
    plan = preview.plan
    what = "新しい計画として加わります"
    if preview.replaces is not None:
        what = f"今の計画と入れかわります（変わるところ {len(preview.changes)}か所。今の版も残ります）"
    lines = [f"{preview.file_name}　{plan.name}　{len(plan.items)}項目　{what}。まだ何も変わっていません。"]
    if preview.removed_items:
        numbers = "、".join(str(number) for number in preview.removed_items)
        lines.append(f"なくなる項目：{numbers}")
    return "\n".join(lines)
