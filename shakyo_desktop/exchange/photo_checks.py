"""The photos of a report against their records (reading order, step 13)."""

from collections.abc import Iterable

from shakyo_desktop.domain.records import Photo
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.jpeg import MAX_PHOTO_BYTES, MAX_PHOTOS, check_photo
from shakyo_desktop.exchange.refusal import require
from shakyo_desktop.exchange.signed import Bytes, SignedEntries


def check_photos(records: Iterable[Photo], signed: SignedEntries) -> dict[str, Bytes]:
    """The photos' bytes by id: each has a record, each record its photo, and every one is in our exact form.

    Raises:
        PackageRefused: ``photo.list``, ``photo.size``, ``photo.hash``, ``photo.form``, ``photo.decode``.
    """
    photos = signed.photos()
    by_id = {record.id: record for record in records}
    require(photos.keys() == by_id.keys() and len(photos) <= MAX_PHOTOS, "photo.list")
    require(sum(map(len, photos.values())) <= MAX_PHOTO_BYTES, "photo.size", "all photos")
    for photo_id, record in by_id.items():
        stored = (signed.digests[names.photo_entry(photo_id)], len(photos[photo_id]))
        require(stored == (record.sha256, record.size), "photo.hash", photo_id)
    for photo_id, record in by_id.items():
        require(check_photo(photos[photo_id]) == (record.width, record.height), "photo.size", photo_id)
    return photos
