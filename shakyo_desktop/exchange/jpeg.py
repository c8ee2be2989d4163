"""The one form of JPEG a package carries, checked segment by segment before any decoder sees it.

ITU-T T.81 and JFIF 1.02: SOI, one APP0 of 16 bytes, DQT…, SOF0, DHT…, one SOS, EOI. There is no segment in
which a comment, a place or a thumbnail could travel.
"""

import re
import struct
from dataclasses import dataclass
from io import BytesIO

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
_BLOCK_SIZE = struct.pack(">HH", 32, 32)  # the largest MCU: four by four blocks of eight pixels
_BLOCK_DATA = 16 * 1024
_MARKER = re.compile(rb"\xff[^\x00]")  # inside picture data 0xFF is always followed by zero
_FRAME = struct.Struct(">BHHB")
_FORM = "photo.form"


@dataclass(frozen=True, slots=True)
class _Structure:
    """Where the frame's marker and the scan's picture data begin in ``data``."""

    data: bytes
    width: int
    height: int
    frame: int
    scan: int

    def first_block(self) -> bytes:
        """The same picture cut down to its first block of pixels."""
        size = self.frame + 5  # marker, length and precision come before height and width
        head = self.data[:size] + _BLOCK_SIZE + self.data[size + len(_BLOCK_SIZE) : self.scan]
        return head + self.data[self.scan : -len(_EOI)][:_BLOCK_DATA] + _EOI


def check_photo(jpeg: bytes | memoryview) -> tuple[int, int]:
    """Width and height in pixels of a picture in our exact form.

    Raises:
        PackageRefused: ``photo.size``, ``photo.form`` or ``photo.decode``.
    """
    require(len(jpeg) <= MAX_PHOTO, "photo.size", "bytes")
    structure = _read_structure(bytes(jpeg))
    size = structure.width, structure.height
    require(min(size) > 0 and max(size) <= MAX_SIDE, "photo.size", "pixels")
    _begin_decoding(structure)
    return size


def _read_structure(data: bytes) -> _Structure:
    require(data.startswith(_SOI + _APP0) and data.endswith(_EOI), _FORM, "start or end")
    require(data[_APP0_SIZE : _APP0_SIZE + 2] == b"\x00\x00", _FORM, "a thumbnail")
    frame_start = _skip_tables(data, 2 + _APP0_SIZE, _DQT)
    frame, position = _segment(data, frame_start, _SOF0)
    require(len(frame) == _FRAME.size + 9, _FORM, "frame")
    precision, height, width, components = _FRAME.unpack_from(frame)
    require((precision, components) == (8, 3), _FORM, "frame")
    position = _skip_tables(data, position, _DHT)
    scan, position = _segment(data, position, _SOS)
    require(len(scan) == 10 and scan[0] == 3 and scan[-3:] == b"\x00\x3f\x00", _FORM, "scan")
    require(_MARKER.search(data, position, len(data) - 1) is None, _FORM, "a marker inside the picture")
    return _Structure(data, width, height, frame_start, position)


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


def _begin_decoding(structure: _Structure) -> None:
    """Decode the first block with the picture's own tables.

    What libjpeg cannot decode it refuses before the first block: bad or missing tables, impossible
    components. Damage further on is not fatal to it and shows as grey, so that decoding the whole picture
    would refuse nothing more and take most of the time of reading a report.
    """
    from PIL import Image  # the start does without it

    try:
        with Image.open(BytesIO(structure.first_block()), formats=("JPEG",)) as image:
            image.load()
    except (OSError, ValueError, SyntaxError) as error:
        raise refused("photo.decode", type(error).__name__) from error
