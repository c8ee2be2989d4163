"""Open points of a year: what is wrong, a way to its field, and a place for a reason."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.checks import Level, Problem
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.fields import TextField
from shakyo_desktop.gui.shared.labels import Chip, plain_label

_TOP = Qt.AlignmentFlag.AlignTop
_REASON_LENGTH = 200

ItemName = Callable[[Problem], str]


class ProblemRow(QFrame):
    """One open point.

    Signals:
        open_requested: the problem whose field is to be opened.
        answered: the problem and the reason that was typed for it.
    """

    open_requested = Signal(object)
    answered = Signal(object, str)

    def __init__(self, problem: Problem, item_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = problem
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(12)
        self._chip = Chip("", "plain")
        line.addWidget(self._chip, 0, _TOP)
        line.addWidget(plain_label(f"{problem_place(problem, item_name)}\n{problem.message}"), 1)
        self.open_button = SecondaryButton("この欄を開く", icon_name="chevron-right")
        self.open_button.setAccessibleName(f"この欄を開く {item_name} {problem.message}")
        self.open_button.clicked.connect(lambda: self.open_requested.emit(self.problem))
        line.addWidget(self.open_button, 0, _TOP)
        column.addLayout(line)
        self.reason: TextField | None = None
        if problem.level is Level.SOFT and problem.asks_reason:
            self.reason = TextField(
                "reason", "このままでよい理由", length=_REASON_LENGTH, hint="例 調査の年ではないため"
            )
            self.reason.set_value(problem.reason)
            self.reason.changed.connect(self._answered)
            column.addWidget(self.reason)
        self.show_problem(problem)

    def show_problem(self, problem: Problem) -> None:
        """Show the same point as it is now; a reason that is being typed stays."""
        self.problem = problem
        if problem.level is Level.HARD:
            self._chip.set_chip("⚠ 直す", "problem")
        elif problem.answered:
            self._chip.set_chip("✓ 理由あり", "saved")
        else:
            self._chip.set_chip("？ 理由を書く", "warning")
        if self.reason is not None:
            self.reason.refresh_value(problem.reason)

    def _answered(self, _name: str, value: object, _unread: str) -> None:
        self.answered.emit(self.problem, str(value or ""))


def problem_place(problem: Problem, item_name: str) -> str:
    """Return item and field in words."""
    table = problem.ref.table if problem.ref is not None else "item_statuses"
    label = field_label(table, problem.field) if problem.field else ""
    return "　".join(part for part in (item_name, label) if part)


def problem_key(problem: Problem) -> tuple[object, ...]:
    """Return what makes a point the same one after the year was read again."""
    return problem.ref, problem.plan_id, problem.item_number, problem.field, problem.code


class ProblemRows(QWidget):
    """All open points; rows stay the same widgets while their points are open, so that typing goes on."""

    open_requested = Signal(object)
    answered = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[tuple[object, ...], ProblemRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def rows(self) -> list[ProblemRow]:
        """Return the rows in order."""
        return list(self._rows.values())

    def first_open(self) -> ProblemRow | None:
        """Return the first point that still has to be put right or answered."""
        rows = self._rows.values()
        return next((row for row in rows if not (row.problem.answered and row.problem.asks_reason)), None)

    def set_problems(self, problems: tuple[Problem, ...], item_name: ItemName) -> None:
        """Show these points in this order."""
        keys = [problem_key(problem) for problem in problems]
        for key in [key for key in self._rows if key not in keys]:
            row = self._rows.pop(key)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        kept = self._rows
        self._rows = {}
        for at, (key, problem) in enumerate(zip(keys, problems, strict=True)):
            row = kept.get(key) or self._make(problem, item_name(problem))
            row.show_problem(problem)
            self._rows[key] = row
            if self._column.indexOf(row) != at:
                self._column.insertWidget(at, row)
        self.setVisible(bool(self._rows))

    def _make(self, problem: Problem, item_name: str) -> ProblemRow:
        row = ProblemRow(problem, item_name)
        row.open_requested.connect(self.open_requested)
        row.answered.connect(self.answered)
        return row
