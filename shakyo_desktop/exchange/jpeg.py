"""The one form of JPEG a package carries, checked segment by segment before any decoder sees it.

ITU-T T.81 and JFIF 1.02: SOI, one APP0 of 16 bytes, DQT…, SOF0, DHT…, one SOS, EOI. There is no segment in
which a comment, a place or a thumbnail could travel.
"""

import struct
from io import BytesIO

from PIL import Image

from shakyo_desktop.exchange.refusal import refused, require

MAX_SIDE = 1600
MAX_PHOTO = 2**20
MAX_PHOTOS = 400
MAX_PHOTO_BYTES = 220 * 2**20

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_DQT, _SOF0, _DHT, _SOS = 0xDB, 0xC0, 0xC4, 0xDA
_APP0 = b"\xff\xe0\x00\x10JFIF\x00\x01"
_APP0_SIZE = 18
_MAX_TABLE_SEGMENTS = 8
_FRAME = struct.Struct(">BHHB")
_FORM = "photo.form"


def check_photo(jpeg: bytes | memoryview) -> tuple[int, int]:
    """Width and height in pixels of a picture in our exact form.

    Raises:
        PackageRefused: ``photo.size``, ``photo.form`` or ``photo.decode``.
    """
    require(len(jpeg) <= MAX_PHOTO, "photo.size", "bytes")
    size = _read_structure(bytes(jpeg))
    require(min(size) > 0 and max(size) <= MAX_SIDE, "photo.size", "pixels")
    _decode(jpeg, size)
    return size


def _read_structure(data: bytes) -> tuple[int, int]:
    require(data.startswith(_SOI + _APP0) and data.endswith(_EOI), _FORM, "start or end")
    require(data[_APP0_SIZE : _APP0_SIZE + 2] == b"\x00\x00", _FORM, "a thumbnail")
    position = _skip_tables(data, 2 + _APP0_SIZE, _DQT)
    frame, position = _segment(data, position, _SOF0)
    require(len(frame) == _FRAME.size + 9, _FORM, "frame")
    precision, height, width, components = _FRAME.unpack_from(frame)
    require((precision, components) == (8, 3), _FORM, "frame")
    position = _skip_tables(data, position, _DHT)
    scan, position = _segment(data, position, _SOS)
    require(len(scan) == 10 and scan[0] == 3 and scan[-3:] == b"\x00\x3f\x00", _FORM, "scan")
    entropy = data[position : -len(_EOI)]
    require(entropy.count(b"\xff") == entropy.count(b"\xff\x00"), _FORM, "a marker inside the picture")
    return width, height


def _skip_tables(data: bytes, position: int, marker: int) -> int:
    """The position after one or more segments of this kind."""
    for count in range(_MAX_TABLE_SEGMENTS + 1):
        if data[position : position + 2] != bytes((0xFF, marker)):
            require(count > 0, _FORM, f"marker {marker:#x} expected")
            return position
        tables, position = _segment(data, position, marker)
        require(_are_whole(tables, marker), _FORM, "table")
    raise refused(_FORM, "too many tables")


def _are_whole(tables: bytes, marker: int) -> bool:
    """Whether the segment is filled by its tables to the last byte."""
    position = 0
    while position < len(tables):
        values = 64 if marker == _DQT else 16 + sum(tables[position + 1 : position + 17])
        position += 1 + values
    return position == len(tables)


def _segment(data: bytes, position: int, marker: int) -> tuple[bytes, int]:
    """A segment's content and the position after it."""
    require(data[position : position + 2] == bytes((0xFF, marker)), _FORM, f"marker {marker:#x} expected")
    size = int.from_bytes(data[position + 2 : position + 4], "big")
    end = position + 2 + size
    require(size > 2 and end <= len(data) - len(_EOI), _FORM, "segment length")
    return data[position + 4 : end], end


def _decode(jpeg: bytes | memoryview, size: tuple[int, int]) -> None:
    """Read the whole picture; at an eighth of its size, which reads every bit and is three times faster."""
    try:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
            require(image.size == size, "photo.decode", "size")
            image.draft("L", (max(1, size[0] // 8), max(1, size[1] // 8)))
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise refused("photo.decode", type(error).__name__) from error
