"""Pictures are re-encoded before they are kept, eight at most, and turning one can be undone."""

import hashlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from shakyo_desktop.domain.errors import FileUnreadable, NotFound, NotReady, PhotoRefused
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import Activity
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.photos import MOST_BYTES, PhotoService, read_picture
from shakyo_desktop.services.recording import RecordingService
from tests.services.conftest import PLAN_ID
from tests.services.test_recording import YEAR, accept


def picture(shade: int = 90, size: tuple[int, int] = (64, 32)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (shade, 120, 60)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def photos(district: ServiceContext) -> PhotoService:
    return PhotoService(district)


@pytest.fixture
def recording(district: ServiceContext) -> RecordingService:
    return RecordingService(district)


@pytest.fixture
def activity(recording: RecordingService) -> Activity:
    return recording.new_activity(YEAR, PLAN_ID, 9)


def test_a_photo_is_kept_as_a_plain_jpeg(photos: PhotoService, activity: Activity) -> None:
    photo = photos.add(activity.id, picture())
    jpeg = photos.jpeg(photo.id)
    assert (photo.sha256, photo.size) == (hashlib.sha256(jpeg).hexdigest(), len(jpeg))
    with Image.open(BytesIO(jpeg)) as image:
        assert (image.format, image.size) == ("JPEG", (photo.width, photo.height)) == ("JPEG", (64, 32))
    assert (photo.position, photo.org, photo.fiscal_year, photo.consent) == (0, activity.org, YEAR, False)
    assert photos.photos_of(activity.id) == (photo,)


def test_the_ninth_photo_of_an_activity_is_refused(
    photos: PhotoService, recording: RecordingService, activity: Activity
) -> None:
    added = [photos.add(activity.id, picture(shade)) for shade in range(8)]
    assert [photo.position for photo in added] == list(range(8))
    with pytest.raises(PhotoRefused, match="8枚まで") as caught:
        photos.add(activity.id, picture(9))
    assert caught.value.code == "photo.too_many"
    recording.delete(ref_of(added[0]))
    assert photos.add(activity.id, picture(9)).position == 8


def test_what_is_no_picture_is_refused_and_nothing_is_kept(photos: PhotoService, activity: Activity) -> None:
    with pytest.raises(PhotoRefused):
        photos.add(activity.id, b"hello")
    assert photos.photos_of(activity.id) == ()


def test_a_file_too_large_for_a_picture_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "動画.jpg"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(FileUnreadable) as refused:
        read_picture(large)
    assert refused.value.code == "photo.too_large"
    assert "200MBまで" in refused.value.message


def test_a_year_takes_no_more_photos_than_one_file_carries(
    district: ServiceContext, photos: PhotoService, recording: RecordingService, activity: Activity
) -> None:
    first = photos.add(activity.id, picture())
    others = [recording.new_activity(YEAR, PLAN_ID, 9) for _ in range(2)]
    copies = [replace(first, id=f"{number}", activity_id=others[0].id) for number in range(399)]
    with district.database.transaction() as stores:
        stores.records.insert_all(copies)
    with pytest.raises(PhotoRefused, match="400枚まで"):
        photos.add(others[1].id, picture(1))


def test_a_turned_photo_comes_back_as_the_very_same_bytes(
    photos: PhotoService, recording: RecordingService, activity: Activity
) -> None:
    photo = photos.add(activity.id, picture())
    before = photos.jpeg(photo.id)
    turned = photos.rotate(photo.id)
    assert (turned.width, turned.height) == (32, 64)
    assert photos.jpeg(photo.id) != before
    assert recording.undo(ref_of(photo)) == photo
    assert photos.jpeg(photo.id) == before


def test_a_picture_turns_by_right_angles_only(photos: PhotoService, activity: Activity) -> None:
    photo = photos.add(activity.id, picture())
    with pytest.raises(ValueError, match="right angles"):
        photos.rotate(photo.id, 45)


def test_caption_and_consent_are_fields_like_any(
    photos: PhotoService, recording: RecordingService, activity: Activity
) -> None:
    photo = photos.add(activity.id, picture())
    recording.change(ref_of(photo), "caption", "体操")
    recording.change(ref_of(photo), "consent", True)
    [stored] = photos.photos_of(activity.id)
    assert (stored.caption, stored.consent) == ("体操", True)
    assert [row.field for row in recording.history(ref_of(photo))] == ["", "caption", "consent"]


def test_photos_leave_and_return_with_their_activity(
    photos: PhotoService, recording: RecordingService, activity: Activity
) -> None:
    photo, gone = (photos.add(activity.id, picture(shade)) for shade in (1, 2))
    recording.delete(ref_of(gone))
    recording.delete(ref_of(activity))
    assert recording.open_year(YEAR).records.photos == ()
    recording.restore(ref_of(activity))
    assert recording.open_year(YEAR).records.photos == (photo,)
    assert [ref_of(record) for record in recording.open_year(YEAR).deleted] == [ref_of(gone)]


def test_a_locked_year_takes_no_photos(
    district: ServiceContext, photos: PhotoService, activity: Activity
) -> None:
    photo = photos.add(activity.id, picture())
    accept(district)
    with pytest.raises(NotReady):
        photos.add(activity.id, picture(1))
    with pytest.raises(NotReady):
        photos.rotate(photo.id)


def test_a_photo_or_activity_that_does_not_exist_is_said(photos: PhotoService) -> None:
    with pytest.raises(NotFound):
        photos.jpeg("none")
    with pytest.raises(NotFound):
        photos.add("none", picture())
