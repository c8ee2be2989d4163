"""引継ぎの1: what is still open, each with a button that opens it, before anything is handed over."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.records import ACTIVITIES, PHOTOS, RecordRef
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.open_work import Left, OpenPoint
from shakyo_desktop.services.succession import Handover

_LEAD = (
    "次の担当者に渡す前に、やりかけの仕事を確かめます。終わらせてから渡すと、次の方が楽になります。\n"
    "終わらなくても渡せます。残った仕事は「引継書」に書かれます。"
)
_NOTHING = "✓ やりかけの仕事はありません。"
_WORDS = {
    Left.UNSENT: "事務所へ提出する",
    Left.UNANSWERED: "返事を開く",
    Left.REQUESTS: "お願いを開く",
    Left.DRAFTS: "この欄を開く",
    Left.KEYING: "紙から入力を開く",
    Left.PHOTOS: "活動記録を開く",
}
_SCREENS = {
    Left.UNSENT: "submit",
    Left.UNANSWERED: "replies",
    Left.REQUESTS: "replies",
    Left.KEYING: "keying",
    Left.PHOTOS: "diary",
}


class OpenWorkCard(Card):
    """Signals: `open_requested` with the key of a screen and its target."""

    open_requested = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("残っている仕事")
        self._lead = plain_label(_LEAD)
        self._before = plain_label("", "strong")
        self.add(self._lead)
        self.add(self._before)
        self._rows: list[QWidget] = []
        self.show_handover(None)

    def show_handover(self, made: Handover | None) -> None:
        """Say that a file was made before."""
        words = (
            f"{era_timestamp(made.at)}に引継ぎのファイル（{made.file_name}）を作っています。\n"
            "そのあとに書いたことがあれば、もう一度作ってください。"
            if made
            else ""
        )
        self._before.setText(words)
        self._before.setVisible(bool(words))

    def show_points(self, points: Sequence[OpenPoint], fiscal_year: int) -> None:
        """Show what is open; of another year than the one in the header only in words."""
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(point, fiscal_year) for point in points] or [plain_label(_NOTHING, "strong")]
        for row in self._rows:
            self.add(row)

    def buttons(self) -> list[SecondaryButton]:
        """Return the buttons that open something, in order."""
        return [button for row in self._rows for button in row.findChildren(SecondaryButton)]

    def _row(self, point: OpenPoint, fiscal_year: int) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(plain_label(f"● {point.words}"), 1)
        if point.fiscal_year != fiscal_year:
            line.addWidget(plain_label("上の年度を選びかえると開けます", "secondary", wrap=False))
            return row
        button = SecondaryButton(_WORDS[point.kind], icon_name="chevron-right")
        button.setAccessibleDescription(point.words)
        button.clicked.connect(lambda: self.open_requested.emit(_screen(point), point.ref))
        line.addWidget(button)
        return row


def _screen(point: OpenPoint) -> str:
    if point.ref is None:
        return _SCREENS[point.kind]
    return _screen_of(point.ref)


def _screen_of(ref: RecordRef) -> str:
    return "diary" if ref.table in (ACTIVITIES, PHOTOS) else "items"
