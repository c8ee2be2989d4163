"""Pictures of activities: re-encoded before they are kept, eight at most for one activity."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from shakyo_desktop.domain.checks import MAX_PHOTOS
from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.errors import FileUnreadable, NotFound, PhotoRefused
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.records import PHOTOS, Activity, Photo, RecordRef
from shakyo_desktop.exchange.photo_limits import check_photo_limits
from shakyo_desktop.services.arriving_files import open_file
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import Desk, desk_of
from shakyo_desktop.services.field_states import PICTURE

_STAYS = "入力した内容と、これまでの写真はそのまま残っています。"

if TYPE_CHECKING:  # it loads the picture library, which the start does without
    from shakyo_desktop.exchange.photos import EncodedPhoto

RIGHT_ANGLES = (90, 180, 270)
MOST_BYTES = 200 << 20
"""The largest picture file that is read into memory."""


def read_picture(path: Path) -> bytes:
    """A picture file's bytes.

    Raises:
        FileUnreadable: it cannot be opened, or is too large (``photo.too_large``); no more of it is read.
    """
    try:
        with open_file(path) as file:
            data = file.read(MOST_BYTES + 1) if os.fstat(file.fileno()).st_size <= MOST_BYTES else None
    except OSError as error:
        raise FileUnreadable(
            f"写真「{path.name}」を読めませんでした。\n{_STAYS}\n"
            "カメラやUSBメモリが差してあるか確かめて、もう一度選んでください。"
        ) from error
    if data is None or len(data) > MOST_BYTES:
        raise FileUnreadable(
            f"写真「{path.name}」は大きすぎて読めません（{MOST_BYTES >> 20}MBまで）。\n{_STAYS}\n"
            "写真のファイルかどうかを確かめ、小さくして保存し直してから、もう一度選んでください。",
            code="photo.too_large",
        )
    return data


class PhotoService:
    """Photos of the own organisation's activities; captions and consent change through recording."""

    def __init__(self, context: ServiceContext, org: str | None = None) -> None:
        """``org`` as for ``RecordingService``."""
        self._context = context
        self._org = org

    def add(self, activity_id: str, source: bytes) -> Photo:
        """Add a picture file to an activity; the original is not kept.

        Raises:
            PhotoRefused: not a picture, too large, or too many.
            NotReady: the year is locked.
            NotFound: there is no such activity.
        """
        from shakyo_desktop.exchange.photos import encode_photo

        encoded = encode_photo(source)  # before the transaction: it takes a second
        with self._context.database.transaction() as stores:
            desk = desk_of(self._context, stores, self._org)
            activity = desk.activity(activity_id)
            desk.expect_open(activity.fiscal_year)
            photo = _new_photo(activity, encoded, stores.records.photos_of(activity), self._context)
            _expect_room(desk, photo)
            stores.blobs.put(encoded.sha256, encoded.jpeg)
            desk.journal.create(photo, Source.DIRECT)
        return photo

    def rotate(self, photo_id: str, degrees: int = 90) -> Photo:
        """Turn a picture clockwise by 90, 180 or 270 degrees; undo brings the very same bytes back."""
        if degrees not in RIGHT_ANGLES:
            raise ValueError("pictures turn by right angles")
        from shakyo_desktop.exchange.photos import encode_photo

        encoded = encode_photo(self.jpeg(photo_id), rotate=degrees)
        with self._context.database.transaction() as stores:
            desk = desk_of(self._context, stores, self._org)
            photo = _photo(desk, photo_id)
            desk.expect_open(photo.fiscal_year)
            stores.blobs.put(encoded.sha256, encoded.jpeg)
            return desk.journal.change(photo, _with_picture(photo, encoded), PICTURE, Source.DIRECT)

    def jpeg(self, photo_id: str) -> bytes:
        """Return the picture as it travels: a JPEG without anything but pixels."""
        with self._context.database.reading() as stores:
            desk = desk_of(self._context, stores, self._org)
            return stores.blobs.get(_photo(desk, photo_id).sha256)

    def photos_of(self, activity_id: str) -> tuple[Photo, ...]:
        """Return the photos of an activity in their order, without deleted ones."""
        with self._context.database.reading() as stores:
            desk = desk_of(self._context, stores, self._org)
            return stores.records.photos_of(desk.activity(activity_id))


def _photo(desk: Desk, photo_id: str) -> Photo:
    record = desk.record(RecordRef(PHOTOS, photo_id))
    if not isinstance(record, Photo):
        raise NotFound.of("その写真")
    return record


def _new_photo(
    activity: Activity, encoded: "EncodedPhoto", there: tuple[Photo, ...], context: ServiceContext
) -> Photo:
    """Return the next photo of an activity.

    Raises:
        PhotoRefused: it has eight already (domain.md, Activity).
    """
    if len(there) >= MAX_PHOTOS:
        raise PhotoRefused(
            f"写真は1つの活動に{MAX_PHOTOS}枚までです。\n{_STAYS}\n"
            "使わない写真を消してから、もう一度選んでください。",
            code="photo.too_many",
        )
    blank = Photo(
        id=new_id(context.now()),
        org=activity.org,
        fiscal_year=activity.fiscal_year,
        activity_id=activity.id,
        sha256="",
        size=0,
        width=0,
        height=0,
        position=max((photo.position for photo in there), default=-1) + 1,
    )
    return _with_picture(blank, encoded)


def _with_picture(photo: Photo, encoded: "EncodedPhoto") -> Photo:
    size = len(encoded.jpeg)
    return replace(photo, sha256=encoded.sha256, size=size, width=encoded.width, height=encoded.height)


def _expect_room(desk: Desk, photo: Photo) -> None:
    """Raise ``PhotoRefused`` when the year's photos would no longer fit in one file (package-format.md)."""
    count, size = desk.stores.figures.photo_sums(photo.org, photo.fiscal_year)
    check_photo_limits(count + 1, size + photo.size)
