"""Small pictures of photos, made off the window's thread and remembered by what they show."""

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImageReader

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.records import Photo
from shakyo_desktop.gui.shared.background import BackgroundWorker, Task
from shakyo_desktop.gui.shared.photo_strip import PhotoTile
from shakyo_desktop.services.photos import PhotoService

_LARGEST = QSize(320, 240)
_REMEMBERED = 400


class Thumbnails(QObject):
    """Gives what is known at once and reads the rest; `arrived` when there is more to show."""

    arrived = Signal()

    def __init__(self, photos: PhotoService, worker: BackgroundWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos = photos
        self._worker = worker
        self._known: dict[str, bytes] = {}
        self._asked: set[str] = set()

    def tiles(self, photos: Iterable[Photo]) -> list[PhotoTile]:
        """Return the photos as they are shown; pictures that are not read yet are empty and asked for."""
        wanted = list(photos)
        missing = [photo for photo in wanted if photo.sha256 not in self._known]
        self._read([photo for photo in missing if photo.sha256 not in self._asked])
        return [
            PhotoTile(photo.id, self._known.get(photo.sha256, b""), photo.caption, photo.consent)
            for photo in wanted
        ]

    def _read(self, photos: list[Photo]) -> None:
        if not photos:
            return
        self._asked |= {photo.sha256 for photo in photos}

        def work(task: Task) -> dict[str, bytes]:
            return {photo.sha256: self._small(photo) for photo in photos if not task.is_cancelled()}

        self._worker.start(work, self._take, lambda _: None, owner=self)

    def _small(self, photo: Photo) -> bytes:
        try:
            return shrunk(self._photos.jpeg(photo.id))
        except ShakyoError:  # deleted meanwhile: the tile stays empty
            return b""

    def _take(self, made: dict[str, bytes]) -> None:
        while len(self._known) + len(made) > _REMEMBERED and self._known:
            self._known.pop(next(iter(self._known)))
        self._known |= made
        self._asked -= made.keys()
        self.arrived.emit()


def shrunk(jpeg: bytes) -> bytes:
    """Return a picture as a small JPEG; empty when it cannot be read."""
    source = QBuffer()
    source.setData(QByteArray(jpeg))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    whole = reader.size()
    if whole.isValid():
        reader.setScaledSize(whole.scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not image.save(target, "JPEG", 85):  # type: ignore[call-overload]
        return b""
    return bytes(target.data().data())
