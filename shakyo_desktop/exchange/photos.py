"""A chosen picture becomes a picture that may travel: upright, sRGB, at most 1600 px, nothing but pixels.

Source: the package format, "Photos".
"""

import hashlib
import struct
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from shakyo_desktop.domain.errors import PhotoRefused
from shakyo_desktop.exchange.jpeg import MAX_PHOTO, MAX_SIDE

MAX_SOURCE_PIXELS = 200_000_000
QUALITY = 85

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
_SMALLER = ((1.0, QUALITY), (1.0, 75), (1.0, 65), (1.0, 50), (0.75, 50), (0.5, 50))
_TURNS = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns the other way round
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error)
_RETRY = "ほかの写真を選んでください。これまでの写真と記録はそのまま残っています。"

# Pillow refuses twice this by itself, before it reserves any memory.
Image.MAX_IMAGE_PIXELS = MAX_SOURCE_PIXELS


@dataclass(frozen=True, slots=True)
class EncodedPhoto:
    """A re-encoded picture: baseline JPEG, its SHA-256 in hex, its size in pixels."""

    jpeg: bytes
    sha256: str
    width: int
    height: int


def encode_photo(source: bytes, rotate: int = 0) -> EncodedPhoto:
    """The picture upright, in sRGB, its long side at most 1600 px, without anything but pixels.

    Args:
        source: a file of a usual image format, at most 200 megapixels.
        rotate: degrees clockwise to turn it after its own orientation: 0, 90, 180 or 270.

    Raises:
        PhotoRefused: ``photo.unreadable`` or ``photo.too_large``, with a sentence for people.
    """
    try:
        with Image.open(BytesIO(source), formats=_FORMATS) as image:
            _check_pixels(image.size)
            picture = _upright(image)
        if rotate % 360:
            picture = picture.transpose(_TURNS[rotate % 360])
        return _encode(_to_srgb(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _too_large() from error
    except _UNREADABLE as error:
        raise PhotoRefused(
            f"この写真は読み取れませんでした（使えるのはJPEG、PNGなどの写真です）。\n{_RETRY}",
            code="photo.unreadable",
        ) from error


def _check_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_SOURCE_PIXELS:
        raise _too_large()


def _too_large() -> PhotoRefused:
    return PhotoRefused(f"この写真は大きすぎて使えません。\n{_RETRY}", code="photo.too_large")


def _upright(image: Image.Image) -> Image.Image:
    """The picture as its orientation says, no longer than 1600 px; a large JPEG is decoded small at once."""
    size = _fitting(image.size, 1.0)
    image.draft("RGB", size)
    picture = image.resize(_fitting(image.size, 1.0), _filter(image), reducing_gap=3.0)
    picture.info = dict(image.info)
    orientation = image.getexif()
    if orientation:
        picture.info["exif"] = orientation.tobytes()
    return ImageOps.exif_transpose(picture)


def _filter(image: Image.Image) -> Image.Resampling:
    """Palettes and bitmaps cannot be averaged."""
    return Image.Resampling.NEAREST if image.mode in ("1", "P") else Image.Resampling.LANCZOS


def _fitting(size: tuple[int, int], scale: float) -> tuple[int, int]:
    factor = min(1.0, MAX_SIDE / max(size)) * scale
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _to_srgb(image: Image.Image) -> Image.Image:
    """The picture in sRGB, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(layered, mask=layered.getchannel("A"))
    elif image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if profile and image.mode in ("RGB", "L", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            return converted if converted is not None else image.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            return image.convert("RGB")  # a broken profile is no reason to lose a photo
    return image.convert("RGB")


def _encode(picture: Image.Image) -> EncodedPhoto:
    for scale, quality in _SMALLER:
        size = _fitting(picture.size, scale)
        clean = Image.new("RGB", size)  # a plain save would keep comments
        clean.paste(picture if size == picture.size else picture.resize(size))
        out = BytesIO()
        clean.save(out, "JPEG", quality=quality, progressive=False)
        jpeg = out.getvalue()
        if len(jpeg) <= MAX_PHOTO:
            return EncodedPhoto(jpeg, hashlib.sha256(jpeg).hexdigest(), *size)
    raise _too_large()
