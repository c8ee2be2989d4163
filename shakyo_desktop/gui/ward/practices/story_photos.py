"""The photos of a story that may be shown: each can be left out. Those without consent are only counted."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from shakyo_desktop.domain.records import Photo
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields.choices import Check
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import size

_SMALL = QSize(216, 144)


class StoryPhotos(QWidget):
    """``changed``: the ids of the photos that stay in, in the story's order."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.checks: dict[str, Check] = {}
        self._cards: list[Card] = []
        self._note = plain_label("", "small")
        self._flow = FlowBox()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._note)
        column.addWidget(self._flow)

    def show_photos(
        self, photos: Sequence[tuple[Photo, bytes]], chosen: Sequence[str], without_consent: int
    ) -> None:
        """Show these; what is shown already only follows the choice."""
        self._note.setText(_note(len(photos), without_consent))
        if [photo.id for photo, _ in photos] != list(self.checks):
            self._make(photos)
        for photo_id, check in self.checks.items():
            check.show_checked(photo_id in chosen)

    def _make(self, photos: Sequence[tuple[Photo, bytes]]) -> None:
        for card in self._cards:
            self._flow.remove(card)
            card.deleteLater()
        self._cards, self.checks = [], {}
        for number, (photo, jpeg) in enumerate(photos, start=1):
            card = self._card(number, photo, jpeg)
            self._cards.append(card)
            self._flow.add(card)

    def _card(self, number: int, photo: Photo, jpeg: bytes) -> Card:
        picture = QPixmap()
        picture.loadFromData(jpeg)
        view = QLabel()
        view.setFixedSize(size(_SMALL.width()), size(_SMALL.height()))
        view.setAlignment(Qt.AlignmentFlag.AlignCenter)
        view.setAccessibleName(f"写真{number} {photo.caption}".strip())
        mode = Qt.TransformationMode.SmoothTransformation
        view.setPixmap(picture.scaled(view.size(), Qt.AspectRatioMode.KeepAspectRatio, mode))
        check = Check("この写真を載せる")
        check.setAccessibleName(f"写真{number}を載せる {photo.caption}".strip())
        check.toggled.connect(lambda _on: self._tell())
        self.checks[photo.id] = check
        card = Card()
        card.body.setContentsMargins(12, 12, 12, 12)
        card.add(view)
        if photo.caption:
            card.add(plain_label(photo.caption, "small"))
        card.add(check)
        card.setFixedWidth(size(_SMALL.width()) + 26)
        return card

    def _tell(self) -> None:
        self.changed.emit(tuple(one for one, check in self.checks.items() if check.isChecked()))


def _note(shown: int, without_consent: int) -> str:
    parts = [f"公開の同意がある写真 {shown}枚"] if shown else ["載せられる写真はありません。"]
    if without_consent:
        parts.append(f"同意のない写真が{without_consent}枚あります。これは出ません。")
    return "　".join(parts)
