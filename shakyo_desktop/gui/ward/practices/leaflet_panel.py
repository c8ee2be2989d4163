"""The sheet for the notice board: one or two of the chosen stories."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import MessageBar
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.practice_rows import PracticeKey, PracticeRow

_NONE = "（1つだけ載せる）"


class LeafletPanel(QWidget):
    """Two lists of the chosen stories over the page they make."""

    def __init__(self, desk: Desk, messages: MessageBar) -> None:
        super().__init__()
        self._desk = desk
        self._messages = messages
        self.first = QuietComboBox("載せる事例")
        self.second = QuietComboBox("もう1つ載せる事例")
        self.panel = DocumentPanel("広報", desk.worker, desk.printer, messages)
        row = QHBoxLayout()
        row.setSpacing(12)
        for words, box in (("載せる事例", self.first), ("もう1つ", self.second)):
            row.addWidget(plain_label(words, wrap=False))
            row.addWidget(box, 1)
            box.activated.connect(lambda _index: self._make())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.panel, 1)

    def open(self, rows: Sequence[PracticeRow], first: PracticeKey) -> None:
        """Offer these stories and make the page of one of them."""
        self.first.clear()
        self.second.clear()
        self.second.addItem(_NONE, None)
        for row in rows:
            words = f"{row.wording.title}（{row.org_name}）"
            self.first.addItem(words, row.key)
            self.second.addItem(words, row.key)
        self.first.setCurrentIndex([row.key for row in rows].index(first))
        self._make()

    def _make(self) -> None:
        self._messages.clear()
        chosen = [self.first.currentData(), self.second.currentData()]
        keys = list(dict.fromkeys(tuple(key) for key in chosen if key is not None))
        self.panel.show_document(self._document(keys), "広報-成果事例.pdf")

    def _document(self, keys: Sequence[PracticeKey]) -> Callable[[], bytes]:
        sharing = self._desk.services.sharing
        return lambda: sharing.leaflet(keys)
