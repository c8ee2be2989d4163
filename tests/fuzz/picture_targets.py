"""Pictures: photographs that are to be sent, and photographs or scans of sheets."""

import io
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import Image

from shakyo_desktop.documents.qr import qr_matrix
from shakyo_desktop.exchange.jpeg import check_photo
from shakyo_desktop.exchange.photos import encode_photo
from shakyo_desktop.services.scans import ScanService
from tests.fuzz.file_targets import CODE, known
from tests.fuzz.mutating import changed_bytes
from tests.fuzz.oracle import check
from tests.fuzz.stores import standing
from tests.fuzz.target import Target


def picture_targets() -> Iterator[Target]:
    """Every target that is a picture."""
    yield Target("scan", "pictures", _pictures(), changed_bytes, _scan_judged)
    yield Target("picture", "to send", _photographs(), changed_bytes, _photograph_judged)


@cache
def _photographs() -> list[bytes]:
    """What a telephone or a camera hands over; one of them lies on its side."""
    turned = Image.Exif()
    turned[274] = 6
    found = []
    for mode, form in (("RGB", "JPEG"), ("RGBA", "PNG"), ("P", "GIF"), ("CMYK", "TIFF"), ("RGB", "WEBP")):
        out = io.BytesIO()
        Image.new(mode, (40, 30)).save(out, form, **({"exif": turned} if form == "JPEG" else {}))
        found.append(out.getvalue())
    return found


def _photograph_judged(data: bytes) -> str:
    def encode() -> None:
        photo = encode_photo(data)
        check(check_photo(photo.jpeg) == (photo.width, photo.height), "not our own form")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow says of a broken Exif that it is broken
        return known(encode)


@cache
def _pictures() -> list[bytes]:
    """A sheet's code in every kind of picture."""
    code = qr_matrix(CODE)
    image = Image.new("L", (code.size + 16, code.size + 16), 255)
    for row, start, length in code.dark_runs():
        image.paste(0, (start + 8, row + 8, start + 8 + length, row + 9))
    large = image.resize((image.width * 5, image.height * 5)).convert("RGB")
    found = []
    for form in ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "PDF"):
        out = io.BytesIO()
        large.save(out, form)
        found.append(out.getvalue())
    return found


def _scan_judged(data: bytes) -> str:
    holder = standing("district")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.jpg"
        path.write_bytes(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            verdicts = ScanService(holder.services.context).take_in([path])
    check(all(verdict.words for verdict in verdicts), "no words")
    return verdicts[0].outcome.value if verdicts else "nothing"
