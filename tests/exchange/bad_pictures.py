"""Reports whose photo is not what a photo must be; what its record says of it is right, unless it lies."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

from shakyo_desktop.exchange import names
from tests.exchange import making
from tests.exchange.mischief import Entries, good_entries
from tests.exchange.people import uuid7
from tests.exchange.spoiling import PHOTO, REPORT, Bad, entries, jpeg_of, row, with_broken_scan

FRAME, SCAN, CODES, TABLES = b"\xff\xc0", b"\xff\xda", b"\xff\xc4", b"\xff\xdb"


def photo(code: str, change: Callable[[bytes], bytes]) -> Bad:
    """The good photo changed; what its record says of it fits."""
    return Bad(lambda: jpeg_of(change), code)


def saved(form: str = "JPEG", mode: str = "RGB", **options: Any) -> Callable[[bytes], bytes]:
    """Another picture of the same size, written by an ordinary program."""

    def change(_: bytes) -> bytes:
        out = BytesIO()
        Image.new(mode, (40, 30), 90).save(out, form, **options)
        return out.getvalue()

    return change


def located() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (35.6, 0.0, 0.0), 3: "E", 4: (140.1, 0.0, 0.0)})
    return exif.tobytes()


def before(marker: bytes, what: bytes) -> Callable[[bytes], bytes]:
    return lambda jpeg: jpeg[: jpeg.index(marker)] + what + jpeg[jpeg.index(marker) :]


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("evil.html", "<script>alert(1)</script>")
    return out.getvalue()


def sized(width: int, height: int) -> Callable[[bytes], bytes]:
    """The frame says another size than the picture has."""

    def change(jpeg: bytes) -> bytes:
        at = jpeg.index(FRAME) + 5
        return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]

    return change


def byte(marker: bytes, offset: int, value: int) -> Callable[[bytes], bytes]:
    def change(jpeg: bytes) -> bytes:
        at = jpeg.index(marker) + offset
        return jpeg[:at] + bytes((value,)) + jpeg[at + 1 :]

    return change


def codes_of(lengths: bytes) -> Callable[[bytes], bytes]:
    """One code table with these lengths instead of the picture's own."""

    def change(jpeg: bytes) -> bytes:
        table = segment(0xC4, b"\0" + lengths + bytes(sum(lengths)))
        return jpeg[: jpeg.index(CODES)] + table + jpeg[jpeg.index(SCAN) :]

    return change


def many(found: Entries) -> Entries:
    """More photos than records, each a good one."""
    return found | {names.photo_entry(uuid7(1000 + n)): found[PHOTO] for n in range(401)}


