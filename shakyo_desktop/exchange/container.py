"""The container: a ZIP of one exact form (ETSI EN 319 162-1, ASiC-E), written and read without a ZIP library.

Entries are STORED, without flags, extra fields, comments or ZIP64, contiguous from offset 0, dated
1980-01-01. The reader rebuilds every header from name, size and CRC-32 and compares the bytes.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.refusal import refused, require

MAX_CONTAINER = 256 * 2**20
MAX_ENTRIES = 1200

_VERSION, _STORED, _TIME, _DATE = 20, 0, 0, 33
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry to be written: its size in bytes is known before its bytes are loaded."""

    name: str
    size: int
    load: Callable[[], bytes | memoryview]


@dataclass(frozen=True, slots=True)
class _Placed:
    name: str
    crc: int
    size: int
    offset: int


def container_size(entries: Iterable[Entry]) -> int:
    """The size in bytes of the container that ``container_parts`` writes."""
    return _END.size + sum(
        _LOCAL.size + _CENTRAL.size + 2 * len(entry.name) + entry.size for entry in entries
    )


def container_parts(entries: Sequence[Entry]) -> Iterator[bytes | memoryview]:
    """The container's bytes piece by piece; one entry is in memory at a time.

    The entries are given in container order; ``ValueError`` when they are not or break a limit.
    """
    listed = [entry.name for entry in entries]
    if listed != sorted(set(listed), key=names.order_key) or not all(map(names.is_admitted, listed)):
        raise ValueError("entries have no admitted names or are out of order")
    if len(entries) > MAX_ENTRIES or container_size(entries) > MAX_CONTAINER:
        raise ValueError("container is too large")
    placed: list[_Placed] = []
    offset = 0
    for entry in entries:
        data = entry.load()
        if len(data) != entry.size:
            raise ValueError(f"{entry.name} is not as large as it was said to be")
        place = _Placed(entry.name, zlib.crc32(data), entry.size, offset)
        placed.append(place)
        header = _local_header(place)
        offset += len(header) + entry.size
        yield header
        yield data
    yield _directory(placed, offset)


def read_container(data: memoryview) -> dict[str, memoryview]:
    """Every entry's bytes by name, in container order; views of ``data``, nothing is copied.

    Raises:
        PackageRefused: a ``zip.…`` code of the package format.
    """
    directory = data[_directory_start(data) : len(data) - _END.size]
    placed = _read_directory(directory, data)
    entries: dict[str, memoryview] = {}
    position = 0
    for place in placed:
        require(place.offset == position, "zip.gap", place.name)
        header = _local_header(place)
        position += len(header)
        require(data[place.offset : position] == header, "zip.local", place.name)
        position += place.size
        entries[place.name] = data[position - place.size : position]
    require(position == len(data) - _END.size - len(directory), "zip.gap", "central directory")
    for place in placed:
        require(zlib.crc32(entries[place.name]) == place.crc, "zip.crc", place.name)
    require(list(entries) == sorted(entries, key=names.order_key), "zip.order")
    require(entries.get(names.MIMETYPE) == memoryview(names.ASICE_TYPE.encode()), "zip.mimetype")
    return entries


def _directory_start(data: memoryview) -> int:
    """Where the central directory begins; checks the end record by rebuilding it."""
    require(_END.size <= len(data) <= MAX_CONTAINER, "zip.eocd")
    end = bytes(data[-_END.size :])
    count, size = _count_and_size(end)
    start = len(data) - _END.size - size
    require(start >= 0 and end == _end_record(count, size, start), "zip.eocd")
    require(count <= MAX_ENTRIES, "zip.too_many")
    require(count > 0, "zip.eocd", "no entries")
    return start


def _count_and_size(end: bytes) -> tuple[int, int]:
    fields = _END.unpack(end)
    return int(fields[4]), int(fields[5])


def _read_directory(directory: memoryview, data: memoryview) -> list[_Placed]:
    count, _ = _count_and_size(bytes(data[-_END.size :]))
    placed: list[_Placed] = []
    position = 0
    for _ in range(count):
        require(position + _CENTRAL.size <= len(directory), "zip.central", "too short")
        fields = _CENTRAL.unpack_from(directory, position)
        crc, size, name_size, offset = fields[7], fields[8], fields[10], fields[16]
        raw_name = bytes(directory[position + _CENTRAL.size : position + _CENTRAL.size + name_size])
        try:
            name = raw_name.decode("ascii")
        except UnicodeDecodeError as error:
            raise refused("zip.name") from error
        place = _Placed(name, crc, size, offset)
        record = _central_record(place)
        require(directory[position : position + len(record)] == record, "zip.central")
        require(names.is_admitted(name), "zip.name")
        placed.append(place)
        position += len(record)
    require(position == len(directory), "zip.central", "too long")
    require(len({place.name for place in placed}) == len(placed), "zip.duplicate")
    return placed


def _local_header(place: _Placed) -> bytes:
    name = place.name.encode("ascii")
    fields = (_VERSION, 0, _STORED, _TIME, _DATE, place.crc, place.size, place.size, len(name), 0)
    return _LOCAL.pack(b"PK\x03\x04", *fields) + name


def _central_record(place: _Placed) -> bytes:
    name = place.name.encode("ascii")
    versions = (_VERSION, _VERSION, 0, _STORED, _TIME, _DATE)
    sizes = (place.crc, place.size, place.size, len(name), 0, 0, 0, 0, 0, place.offset)
    return _CENTRAL.pack(b"PK\x01\x02", *versions, *sizes) + name


def _end_record(count: int, size: int, start: int) -> bytes:
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, size, start, 0)


def _directory(placed: list[_Placed], offset: int) -> bytes:
    records = b"".join(map(_central_record, placed))
    return records + _end_record(len(placed), len(records), offset)
