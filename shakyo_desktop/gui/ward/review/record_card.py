"""One record of a report: its fields in rows, with a heading that says which column is what."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.review.field_lines import FieldLine
from shakyo_desktop.gui.ward.review.field_row import FieldRow, heading_row, problem_line, separator
from shakyo_desktop.gui.ward.review.report_pages import comments_at
from shakyo_desktop.gui.ward.review.request_draft import Place
from shakyo_desktop.gui.ward.review.request_editor import RequestEditor
from shakyo_desktop.gui.ward.review.request_note import RequestNote

WHOLE = "この記録全体"


class RecordCard(Card):
    """Signals: ``ask`` place, words for it, words to begin with; ``change`` a request."""

    ask = Signal(object, str, str)
    change = Signal(object)

    def __init__(
        self,
        title: str,
        place: tuple[str, str],
        lines: Sequence[FieldLine],
        requests: Sequence[CorrectionRequest],
        *,
        open_: bool,
        is_new: bool = False,
    ) -> None:
        super().__init__(title)
        self.place: Place = (*place, "")
        self._open = open_
        self.rows: dict[str, FieldRow] = {}
        self._requests = comments_at(requests)
        if is_new:
            self.add(plain_label("この版で加わった記録です。", "soft"))
        titles = ["この版"]
        titles += ["前の版"] if any(line.before is not None for line in lines) else []
        titles += ["前年度"] if any(line.last_year is not None for line in lines) else []
        if lines:
            self.add(heading_row(titles, open_=open_))
        self.body.setSpacing(4)
        for line in lines:
            self._add_line(line)
        self._add_whole()

    def add_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems that belong to no field that is shown."""
        for problem in problems:
            self.add(problem_line(problem, self._ask_whole if self._open else None))

    def open_editor(self, editor: RequestEditor) -> bool:
        """Show the editor at its place; False when the place is not on this card."""
        if editor.draft.place[:2] != self.place[:2]:
            return False
        row = self.rows.get(editor.draft.place[2])
        if row is not None:
            row.open_editor(editor)
        else:
            for note in self.findChildren(RequestNote):
                note.setVisible(note.request.id != editor.draft.comment_id)
            self.add(editor)
        return True

    def _add_line(self, line: FieldLine) -> None:
        self.add(separator())
        key = (line.table, line.record_id, line.field)
        row = FieldRow(line, self._requests.get(key, ()), open_=self._open)
        row.ask.connect(self.ask)
        row.change.connect(self.change)
        self.rows[line.field] = row
        self.add(row)

    def _add_whole(self) -> None:
        self.add(separator())
        for key, found in self._requests.items():
            if key[:2] == self.place[:2] and key[2] not in self.rows:
                for request in found:
                    note = RequestNote(request, changeable=self._open)
                    note.change_requested.connect(self.change)
                    self.add(note)
        self.ask_button = LinkButton("この記録についてお願いを書く")
        self.ask_button.clicked.connect(lambda: self._ask_whole(""))
        self.body.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.ask_button.setVisible(self._open)

    def _ask_whole(self, words: str) -> None:
        self.ask.emit(self.place, WHOLE, words)
