"""The photos of one activity: taken in, turned, described and put into the ごみ箱."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.checks import MAX_PHOTOS
from shakyo_desktop.domain.errors import FileUnreadable, ShakyoError
from shakyo_desktop.domain.records import ACTIVITIES, PHOTOS, Photo, Record, RecordRef
from shakyo_desktop.gui.district.record_form import DONE
from shakyo_desktop.gui.district.thumbnails import Thumbnails
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.district.year_data import YearData
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.photo_strip import PhotoStrip, PhotoTile
from shakyo_desktop.services.photos import read_picture

_ABOUT = (
    "撮影した場所などの記録は取りのぞいて保存します。写っている人の同意がある写真だけ、印を付けてください。"
)

_NAMED = 3


class PhotoBox(Card):
    """Shows the photos of the activity that is set and writes what is done with them.

    Signals:
        request_answered: the reference of a photo and the field the office asked about.
        deleted: the reference of a photo that went into the ごみ箱.
        failed: what could not be done.
        busy: words while pictures are taken in, empty when done.
    """

    request_answered = Signal(object, str)
    deleted = Signal(object)
    failed = Signal(object)
    busy = Signal(str)

    def __init__(self, book: YearBook, parent: QWidget | None = None) -> None:
        super().__init__("写真", parent)
        self._book = book
        self._activity: str | None = None
        self._shown: tuple[PhotoTile, ...] = ()
        self._thumbnails = Thumbnails(book.services.photos, book.worker, self)
        self._thumbnails.arrived.connect(self.refresh)
        self.strip = PhotoStrip(MAX_PHOTOS)
        self.strip.photos_added.connect(self._add)
        self.strip.consent_changed.connect(lambda photo, on: self._change(photo, "consent", on))
        self.strip.caption_changed.connect(lambda photo, text: self._change(photo, "caption", text))
        self.strip.caption_typing.connect(
            lambda photo, text: book.save_draft(RecordRef(PHOTOS, photo), "caption", text)
        )
        self.strip.rotate_requested.connect(self._rotate)
        self.strip.delete_requested.connect(self._delete)
        self.add(plain_label(_ABOUT, "small"))
        self.add(self.strip)

    def show_activity(self, activity_id: str) -> None:
        """Show the photos of this activity."""
        self._activity = activity_id
        self.refresh()

    def refresh(self) -> None:
        """Show the photos as they are now."""
        data = self._book.data
        if data is None or self._activity is None:
            return
        tiles = tuple(self._thumbnails.tiles(data.photos(self._activity)))
        if tiles != self._shown:
            self._shown = tiles
            self.strip.set_photos(tiles)
            for photo in self.strip.photo_ids():
                caption = self.strip.card(photo).caption
                caption.request_answered.connect(
                    partial(self.request_answered.emit, RecordRef(PHOTOS, photo))
                )
        self._show_marks(data)

    def _show_marks(self, data: YearData) -> None:
        """Show what is open of each photo at its description."""
        for photo in self.strip.photo_ids():
            ref, caption = RecordRef(PHOTOS, photo), self.strip.card(photo).caption
            caption.set_problem("\n".join(problem.message for problem in data.problems(ref)))
            texts = [request.text for request in data.requests_of(ref)]
            caption.set_request("\n".join(texts), DONE if texts else "")

    def photo_refs(self) -> list[RecordRef]:
        """Return the photos of the activity, also those in the ごみ箱."""
        data = self._book.data
        if data is None or self._activity is None:
            return []
        there = [one.id for one in data.photos(self._activity)]
        gone = [
            one.id for one in data.deleted() if isinstance(one, Photo) and one.activity_id == self._activity
        ]
        return [RecordRef(PHOTOS, photo) for photo in (*there, *gone)]

    def _change(self, photo: str, field: str, value: str | bool) -> None:
        self._shown = tuple(
            PhotoTile(
                one.id,
                one.thumbnail,
                value if field == "caption" and one.id == photo and isinstance(value, str) else one.caption,
                value if field == "consent" and one.id == photo and isinstance(value, bool) else one.consent,
            )
            for one in self._shown
        )
        self._book.change(RecordRef(PHOTOS, photo), field, value)

    def _add(self, paths: Sequence[Path]) -> None:
        activity = self._activity
        if activity is None:
            return
        data = self._book.data
        key = data.record(RecordRef(ACTIVITIES, activity)) if data else None
        if key is None:
            return
        photos = self._book.services.photos

        def work(task: Task) -> tuple[list[Photo], ShakyoError | None]:
            added: list[Photo] = []
            refused: list[tuple[Path, ShakyoError]] = []
            for number, path in enumerate(paths):
                task.report(number, len(paths), path.name)
                try:
                    added.append(photos.add(activity, read_picture(path)))
                except ShakyoError as error:
                    refused.append((path, error))
            return added, _naming(refused) if refused else None

        def done(result: tuple[list[Photo], ShakyoError | None]) -> None:
            added, error = result
            self._book.take_in(*added)
            self.busy.emit("")
            if error is not None:
                self.failed.emit(error)

        self.busy.emit(f"写真を取りこんでいます…（{len(paths)}枚）")
        self._book.begin_outside()
        self._book.worker.start(work, done, self._long_failed, owner=self)

    def _rotate(self, photo: str) -> None:
        photos = self._book.services.photos

        def done(turned: Record) -> None:
            self._book.take_in(turned)

        self._book.begin_outside()
        self._book.worker.start(lambda _task: photos.rotate(photo), done, self._long_failed, owner=self)

    def _long_failed(self, error: ShakyoError) -> None:
        self.busy.emit("")
        self._book.end_outside(error)

    def _delete(self, photo: str) -> None:
        ref = RecordRef(PHOTOS, photo)
        self._book.delete(ref, lambda: self.deleted.emit(ref))


def _naming(refused: Sequence[tuple[Path, ShakyoError]]) -> ShakyoError:
    """Return the first failure, with the names of all pictures that are not in."""
    names = "、".join(f"「{path.name}」" for path, _ in refused[:_NAMED])
    more = f"など{len(refused)}枚" if len(refused) > _NAMED else ""
    first = refused[0][1]
    return FileUnreadable(f"入れられなかった写真: {names}{more}\n{first.message}", code=first.code)
