"""Photos on their way out and on their way in."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from shakyo_desktop.domain.errors import PackageRefused, PhotoRefused
from shakyo_desktop.exchange.jpeg import check_photo
from shakyo_desktop.exchange.photo_limits import check_photo_limits
from shakyo_desktop.exchange.photos import encode_photo

RED, BLUE = (200, 30, 30), (30, 30, 200)


def saved(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def two_halves(mode: str = "RGB", size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image.convert(mode)


def colours(jpeg: bytes) -> tuple[str, str, str, str]:
    """The main colour near the four corners: left top, right top, left bottom, right bottom."""
    image = Image.open(BytesIO(jpeg))
    wide, high = image.width - 4, image.height - 4
    pixels = [image.getpixel(point) for point in ((3, 3), (wide, 3), (3, high), (wide, high))]
    return tuple("red" if red > blue else "blue" for red, _, blue in pixels)


GOOD = encode_photo(saved(two_halves())).jpeg
SCAN = GOOD.index(b"\xff\xda")
FRAME = GOOD.index(b"\xff\xc0")
CODES = GOOD.index(b"\xff\xc4")
TABLES = GOOD.index(b"\xff\xdb")


def with_size(width: int, height: int) -> bytes:
    return GOOD[: FRAME + 5] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + GOOD[FRAME + 9 :]


BAD_PHOTOS = {
    "empty": (b"", "photo.form"),
    "a PNG": (saved(two_halves(), "PNG"), "photo.form"),
    "progressive": (saved(two_halves(), progressive=True), "photo.form"),
    "grey": (saved(two_halves("L")), "photo.form"),
    "four inks": (saved(two_halves("CMYK")), "photo.form"),
    "a comment": (saved(two_halves(), comment="みほん"), "photo.form"),
    "a place": (saved(two_halves(), exif=Image.Exif().tobytes() + b"x"), "photo.form"),
    "a colour profile": (saved(two_halves(), icc_profile=b"x" * 200), "photo.form"),
    "a thumbnail": (GOOD[:18] + b"\x01\x01" + GOOD[20:], "photo.form"),
    "bytes after the end": (GOOD + b"x", "photo.form"),
    "bytes before the start": (b"x" + GOOD, "photo.form"),
    "cut off": (GOOD[:-2], "photo.form"),
    "two pictures": (GOOD[:-2] + GOOD, "photo.form"),
    "restart markers": (GOOD[:SCAN] + b"\xff\xdd\x00\x04\x00\x01" + GOOD[SCAN:], "photo.form"),
    "a table cut short": (GOOD[: TABLES + 3] + b"\x30" + GOOD[TABLES + 4 :], "photo.form"),
    "a table with a tail": (GOOD[:TABLES] + b"\xff\xdb\x00\x05\x00ab" + GOOD[TABLES:], "photo.form"),
    "a segment without content": (GOOD[:TABLES] + b"\xff\xdb\x00\x02" + GOOD[TABLES:], "photo.form"),
    "many tables": (GOOD[:TABLES] + GOOD[TABLES : TABLES + 69] * 9 + GOOD[TABLES:], "photo.form"),
    "no tables": (GOOD[:TABLES] + GOOD[FRAME:], "photo.form"),
    "a segment beyond the end": (GOOD[: SCAN + 2] + b"\xff\xff" + GOOD[SCAN + 4 :], "photo.form"),
    "two frames": (GOOD[:FRAME] + GOOD[FRAME : FRAME + 19] + GOOD[FRAME:], "photo.form"),
    "no width": (with_size(0, 40), "photo.size"),
    "too wide": (with_size(1601, 40), "photo.size"),
    "too high": (with_size(80, 1601), "photo.size"),
    "too many bytes": (GOOD[:-2] + bytes(2**20) + GOOD[-2:], "photo.size"),
    "a table it does not bring": (GOOD[: FRAME + 12] + b"\x03" + GOOD[FRAME + 13 :], "photo.decode"),
    "impossible code lengths": (
        GOOD[:CODES] + b"\xff\xc4\x00\x16\x00\x03" + bytes(18) + GOOD[SCAN:],
        "photo.decode",
    ),
}


@pytest.mark.parametrize(("data", "code"), BAD_PHOTOS.values(), ids=BAD_PHOTOS)
def test_a_bad_photo_is_refused(data, code):
    with pytest.raises(PackageRefused) as refusal:
        check_photo(data)
    assert refusal.value.code == code


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1", "RGBA", "LA", "CMYK", "I;16"])
def test_every_usual_picture_becomes_one_that_is_taken_in(mode):
    form = "TIFF" if mode == "CMYK" else "PNG"
    source = two_halves("L").convert("I;16") if mode == "I;16" else two_halves(mode)
    photo = encode_photo(saved(source, form))
    assert check_photo(photo.jpeg) == (photo.width, photo.height) == (80, 40)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF"])
def test_every_usual_format_is_read(form):
    assert colours(encode_photo(saved(two_halves(), form)).jpeg) == ("red", "blue", "red", "blue")


@pytest.mark.parametrize(
    ("orientation", "seen"),
    {
        1: ("red", "blue", "red", "blue"),
        2: ("blue", "red", "blue", "red"),
        3: ("blue", "red", "blue", "red"),
        6: ("red", "red", "blue", "blue"),
        8: ("blue", "blue", "red", "red"),
    }.items(),
)
def test_a_picture_is_upright(orientation, seen):
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = encode_photo(saved(two_halves(), exif=exif))
    assert colours(photo.jpeg) == seen
    assert (photo.width, photo.height) == ((40, 80) if orientation > 4 else (80, 40))


@pytest.mark.parametrize(
    ("degrees", "seen"),
    {
        0: ("red", "blue", "red", "blue"),
        90: ("red", "red", "blue", "blue"),
        180: ("blue", "red", "blue", "red"),
        270: ("blue", "blue", "red", "red"),
    }.items(),
)
def test_a_picture_turns_clockwise(degrees, seen):
    assert colours(encode_photo(saved(two_halves()), rotate=degrees).jpeg) == seen


@pytest.mark.parametrize(
    ("size", "expected"), [((4000, 3000), (1600, 1200)), ((900, 3600), (400, 1600)), ((9, 7), (9, 7))]
)
def test_the_long_side_is_at_most_1600(size, expected):
    for form in ("JPEG", "PNG"):
        photo = encode_photo(saved(Image.new("RGB", size), form))
        assert (photo.width, photo.height) == expected


def test_nothing_but_pixels_survives():
    exif = Image.Exif()
    exif[0x010E] = "mihon-secret"
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "mihon-secret")
    for source in (
        saved(two_halves(), exif=exif, comment=b"mihon-secret"),
        saved(two_halves(), "PNG", pnginfo=notes, exif=exif),
    ):
        assert b"mihon-secret" in source
        assert b"mihon-secret" not in encode_photo(source).jpeg


def test_a_colour_profile_is_applied():
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    swapped = two_halves().convert("RGB")
    assert encode_photo(
        saved(swapped, icc_profile=wide.tobytes())
    ).jpeg  # one that does not fit is passed over
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert colours(encode_photo(saved(swapped, icc_profile=srgb)).jpeg) == ("red", "blue", "red", "blue")


def test_a_transparent_picture_stands_on_white():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert Image.open(BytesIO(encode_photo(saved(clear, "PNG")).jpeg)).getpixel((10, 10)) == (255, 255, 255)


def test_a_picture_that_stays_too_large_is_made_smaller():
    noise = Image.merge("RGB", [Image.effect_noise((1600, 1600), 200) for _ in range(3)])
    photo = encode_photo(saved(noise, "PNG"))
    assert len(photo.jpeg) <= 2**20
    check_photo(photo.jpeg)


def test_the_same_picture_gives_the_same_photo():
    source = saved(two_halves(), "PNG")
    assert encode_photo(source) == encode_photo(source)


@pytest.mark.parametrize(
    ("source", "code"),
    {
        b"": "photo.unreadable",
        b"hello": "photo.unreadable",
        saved(two_halves())[:300]: "photo.unreadable",
        saved(Image.new("1", (20_000, 10_001)), "PNG"): "photo.too_large",
        saved(Image.new("1", (30_000, 20_000)), "PNG"): "photo.too_large",
    }.items(),
    ids=["nothing", "text", "half a picture", "a little too large", "much too large"],
)
def test_a_source_that_cannot_be_used_is_refused_in_words(source, code):
    with pytest.raises(PhotoRefused) as refusal:
        encode_photo(source)
    assert refusal.value.code == code
    assert "残っています" in refusal.value.message


@pytest.mark.parametrize(("count", "size"), [(401, 1), (1, 220 * 2**20 + 1)])
def test_more_photos_than_a_report_carries_are_refused(count, size):
    check_photo_limits(400, 220 * 2**20)
    with pytest.raises(PhotoRefused):
        check_photo_limits(count, size)
