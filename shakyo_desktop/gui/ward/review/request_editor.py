"""Writing one 確認のお願い: kept while it is typed, like everything else."""

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import LinkButton, PrimaryButton
from shakyo_desktop.gui.shared.fields import DateField, MultilineField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.review.request_draft import RequestDraft

LENGTH = 1000
_KEPT = "✓ 書き留めました。返事を作るときに、いっしょに届きます。"


class RequestEditor(QWidget):
    """One request at one place.

    Signals:
        written: the draft, when its text or date changed.
        removed: the request is not wanted any more.
        closed: the person is done.
        placed: it has its place and size on the page now.
    """

    written = Signal(object)
    removed = Signal()
    closed = Signal()
    placed = Signal()

    def __init__(self, draft: RequestDraft, where: str, fiscal_year: int) -> None:
        super().__init__()
        self.draft = draft
        self.text = MultilineField(
            "request_text", f"確認のお願い（{where}）", length=LENGTH, height=88, label_place="above"
        )
        self.due = DateField("request_due", "いつまでに", fiscal_year=fiscal_year, label_place="inline")
        self.text.set_value(draft.words)
        self.due.set_value(draft.due)
        self.text.changed.connect(lambda *_: self._write())
        self.due.changed.connect(lambda *_: self._write())
        self.state = plain_label(_KEPT if draft.comment_id else "書くと、自動で書き留めます。", "small")
        self.close_button = PrimaryButton("書き終わる")
        self.close_button.clicked.connect(self._close)
        self.remove_button = LinkButton("このお願いを消す")
        self.remove_button.clicked.connect(self.removed)
        row = FlowBox()
        for widget in (self.due, self.close_button, self.remove_button):
            row.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.text, row, self.state):
            column.addWidget(part)

    def put(self, words: str) -> None:
        """Write these words as if typed: a problem that a check found, in one click."""
        self.text.put_value(words)

    def show_kept(self) -> None:
        """The store has it."""
        self.state.setText(_KEPT)

    def focus_input(self) -> None:
        """Begin to write."""
        self.text.focus_input()

    def commit(self) -> None:
        """Hand over what is typed."""
        self.text.commit()
        self.due.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say so when the page has made room."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.placed.emit)

    def _write(self) -> None:
        due = self.due.value()
        self.draft.words = str(self.text.value() or "").strip()
        self.draft.due = due if isinstance(due, date) else None
        self.written.emit(self.draft)

    def _close(self) -> None:
        self.commit()
        self.closed.emit()
