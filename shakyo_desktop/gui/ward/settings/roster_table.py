"""What a table of districts would change, row by row, before anything is stored."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.services.roster import RosterPreview
from shakyo_desktop.services.roster_list import RosterAction, RosterChange

_COLUMNS = (Column("", 136), Column("場所", 92), Column("地区部会", 280), Column("内容"))
_MARKS = {
    RosterAction.NEW: Mark("＋", "新しい", "#0017c1", "#e8f1fe"),
    RosterAction.CHANGED: Mark("○", "変わる", "#6e5600", "#fbf5e0"),
    RosterAction.SAME: Mark("＝", "同じ", "#1a1a1a", "#ffffff"),
    RosterAction.PROBLEM: Mark("×", "直す", "#ce0000", "#ffffff"),
}


class RosterTable(QWidget):
    """Rows to put right come first."""

    def __init__(self) -> None:
        super().__init__()
        self.preview: RosterPreview | None = None
        self.summary = plain_label("", "strong")
        self.list = RowList(_COLUMNS, "表の内容", row_height=60)
        self.list.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)

    def show_preview(self, preview: RosterPreview) -> None:
        """Show a table that was judged."""
        self.preview = preview
        counts = {action: sum(1 for row in preview.rows if row.action is action) for action in RosterAction}
        parts = [f"{_MARKS[action].words} {count}件" for action, count in counts.items() if count]
        end = "表を直してから、もう一度選んでください。" if preview.problems else "まだ何も変わっていません。"
        self.summary.setText(f"{preview.file_name}　{'　'.join(parts)}\n{end}")
        order = sorted(preview.rows, key=lambda row: row.action is not RosterAction.PROBLEM)
        self.list.set_rows([_row(at, row) for at, row in enumerate(order)])


def _row(at: int, row: RosterChange) -> Row:
    name = row.organisation.name if row.organisation else ""
    tone = "problem" if row.action is RosterAction.PROBLEM else "plain"
    return Row(at, (_MARKS[row.action], row.address, name, row.message), tone=tone)