BAD_PICTURES: dict[str, Bad] = {
    # not an image
    "a text for a photo": photo("photo.form", lambda jpeg: b"hello" * 100),
    "a program for a photo": photo("photo.form", lambda jpeg: b"MZ\x90\0" + bytes(500)),
    "a PNG for a photo": photo("photo.form", saved("PNG")),
    "a GIF for a photo": photo("photo.form", saved("GIF", "P")),
    "a WebP for a photo": photo("photo.form", saved("WEBP")),
    "an SVG with a script for a photo": photo(
        "photo.form", lambda jpeg: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    ),
    "an HTML page for a photo": photo("photo.form", lambda jpeg: b"<html><script>alert(1)</script>"),
    # polyglots
    "a photo with a ZIP behind it": photo("photo.form", lambda jpeg: jpeg + archive()),
    "a photo with a web page in a comment": photo(
        "photo.form", before(TABLES, segment(0xFE, b"<script>alert(1)</script>"))
    ),
    "a photo with a web page behind it": photo("photo.form", lambda jpeg: jpeg + b"<html></html>"),
    "a web page with a photo behind it": photo("photo.form", lambda jpeg: b"<html></html>" + jpeg),
    "a photo with PHP in its head": photo("photo.form", lambda jpeg: jpeg.replace(b"JFIF", b"<?=1", 1)),
    "a PDF with a photo inside": photo("photo.form", lambda jpeg: b"%PDF-1.7\n" + jpeg),
    "two photos in one": photo("photo.form", lambda jpeg: jpeg * 2),
    "a photo with bytes behind it": photo("photo.form", lambda jpeg: jpeg + b"\0"),
    "a thumbnail in the head": photo("photo.form", lambda jpeg: jpeg[:18] + b"\1\1" + jpeg[20:]),
    # where and with what it was taken
    "Exif with a place": photo("photo.form", saved(exif=located())),
    "XMP with a name": photo(
        "photo.form", before(TABLES, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"))
    ),
    "a colour profile": photo("photo.form", saved(icc_profile=bytes(200))),
    "notes of Photoshop": photo("photo.form", before(TABLES, segment(0xED, b"Photoshop 3.0\0"))),
    "a comment in the photo": photo("photo.form", saved(comment="みほん")),
    # other forms of JPEG
    "a progressive photo": photo("photo.form", saved(progressive=True)),
    "a grey photo": photo("photo.form", saved(mode="L")),
    "a photo in four inks": photo("photo.form", saved(mode="CMYK")),
    "restart markers": photo("photo.form", before(SCAN, segment(0xDD, b"\0\1"))),
    "two frames": photo("photo.form", lambda jpeg: before(SCAN, jpeg[jpeg.index(FRAME) :][:19])(jpeg)),
    "two scans": photo("photo.form", lambda jpeg: jpeg[:-2] + jpeg[jpeg.index(SCAN) :]),
    "twelve bits a sample": photo("photo.form", byte(FRAME, 4, 12)),
    "a lossless frame": photo("photo.form", byte(FRAME, 1, 0xC3)),
    "an arithmetic frame": photo("photo.form", byte(FRAME, 1, 0xC9)),
    # bombs
    "a photo of 65,535 pixels each way": photo("photo.size", sized(65535, 65535)),
    "a photo of no height": photo("photo.size", sized(40, 0)),
    "a photo one pixel too wide": photo("photo.size", sized(1601, 30)),
    "a photo too high": photo("photo.size", sized(40, 1601)),
    "a photo larger than its record says": photo("photo.size", sized(1600, 1600)),
    "four hundred and one photos nobody recorded": entries("photo.list", many),
    # tables
    "no quantisation table": photo(
        "photo.form", lambda jpeg: jpeg[: jpeg.index(TABLES)] + jpeg[jpeg.index(FRAME) :]
    ),
    "no code table": photo("photo.form", lambda jpeg: jpeg[: jpeg.index(CODES)] + jpeg[jpeg.index(SCAN) :]),
    "a table cut short": photo("photo.form", byte(TABLES, 3, 0x30)),
    "a table with a tail": photo("photo.form", before(TABLES, segment(0xDB, b"\0ab"))),
    "nine tables": photo("photo.form", before(TABLES, segment(0xDB, bytes(65)) * 9)),
    "a segment of no length": photo("photo.form", before(TABLES, b"\xff\xdb\0\0")),
    "a segment beyond the end": photo("photo.form", byte(SCAN, 2, 0xFF)),
    "a table it asks for and does not bring": photo("photo.decode", with_broken_scan),
    "impossible code lengths": photo("photo.decode", codes_of(b"\3" + bytes(15))),
    "a photo without its end": photo("photo.form", lambda jpeg: jpeg[:-2]),
    "a photo cut in half": photo("photo.form", lambda jpeg: jpeg[: len(jpeg) // 2]),
    # lies
    "a record with a size too small": row("photo.hash", "photos", size=10),
    "a record with another digest": row("photo.hash", "photos", sha256="ab" * 32),
    "a record with width and height exchanged": row("photo.size", "photos", width=30, height=40),
    "a record that is larger than its photo": row("photo.size", "photos", width=1600, height=1600),
    "a photo under another's name": entries(
        "photo.list",
        lambda found: {
            name.replace(PHOTO, names.photo_entry(uuid7(8))): data for name, data in found.items()
        },
    ),
    "a photo of more than a megabyte whose record is right": Bad(
        lambda: REPORT.with_row("photos", size=2**20 + 1), "data.schema"
    ),
    "a photo of more than a megabyte whose record says less": entries(
        "photo.hash", lambda found: found | {PHOTO: found[PHOTO] + bytes(2**20)}
    ),
    "an empty photo": entries("photo.hash", lambda found: found | {PHOTO: b""}),
    "another photo of the same size": entries("photo.hash", lambda found: found | {PHOTO: turned()}),
}


def turned() -> bytes:
    good = good_entries("report")[PHOTO]
    other = making.picture(220).jpeg
    return other[: len(good)].ljust(len(good), b"\0")
