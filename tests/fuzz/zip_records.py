"""A container of any entries and any records: signed over what it holds, whatever it says about it.

A part is the entries in a plain frame of our own (name, data, what to write otherwise), so that the signature
is made after the change.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.manifest import write_manifest
from tests.exchange.mischief import Entries, Forger, sealed
from tests.exchange.people import uuid7
from tests.fuzz.mutating import NUMBERS, changed_bytes
from tests.fuzz.oracle import outcome_of

_LOCAL, _CENTRAL, _END = (
    struct.Struct("<4s5H3I2H"),
    struct.Struct("<4s6H3I5H2I"),
    struct.Struct("<4s4H2IH"),
)
_FRAME = struct.Struct("<HIBBQ")  # length of the name, of the data, which record, which field, its value
_NAMES = (
    *(
        "../evil",
        "..\\evil",
        "/etc/passwd",
        "C:\\x",
        "\\\\host\\share",
        "a:b",
        "CON",
        "nul.json",
        "a.",
        "a ",
        "",
    ),
    *(
        "data/activities.ndjson",
        "data/Activities.ndjson",
        "data/x.ndjson",
        "package.json",
        "mimetype",
        "photos/",
    ),
    *(
        "META-INF/manifest.xml",
        "META-INF/signature002.p7s",
        "data/\u202e.ndjson",
        "データ",
        "a\0b",
        "a" * 300,
    ),
    *(
        f"photos/{uuid7(9)}.jpg",
        "setup/setup.asice",
        "last_report/2026/package.json",
        "districts/990011-01/x",
    ),
)
_UNTOUCHED = (0, 0, 0)


@dataclass(frozen=True)
class Record:
    """An entry; ``other`` is (1 local or 2 central or 3 end, field, value), zeros for nothing."""

    name: bytes
    data: bytes
    other: tuple[int, int, int] = _UNTOUCHED


def unsigned(entries: Entries) -> bytes:
    """The part of good entries; manifest and signature are made when it is judged."""
    ordered = sorted(entries, key=names.order_key)
    return framed(Record(name.encode(), entries[name]) for name in ordered)


def changed(random: Random, data: bytes) -> bytes:
    """Entries renamed, lost, repeated, reordered, put in, or described wrongly."""
    records = list(unframed(data))
    for _ in range(random.choice((1, 1, 2))):
        place = random.randint(0, max(0, len(records) - 1))
        match random.randint(0, 8):
            case 0 if records:
                del records[place]
            case 1 if records:
                records.insert(random.randint(0, len(records)), records[place])
            case 2:
                random.shuffle(records)
            case 3:
                name = random.choice(_NAMES).encode()
                records.insert(place, Record(name, random.choice((b"", b"x", b"{}\n"))))
            case 4 if records:
                records[place] = replace(records[place], name=random.choice(_NAMES).encode())
            case 5 if records:
                records[place] = replace(records[place], name=changed_bytes(random, records[place].name))
            case 6 if records:
                records[place] = replace(records[place], data=changed_bytes(random, records[place].data))
            case _ if records:
                value = random.choice((*NUMBERS, random.randint(0, 70_000))) & 0xFFFFFFFF
                other = (random.randint(1, 3), random.randint(1, 17), value)
                records[place] = replace(records[place], other=other)
    return framed(records)


def judge(kind: str, data: bytes) -> str:
    """List and sign what the entries are, write them as they say, and let it be read."""
    records = _signed(list(unframed(data)), kind)
    plain = container(records)
    return outcome_of(kind, plain if kind == "setup" else sealed(plain))


def _signed(records: list[Record], kind: str) -> list[Record]:
    listed = {}
    for record in records:
        name = record.name.decode("ascii", "replace")
        if names.is_admitted(name) and not name.startswith(("META-INF", "mimetype")):
            listed[name] = hashlib.sha256(record.data).digest()
    manifest = write_manifest(listed)
    made = Forger(kind).signed_manifest({}, manifest)
    return [replace(one, data=made.get(one.name.decode("ascii", "replace"), one.data)) for one in records]


def container(records: list[Record]) -> bytes:
    """A ZIP of these records as they want to be described."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for one in records:
        crc, size = zlib.crc32(one.data), len(one.data)
        local = _pack(_LOCAL, 1, one, [b"PK\3\4", 20, 0, 0, 0, 33, crc, size, size, len(one.name), 0])
        fields = [b"PK\1\2", 20, 20, 0, 0, 0, 33, crc, size, size, len(one.name), 0, 0, 0, 0, 0, offset]
        directory.append(_pack(_CENTRAL, 2, one, fields) + one.name)
        parts += (local, one.name, one.data)
        offset += len(local) + len(one.name) + size
    count, size = len(records), sum(map(len, directory))
    last = next((one for one in records if one.other[0] == 3), Record(b"", b""))
    end = _pack(_END, 3, last, [b"PK\5\6", 0, 0, count, count, size, offset, 0])
    return b"".join((*parts, *directory, end))


def _pack(form: struct.Struct, which: int, record: Record, fields: list[bytes | int]) -> bytes:
    wanted, field, value = record.other
    if wanted == which:
        place = 1 + field % (len(fields) - 1)
        widths = [2 if code == "H" else 4 for code in _codes(form)]
        fields[place] = value & ((1 << 8 * widths[place - 1]) - 1)
    return form.pack(*fields)


def _codes(form: struct.Struct) -> str:
    """The codes of the fields behind the mark, one letter each."""
    return {_LOCAL: "HHHHHIIIHH", _CENTRAL: "HHHHHHIIIHHHHHII", _END: "HHHHIIH"}[form]


def framed(records: Iterable[Record]) -> bytes:
    """The records as one piece of bytes."""
    return b"".join(
        _FRAME.pack(len(one.name) & 0xFFFF, len(one.data), *one.other) + one.name + one.data
        for one in records
    )


def unframed(data: bytes) -> Iterator[Record]:
    """The records of a part; whatever does not fit its frame is the last one's data."""
    place = 0
    while place + _FRAME.size <= len(data):
        name_size, size, which, field, value = _FRAME.unpack_from(data, place)
        start = place + _FRAME.size
        name, body = data[start : start + name_size], data[start + name_size : start + name_size + size]
        yield Record(name, body, (which, field, value & 0xFFFFFFFF))
        place = start + name_size + size
