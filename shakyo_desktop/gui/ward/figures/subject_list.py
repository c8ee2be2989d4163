"""What can be looked at: the whole ward, its 施策の方向性, items and districts, as one list."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.figures.matrix_model import short_name
from shakyo_desktop.services.figure_charts import DIRECTION, DISTRICT, ITEM, WARD, Subject
from shakyo_desktop.services.statistics import Statistics

_MOVES = QAbstractItemView.CursorAction
_UPWARDS = (_MOVES.MoveUp, _MOVES.MovePageUp, _MOVES.MovePrevious)


class SubjectList(RowList):
    """The keys of its rows are subjects."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((Column(""),), "見るもの", parent=parent)

    def show_subjects(self, stats: Statistics) -> None:
        """Offer what a plan and a roster have; the chosen one stays chosen."""
        plan = stats.plan
        rows = [_row(Subject(WARD), "区全体"), _section("施策の方向性")]
        rows += [
            _row(Subject(DIRECTION, str(one.number)), f"{one.number} {one.name}") for one in plan.directions
        ]
        rows.append(_section("取組項目"))
        rows += [_row(Subject(ITEM, str(one.number)), f"{one.number} {one.name}") for one in plan.items]
        rows.append(_section("地区部会"))
        rows += [_row(Subject(DISTRICT, one.org), short_name(one.name), one.name) for one in stats.sources]
        self.set_rows(rows)
        if self.selected_key() is None:
            self.select_key(Subject(WARD), silent=True)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Step over the headings: the first and the last row are none. Home and End go to these."""
        if action in (_MOVES.MoveHome, _MOVES.MoveEnd):
            return self.model().index(0 if action == _MOVES.MoveHome else len(self.rows()) - 1, 0)
        index = super().moveCursor(action, modifiers)
        step = -1 if action in _UPWARDS else 1
        while index.isValid() and self.rows()[index.row()].section:
            index = index.siblingAtRow(index.row() + step)
        return index if index.isValid() else self.currentIndex()

    def subject(self) -> Subject:
        """Return what is chosen, the whole ward before anything is."""
        key = self.selected_key()
        return key if isinstance(key, Subject) else Subject(WARD)


def _row(subject: Subject, words: str, spoken: str = "") -> Row:
    return Row(subject, (words,), spoken=spoken)


def _section(words: str) -> Row:
    return Row(words, (words,), section=True)
