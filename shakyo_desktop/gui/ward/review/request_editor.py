"""Writing one 確認のお願い: kept while it is typed, like everything else."""

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.shared.buttons import LinkButton, PrimaryButton
from shakyo_desktop.gui.shared.fields import DateField, MultilineField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label

LENGTH = 1000
Place = tuple[str, str, str]


class RequestEditor(QWidget):
    """One request at one place (table, record, field).

    Signals:
        written: text or date changed; the screen keeps it and calls `kept`.
        removed: the request is not wanted any more.
        closed: the person is done.
        placed: it has its place and size on the page now.
    """

    written = Signal(object)
    removed = Signal(object)
    closed = Signal(object)
    placed = Signal()

    def __init__(
        self, place: Place, where: str, fiscal_year: int, request: CorrectionRequest | None = None
    ) -> None:
        super().__init__()
        self.place = place
        self.comment_id = request.id if request else ""
        self.waits = False
        """Whether the store was asked to keep a new request and has not answered yet."""
        self.again = False
        """Whether something was typed while it was being kept."""
        self.text = MultilineField(
            "request_text", f"確認のお願い（{where}）", length=LENGTH, height=88, label_place="above"
        )
        self.due = DateField("request_due", "いつまでに", fiscal_year=fiscal_year, label_place="inline")
        self.text.set_value(request.text if request else "")
        self.due.set_value(request.due if request else None)
        self.text.changed.connect(lambda *_: self.written.emit(self))
        self.due.changed.connect(lambda *_: self.written.emit(self))
        self.state = plain_label("", "small")
        self.close_button = PrimaryButton("書き終わる")
        self.close_button.clicked.connect(self._close)
        self.remove_button = LinkButton("このお願いを消す")
        self.remove_button.clicked.connect(lambda: self.removed.emit(self))
        row = FlowBox()
        for widget in (self.due, self.close_button, self.remove_button):
            row.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(row)
        column.addWidget(self.state)
        self._say()

    def words(self) -> str:
        """What is written now."""
        return str(self.text.value() or "").strip()

    def due_day(self) -> date | None:
        """The date that is written now."""
        value = self.due.value()
        return value if isinstance(value, date) else None

    def put(self, words: str) -> None:
        """Write these words as if typed: a problem that a check found, in one click."""
        self.text.put_value(words)

    def kept(self, request: CorrectionRequest) -> None:
        """The store has it."""
        self.comment_id = request.id
        self.waits = False
        self._say()

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

    def _close(self) -> None:
        self.commit()
        self.closed.emit(self)

    def _say(self) -> None:
        self.state.setText(
            "✓ 書き留めました。返事を作るときに、いっしょに届きます。"
            if self.comment_id
            else "書くと、自動で書き留めます。"
        )
