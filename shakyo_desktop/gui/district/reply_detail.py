"""One answer of the office: its result, its requests with a way to each field, its receipt."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.codes import ReplyResult
from shakyo_desktop.domain.dates import era_date, era_timestamp
from shakyo_desktop.domain.submission import CorrectionRequest, Reply
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields.choices import Check
from shakyo_desktop.gui.shared.labels import Chip, plain_label

_TONES = {
    ReplyResult.ACCEPTED: "saved",
    ReplyResult.ACCEPTED_WITH_REQUESTS: "saved",
    ReplyResult.RETURNED: "warning",
}
_NEXT = {
    ReplyResult.ACCEPTED: "この報告は確定しました。何もする必要はありません。",
    ReplyResult.ACCEPTED_WITH_REQUESTS: (
        "この報告は確定しました。下のお願いは、次の報告のときに直してください。"
    ),
    ReplyResult.RETURNED: (
        "下のお願いの欄を1つずつ開いて直し、「事務所へ提出」からもう一度提出してください。"
    ),
}

RecordName = Callable[[CorrectionRequest], str]


class RequestRow(QFrame):
    """Signals: `open_requested` with the request, `done_changed` with the request and the tick."""

    open_requested = Signal(object)
    done_changed = Signal(object, bool)

    def __init__(
        self, request: CorrectionRequest, where: str, *, first: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.request = request
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        due = f"　{era_date(request.due)} までに" if request.due else ""
        column.addWidget(plain_label(f"{where}{due}", "small"))
        column.addWidget(plain_label(request.text))
        line = QHBoxLayout()
        line.setSpacing(12)
        self.done = Check("直しました")
        self.done.setChecked(request.done)
        self.done.setAccessibleName(f"直しました {where} {request.text}")
        self.done.toggled.connect(lambda on: self.done_changed.emit(self.request, on))
        if request.table != "report":
            kind = PrimaryButton if first and not request.done else SecondaryButton
            self.open_button = kind("この欄を開く", icon_name="chevron-right")
            self.open_button.setAccessibleName(f"この欄を開く {where} {request.text}")
            self.open_button.clicked.connect(lambda: self.open_requested.emit(self.request))
            line.addWidget(self.open_button)
        line.addWidget(self.done)
        line.addStretch(1)
        column.addLayout(line)


class ReplyDetail(QWidget):
    """Signals: `request_opened`, `done_changed`, `receipt_requested` with the reply."""

    request_opened = Signal(object)
    done_changed = Signal(object, bool)
    receipt_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reply: Reply | None = None
        self.rows: list[RequestRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._head = Card()
        self._result = Chip("", "plain")
        self._facts = plain_label("")
        self._next = plain_label("", "strong")
        self.receipt_button = SecondaryButton("受領証を見る・印刷する", "P", "printer")
        self.receipt_button.clicked.connect(lambda: self.receipt_requested.emit(self._reply))
        for widget in (self._result, self._facts, self._next, self.receipt_button):
            self._head.add(widget)
        self._requests = Card("確認のお願い")
        column.addWidget(self._head)
        column.addWidget(self._requests)
        column.addStretch(1)

    def show_reply(self, reply: Reply, office_name: str, revision: int, where: RecordName) -> None:
        """Show one answer; ``where`` names the record and field of a request."""
        self._reply = reply
        self._result.set_chip(reply.result.label, _TONES.get(reply.result, "plain"))
        self._facts.setText(
            f"{office_name}　受付番号 {reply.receipt_no}　第{revision}版\n"
            f"受け取り {era_timestamp(reply.received_at)}　返事 {era_timestamp(reply.created_at)}"
        )
        self._next.setText(_NEXT.get(reply.result, ""))
        for row in self.rows:
            row.hide()
            row.deleteLater()
        open_first = next((one.id for one in reply.requests if not one.done), "")
        self.rows = [
            self._row(request, where(request), request.id == open_first) for request in reply.requests
        ]
        for row in self.rows:
            self._requests.add(row)
        self._requests.setVisible(bool(self.rows))

    def _row(self, request: CorrectionRequest, where: str, first: bool) -> RequestRow:
        row = RequestRow(request, where, first=first)
        row.open_requested.connect(self.request_opened)
        row.done_changed.connect(self.done_changed)
        return row
