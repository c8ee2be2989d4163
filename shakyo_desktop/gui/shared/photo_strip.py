"""Photos of one activity: small pictures with consent, turn and delete; a place to drop more."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.fields.choices import Check
from shakyo_desktop.gui.shared.fields.text import TextField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import size

_PICTURE = QSize(240, 160)
_PATTERN = "写真 (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.heic)"


@dataclass(frozen=True, slots=True)
class PhotoTile:
    """One photo as shown: `thumbnail` is an encoded picture (JPEG or PNG)."""

    id: str
    thumbnail: bytes
    caption: str = ""
    consent: bool = False


class PhotoStrip(QWidget):
    """Shows photos and says what a person wants done with them; it changes nothing itself."""

    photos_added = Signal(object)
    consent_changed = Signal(str, bool)
    caption_changed = Signal(str, str)
    caption_typing = Signal(str, str)
    rotate_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, maximum: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maximum = maximum
        self._cards: dict[str, _PhotoCard] = {}
        self._count = plain_label("", "small")
        self._drop = DropArea(
            "ここに写真を置くこともできます",
            "写真を選ぶ",
            pattern=_PATTERN,
            primary=False,
        )
        self._drop.paths_chosen.connect(self.photos_added)
        self._flow = FlowBox()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._drop)
        column.addWidget(self._count)
        column.addWidget(self._flow)
        self.set_photos(())

    def set_photos(self, photos: Sequence[PhotoTile]) -> None:
        """Show these photos, in this order; the keyboard stays where it was."""
        place = self._focused()
        for card in self._cards.values():
            card.caption.commit()
            self._flow.remove(card)
            card.deleteLater()
        self._cards = {}
        for number, photo in enumerate(photos, start=1):
            card = _PhotoCard(photo, number, self)
            self._cards[photo.id] = card
            self._flow.add(card)
        self._count.setText(f"{len(photos)} / {self._maximum}枚")
        if place is not None:
            self._focus_again(*place)

    def photo_ids(self) -> list[str]:
        """Return the photos in the order shown."""
        return list(self._cards)

    def card(self, photo_id: str) -> "_PhotoCard":
        """Return the controls of one photo."""
        return self._cards[photo_id]

    def _focused(self) -> tuple[int, str, str] | None:
        """Return the place, the photo and the control that has the keyboard."""
        focused = QApplication.focusWidget()
        for at, (photo, card) in enumerate(self._cards.items()):
            for name, control in card.controls().items():
                if focused is not None and (control is focused or control.isAncestorOf(focused)):
                    return at, photo, name
        return None

    def _focus_again(self, at: int, photo: str, name: str) -> None:
        """Go to the same control; after a deletion to the photo that followed, and to its description."""
        if photo not in self._cards:
            photo, name = next(iter(list(self._cards)[at:] or list(self._cards)[-1:]), ""), "caption"
        card = self._cards.get(photo)
        target = card.controls()[name] if card is not None else self._drop.button
        target.setFocus(Qt.FocusReason.OtherFocusReason)


class _PhotoCard(Card):
    """One photo and its controls."""

    def __init__(self, photo: PhotoTile, number: int, strip: PhotoStrip) -> None:
        super().__init__()
        self.body.setContentsMargins(12, 12, 12, 12)
        picture = QPixmap()
        picture.loadFromData(photo.thumbnail)
        view = QLabel()
        view.setFixedSize(size(_PICTURE.width()), size(_PICTURE.height()))
        view.setAlignment(Qt.AlignmentFlag.AlignCenter)
        view.setAccessibleName(f"写真{number} {photo.caption}".strip())
        if not picture.isNull():
            mode = Qt.TransformationMode.SmoothTransformation
            view.setPixmap(picture.scaled(view.size(), Qt.AspectRatioMode.KeepAspectRatio, mode))
        self.caption = TextField("caption", f"写真{number}の説明", length=60, label_place="above")
        self.caption.set_value(photo.caption)
        self.caption.changed.connect(lambda _n, value, _u: strip.caption_changed.emit(photo.id, value))
        self.caption.typing.connect(lambda _n, text: strip.caption_typing.emit(photo.id, text))
        self.consent = Check("公開してよい（同意あり）")
        self.consent.setAccessibleName(f"写真{number} 公開してよい（写っている人の同意あり）")
        self.consent.setChecked(photo.consent)
        self.consent.toggled.connect(lambda on: strip.consent_changed.emit(photo.id, on))
        self.rotate_button = SecondaryButton("回す", icon_name="rotate-cw")
        self.rotate_button.setAccessibleName(f"写真{number}を右に回す")
        self.rotate_button.clicked.connect(lambda: strip.rotate_requested.emit(photo.id))
        self.delete_button = DangerButton("消す", icon_name="trash-2")
        self.delete_button.setAccessibleName(f"写真{number}を消す")
        self.delete_button.clicked.connect(lambda: strip.delete_requested.emit(photo.id))
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.rotate_button)
        buttons.addWidget(self.delete_button)
        for widget in (view, self.caption, self.consent):
            self.add(widget)
        self.add_layout(buttons)
        self.setFixedWidth(size(_PICTURE.width()) + 26)

    def controls(self) -> dict[str, QWidget]:
        """Return what takes the keyboard, by name."""
        return {
            "caption": self.caption.input(),
            "consent": self.consent,
            "rotate": self.rotate_button,
            "delete": self.delete_button,
        }
