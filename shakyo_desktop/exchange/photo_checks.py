"""The photos of a report against their records (reading order, step 13)."""

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from shakyo_desktop.domain.records import Photo
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.jpeg import MAX_PHOTO_BYTES, MAX_PHOTOS, check_photo
from shakyo_desktop.exchange.refusal import require
from shakyo_desktop.exchange.signed import Bytes, SignedEntries

# Decoding is most of the time that reading a report takes and runs outside the interpreter lock. The
# threads see bytes only and are gone when the call returns.
_WORKERS = max(1, min(4, os.cpu_count() or 1))


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
    for photo_id, size in zip(photos, _sizes(photos), strict=True):
        require(size == (by_id[photo_id].width, by_id[photo_id].height), "photo.size", photo_id)
    return photos


def _sizes(photos: Mapping[str, Bytes]) -> list[tuple[int, int]]:
    if len(photos) < 2:
        return [check_photo(data) for data in photos.values()]
    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(check_photo, photos.values()))
