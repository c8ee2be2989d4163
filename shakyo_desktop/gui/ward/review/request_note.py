"""A 確認のお願い as it was written, at its place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role


class RequestNote(QFrame):
    """Signal ``change_requested`` carries the request that the person wants to change."""

    change_requested = Signal(object)

    def __init__(self, request: CorrectionRequest, *, changeable: bool, where: str = "") -> None:
        super().__init__()
        self.request = request
        set_role(self, "message-warning")
        due = f"　（{era_date(request.due)}まで）" if request.due else ""
        place = f"{where}：" if where else ""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(plain_label(f"確認のお願い　{place}{request.text}{due}"), 1)
        self.change_button = LinkButton("直す")
        self.change_button.setAccessibleName(f"確認のお願い「{request.text[:20]}」を直す")
        self.change_button.clicked.connect(lambda: self.change_requested.emit(request))
        row.addWidget(self.change_button)
        self.change_button.setVisible(changeable)
