"""Photos of an activity: small ones in a row, and one of them large."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from shakyo_desktop.domain.records import Photo
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import size

_SMALL = QSize(144, 108)
_WIDEST = 760


class PhotoBoard(QWidget):
    """Press a photo to see it large; press 小さくする to go on reading."""

    def __init__(self, photos: Sequence[tuple[Photo, bytes]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.buttons: list[QPushButton] = []
        flow = FlowBox()
        for at, (photo, jpeg) in enumerate(photos, start=1):
            flow.add(self._make_button(at, photo, jpeg))
        column.addWidget(flow)
        self.large = QLabel()
        self.caption = plain_label("", "small")
        self.close_button = SecondaryButton("小さくする", icon_name="x")
        self.close_button.clicked.connect(self._close)
        for widget in (self.caption, self.large, self.close_button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
            widget.hide()
        self._last: QPushButton | None = None

    def _make_button(self, at: int, photo: Photo, jpeg: bytes) -> QPushButton:
        picture = QPixmap()
        picture.loadFromData(jpeg)
        side = QSize(size(_SMALL.width()), size(_SMALL.height()))
        button = QPushButton()
        button.setProperty("role", "photo")
        button.setStyleSheet("QPushButton { padding: 2px; min-height: 0; }")
        button.setAutoDefault(False)
        button.setIcon(QIcon(picture.scaled(side, Qt.AspectRatioMode.KeepAspectRatio, _SMOOTH)))
        button.setIconSize(side)
        button.setFixedSize(side + QSize(12, 12))
        button.setAccessibleName(f"写真{at} {photo.caption} 大きく見る")
        words = f"写真{at}　{photo.caption or '（説明なし）'}　{_consent(photo)}"
        button.clicked.connect(lambda: self._enlarge(button, picture, words))
        self.buttons.append(button)
        return button

    def _enlarge(self, button: QPushButton, picture: QPixmap, words: str) -> None:
        width = min(_WIDEST, max(self.width() - 8, _SMALL.width()), picture.width())
        self.large.setPixmap(picture.scaledToWidth(width, _SMOOTH))
        self.large.setAccessibleName(words)
        self.caption.setText(words)
        self._last = button
        for widget in (self.caption, self.large, self.close_button):
            widget.show()
        self.close_button.setFocus()

    def _close(self) -> None:
        for widget in (self.caption, self.large, self.close_button):
            widget.hide()
        if self._last is not None:
            self._last.setFocus()


_SMOOTH = Qt.TransformationMode.SmoothTransformation


def _consent(photo: Photo) -> str:
    return "公開の同意あり" if photo.consent else "公開の同意なし"
