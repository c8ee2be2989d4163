"""The first block of a photo tells whether the whole can be decoded (decision record 0007)."""

import random
from io import BytesIO

from PIL import Image

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.jpeg import check_photo
from shakyo_desktop.exchange.photos import encode_photo


def noise() -> bytes:
    out = BytesIO()
    Image.merge("RGB", [Image.effect_noise((120, 90), 90) for _ in range(3)]).save(out, "PNG")
    return encode_photo(out.getvalue()).jpeg


def damaged(chosen: random.Random, good: bytes) -> bytes:
    """A few bytes changed, in the tables or in the scan."""
    scan = good.index(b"\xff\xda")
    data = bytearray(good)
    places = range(20, scan + 14) if chosen.random() < 0.6 else range(scan, len(data) - 2)
    for _ in range(chosen.randint(1, 4)):
        data[chosen.choice(places)] = chosen.randrange(255)
    return bytes(data)


def verdict(jpeg: bytes) -> str:
    try:
        check_photo(jpeg)
    except PackageRefused as refusal:
        return refusal.code
    return "good"


def whole_is_decoded(jpeg: bytes) -> bool:
    try:
        Image.open(BytesIO(jpeg)).load()
    except OSError:
        return False
    return True


def test_the_first_block_and_the_whole_are_refused_alike():
    chosen, good = random.Random(7), noise()
    seen = {"good": 0, "photo.decode": 0}
    for _ in range(1500):
        jpeg = damaged(chosen, good)
        found = verdict(jpeg)
        if found in seen:
            seen[found] += 1
            assert whole_is_decoded(jpeg) == (found == "good")
    assert min(seen.values()) > 50
