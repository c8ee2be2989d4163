"""Choosing some of an item's photos: small pictures with a mark each."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGroupBox, QLabel, QVBoxLayout, QWidget

from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.fields.choice import group_box
from shakyo_desktop.gui.shared.fields.choices import Check
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.photo_strip import PhotoTile
from shakyo_desktop.gui.shared.theme import size

_PICTURE = QSize(144, 108)
_NONE = "この項目の活動記録に写真を入れると、ここで選べます。"


class PhotosField(Field):
    """The value is a tuple of photo ids in the order shown; ids of photos that are not shown are kept."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent=parent)
        self._box: QGroupBox
        self._box, self._flow = group_box(label)
        self._empty = plain_label(_NONE, "small")
        self._tiles: dict[str, tuple[QWidget, Check]] = {}
        self._shown: tuple[PhotoTile, ...] = ()
        self._chosen_ids: tuple[str, ...] = ()
        self._set_input(self._box, stretch=True)
        self.body.insertWidget(1, self._empty)

    def input(self) -> QWidget:
        """Return the first mark, or the empty group."""
        return next((check for _, check in self._tiles.values()), self._box)

    def checks(self) -> dict[str, Check]:
        """Return the marks by photo id."""
        return {photo: check for photo, (_, check) in self._tiles.items()}

    def set_photos(self, photos: Sequence[PhotoTile]) -> None:
        """Offer these photos; what was chosen stays chosen."""
        if tuple(photos) == self._shown:
            return
        self._shown = tuple(photos)
        for tile, _ in self._tiles.values():
            self._flow.remove(tile)
            tile.deleteLater()
        self._tiles = {photo.id: self._make(number, photo) for number, photo in enumerate(photos, start=1)}
        for tile, _ in self._tiles.values():
            self._flow.add(tile)
        self._empty.setVisible(not photos)
        self._box.setVisible(bool(photos))
        self._show(self._chosen_ids, "")

    def _make(self, number: int, photo: PhotoTile) -> tuple[QWidget, Check]:
        tile = QWidget()
        column = QVBoxLayout(tile)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        view = QLabel()
        view.setFixedSize(size(_PICTURE.width()), size(_PICTURE.height()))
        view.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture = QPixmap()
        if picture.loadFromData(photo.thumbnail):
            mode = Qt.TransformationMode.SmoothTransformation
            view.setPixmap(picture.scaled(view.size(), Qt.AspectRatioMode.KeepAspectRatio, mode))
        check = Check("この写真を使う")
        check.setAccessibleName(f"写真{number} {photo.caption} を使う".replace("  ", " "))
        check.toggled.connect(lambda: self._picked(photo.id))
        column.addWidget(view)
        column.addWidget(check)
        return tile, check

    def _picked(self, _photo: str) -> None:
        chosen = {photo for photo, (_, check) in self._tiles.items() if check.isChecked()}
        kept = [photo for photo in self._chosen_ids if photo in chosen or photo not in self._tiles]
        self._chosen_ids = (*kept, *(photo for photo in self._tiles if photo in chosen and photo not in kept))
        self._chosen()

    def _read(self) -> tuple[FieldValue, str]:
        return self._chosen_ids, ""

    def _show(self, value: FieldValue, unread: str) -> None:
        self._chosen_ids = tuple(str(photo) for photo in value) if isinstance(value, tuple) else ()
        for photo, (_, check) in self._tiles.items():
            check.show_checked(photo in self._chosen_ids)
