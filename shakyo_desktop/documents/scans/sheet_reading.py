"""A picture of a sheet of paper is read: its code, and the sheet upright as a small JPEG."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from shakyo_desktop.documents.scans.perspective import Point
from shakyo_desktop.documents.scans.pictures import pictures_of
from shakyo_desktop.documents.scans.straighten import straighten
from shakyo_desktop.domain.forms.paper import SHEET_PIXELS, Straightened

_QUALITY = 75
_START = "SHAKYO/"
_ENLARGED = 2400


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """What a picture holds: its code's text ("" for none), the sheet as JPEG, how it was straightened."""

    code: str
    jpeg: bytes
    straightened: Straightened


def read_sheets(data: bytes) -> Iterator[SheetPicture]:
    """Read every picture of a file.

    Raises:
        FileUnreadable: as ``pictures_of``.
    """
    for picture in pictures_of(data):
        yield read_sheet_picture(picture)


def read_sheet_picture(picture: Image.Image) -> SheetPicture:
    """Read one picture; one without a code stays as it is."""
    found = _find_code(picture)
    if found is None:
        kept = picture.copy()
        kept.thumbnail((SHEET_PIXELS[1] - 1, SHEET_PIXELS[1] - 1))
        return SheetPicture("", _as_jpeg(kept), Straightened.NOT)
    text, corners = found
    flat, by = straighten(picture, corners)
    return SheetPicture(text, _as_jpeg(flat), by)


def _find_code(picture: Image.Image) -> tuple[str, list[Point]] | None:
    """The first of our codes: in the picture as it is, then in stronger contrast, enlarged when small."""
    import zxingcpp

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    grey = picture.convert("L")
    factor = max(1.0, _ENLARGED / max(grey.size))
    larger = grey.resize((round(grey.width * factor), round(grey.height * factor)), Image.Resampling.BICUBIC)
    attempts = ((grey, 1.0), (ImageOps.autocontrast(larger, cutoff=2), factor))
    for image, scale in attempts:
        for code in zxingcpp.read_barcodes(image, formats=wanted):
            if code.text.startswith(_START):
                place = code.position
                corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
                return code.text, [(one.x / scale, one.y / scale) for one in corners]
    return None


def _as_jpeg(picture: Image.Image) -> bytes:
    """Nothing but pixels: a plain save would keep comments and places."""
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    out = BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, progressive=False)
    return out.getvalue()
