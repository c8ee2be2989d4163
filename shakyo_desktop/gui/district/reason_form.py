"""The reasons that answer soft problems, written right where the problem is shown."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.fields import REASON_LENGTH
from shakyo_desktop.domain.problems import Level, Problem
from shakyo_desktop.gui.shared.fields import Form, TextField

_ASK = "このままでよいときは、その理由"
_DONE = "✓ このままでよい理由"


def takes_reason(problem: Problem) -> bool:
    """Return whether a problem is answered by a reason and not only by putting it right."""
    return problem.level is Level.SOFT and problem.asks_reason


class ReasonForm(Form):
    """One line for every soft problem of a field; what was answered stays there and can be changed."""

    def __init__(
        self, key: object, about: str, problems: Sequence[Problem], parent: QWidget | None = None
    ) -> None:
        """``about`` is the field's label, for a screen reader."""
        super().__init__(parent)
        self.names = names_of(problems)
        for name in self.names:
            field = TextField(name, _ASK, length=REASON_LENGTH, label_place="above")
            field.input().setAccessibleName(f"{about} {_ASK}")
            field.label.setWordWrap(True)  # also under a field that shares its row
            self.add(field)
        self.show_record(key, {_name(one): one.reason for one in problems})
        self.show_problems(problems)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show the newest state of the same problems."""
        for problem in problems:
            field = self.field(_name(problem))
            field.refresh_value(problem.reason)
            field.label.setText(_DONE if problem.answered else _ASK)
            field.set_note(problem.message if problem.answered or len(self.names) > 1 else "")


def names_of(problems: Sequence[Problem]) -> tuple[str, ...]:
    """Return the names of the fields that answer these problems."""
    return tuple(dict.fromkeys(_name(problem) for problem in problems))


def _name(problem: Problem) -> str:
    return f"reasons.{problem.reason_key}"
