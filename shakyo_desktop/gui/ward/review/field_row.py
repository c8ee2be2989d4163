"""One field of a report beside what it said before; problems and requests stand under it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from shakyo_desktop.domain.problems import Level, Problem
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.theme import colours, size
from shakyo_desktop.gui.ward.review.field_lines import FieldLine
from shakyo_desktop.gui.ward.review.request_draft import Place
from shakyo_desktop.gui.ward.review.request_editor import RequestEditor
from shakyo_desktop.gui.ward.review.request_note import RequestNote

LABEL_WIDTH = 144
ASK_WIDTH = 76
_BLANK = "（空欄）"
_TOP = Qt.AlignmentFlag.AlignTop


class FieldRow(QWidget):
    """Signals: ``ask`` the place (table, record, field), its words and words to begin with."""

    ask = Signal(object, str, str)
    change = Signal(object)

    def __init__(self, line: FieldLine, requests: Sequence[CorrectionRequest], *, open_: bool) -> None:
        super().__init__()
        self.line = line
        self.place: Place = (line.table, line.record_id, line.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        name = plain_label(line.label, "strong")
        name.setFixedWidth(size(LABEL_WIDTH))
        name.setContentsMargins(0, 6, 0, 6)
        row.addWidget(name, 0, _TOP)
        row.addLayout(_cell(line.now, changed=line.changed), 1)
        for other in (line.before, line.last_year):
            if other is not None:
                row.addLayout(_cell(other, quiet=True), 1)
        self.ask_button = self._make_button()
        row.addWidget(self.ask_button, 0, _TOP)
        column.addLayout(row)
        self.ask_button.setVisible(open_)
        for problem in line.problems:
            column.addWidget(problem_line(problem, self._ask if open_ else None))
        self._under = column
        for request in requests:
            self._add_note(request, open_)

    def open_editor(self, editor: RequestEditor) -> None:
        """Show the editor under the row, in place of the note of the request it changes."""
        for note in self.findChildren(RequestNote):
            if note.request.id == editor.draft.comment_id:
                note.hide()
        self._under.addWidget(editor)

    def _make_button(self) -> LinkButton:
        button = LinkButton("お願い")
        button.setFixedWidth(size(ASK_WIDTH))
        button.setAccessibleName(f"{self.line.label} 確認のお願いを書く")
        button.setToolTip("確認のお願いを書く")
        button.clicked.connect(lambda: self._ask(""))
        return button

    def _ask(self, words: str) -> None:
        self.ask.emit(self.place, self.line.label, words)

    def _add_note(self, request: CorrectionRequest, open_: bool) -> None:
        note = RequestNote(request, changeable=open_)
        note.change_requested.connect(self.change)
        self._under.addWidget(note)


def separator() -> QFrame:
    """A thin line between fields."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.NoFrame)
    line.setStyleSheet(f"background: {colours().page};")
    line.setFixedHeight(2)
    return line


def heading_row(titles: Sequence[str], *, open_: bool) -> QWidget:
    """The words over the columns, aligned with `FieldRow`."""
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    space = QLabel()
    space.setFixedWidth(size(LABEL_WIDTH))
    row.addWidget(space)
    for title in titles:
        row.addWidget(_even(plain_label(title, "small")), 1)
    if open_:
        row.addSpacing(size(ASK_WIDTH) + row.spacing())
    return head


def problem_line(problem: Problem, ask: object = None) -> QWidget:
    """What a check found, with one click to make it a request."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    words = f"⚠ {problem.message}"
    if problem.reason:
        words += f"　地区の説明「{problem.reason}」"
    row.addWidget(plain_label(words, "problem" if problem.level is Level.HARD else "soft"), 1)
    if callable(ask):
        button = LinkButton("この点をお願いする")
        button.setAccessibleName(f"{problem.message} この点をお願いする")
        button.clicked.connect(lambda: ask(problem.message))
        row.addWidget(button, 0, _TOP)
    return line


def _cell(text: str, *, changed: bool = False, quiet: bool = False) -> QVBoxLayout:
    cell = QVBoxLayout()
    cell.setContentsMargins(0, 6, 0, 6)
    cell.setSpacing(4)
    if changed:
        cell.addWidget(Chip("変わりました", "warning"), 0, Qt.AlignmentFlag.AlignLeft)
    label = plain_label(text or _BLANK, "small" if quiet or not text else "")
    cell.addWidget(_even(label), 0, _TOP)
    cell.addStretch(1)
    return cell


def _even(label: QLabel) -> QLabel:
    """Let the column's share decide the width, not the text."""
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)
    return label
